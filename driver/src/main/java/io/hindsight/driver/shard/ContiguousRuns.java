package io.hindsight.driver.shard;

import java.util.Arrays;

/**
 * Divides a row of items among takers, each of which gets the next ones, so that the largest work
 * per seat is as small as it can be.
 *
 * <p>Whether a limit can be kept is found by letting each taker take all that the limit allows; the
 * least such limit by bisection. Within the limit, cuts are put where the rest is shared evenly.
 */
final class ContiguousRuns {
  private final long[] before; // [items + 1]: work of the items before
  private final int[] seats; // [takers]
  private final int least; // items that each taker gets at least

  private ContiguousRuns(long[] work, int[] seats, int least) {
    before = new long[work.length + 1];
    for (int i = 0; i < work.length; i++) {
      before[i + 1] = before[i] + work[i];
    }
    this.seats = seats;
    this.least = least;
  }

  /**
   * The cuts for equal takers, each of which gets something.
   *
   * @param work of each item, at least 1
   * @param runs number of takers, at most as many as items
   * @return (runs + 1): where each run begins, and the end
   */
  static int[] equal(long[] work, int runs) {
    int[] seats = new int[runs];
    Arrays.fill(seats, 1);
    return new ContiguousRuns(work, seats, 1).cuts();
  }

  /**
   * The cuts for takers of different size, some of which may get nothing.
   *
   * @param work of each item, at least 1
   * @param seats of each taker; at least one in all
   * @return (takers + 1): where each run begins, and the end
   */
  static int[] bySeats(long[] work, int[] seats) {
    return new ContiguousRuns(work, seats, 0).cuts();
  }

  private int items() {
    return before.length - 1;
  }

  private int[] cuts() {
    double limit = leastLimit();
    int[] earliest = earliestStarts(limit);
    int[] cuts = new int[seats.length + 1];
    long seatsLeft = Arrays.stream(seats).asLongStream().sum();
    for (int taker = 0; taker < seats.length; taker++) {
      int from = cuts[taker];
      int lowest = Math.max(from + least, earliest[taker + 1]);
      int highest =
          Math.min(furthest(from, limit, taker), items() - least * (seats.length - taker - 1));
      double share = seatsLeft == 0 ? 0 : (double) seats[taker] / seatsLeft;
      double target = before[from] + (before[items()] - before[from]) * share;
      cuts[taker + 1] = nearest(target, lowest, highest);
      seatsLeft -= seats[taker];
    }
    return cuts;
  }

  /** The smallest work per seat that suffices. */
  private double leastLimit() {
    long low = 0; // bits of a limit that does not suffice; those of positive numbers ascend
    long high = Double.doubleToLongBits(before[items()]);
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (suffices(Double.longBitsToDouble(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Double.longBitsToDouble(high);
  }

  private boolean suffices(double limit) {
    int reached = 0;
    for (int taker = 0; taker < seats.length && reached < items(); taker++) {
      reached = furthest(reached, limit, taker);
    }
    return reached == items();
  }

  /** The last end of a taker's run that starts here. */
  private int furthest(int from, double limit, int taker) {
    int found = Arrays.binarySearch(before, before[from] + (long) (limit * seats[taker]));
    return found >= 0 ? found : -found - 2;
  }

  /** For each taker the first item from which it and those after it can take all. */
  private int[] earliestStarts(double limit) {
    int[] earliest = new int[seats.length + 1];
    earliest[seats.length] = items();
    for (int taker = seats.length - 1; taker >= 0; taker--) {
      long work = before[earliest[taker + 1]] - (long) (limit * seats[taker]);
      int found = Arrays.binarySearch(before, Math.max(0, work));
      earliest[taker] = found >= 0 ? found : -found - 1;
    }
    return earliest;
  }

  private int nearest(double target, int lowest, int highest) {
    int cut = lowest;
    while (cut < highest && Math.abs(before[cut + 1] - target) < Math.abs(before[cut] - target)) {
      cut++;
    }
    return cut;
  }
}
