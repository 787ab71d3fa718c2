package io.hindsight.driver.shard;

import java.util.Arrays;

/**
 * Divides a row of items into runs, so that the run with most work has as little as can be.
 *
 * <p>Whether a limit can be kept is found by letting each run take all that the limit allows; the
 * least such limit by bisection. Within the limit, cuts are put where the rest is shared evenly.
 */
final class ContiguousRuns {
  private final long[] before; // [items + 1]: work of the items before
  private final int runs;

  private ContiguousRuns(long[] work, int runs) {
    before = new long[work.length + 1];
    for (int i = 0; i < work.length; i++) {
      before[i + 1] = before[i] + work[i];
    }
    this.runs = runs;
  }

  /**
   * The cuts between runs, each of which gets something.
   *
   * @param work of each item, at least 1
   * @param runs at least 1, at most as many as items
   * @return (runs + 1): where each run begins, and the end
   */
  static int[] cuts(long[] work, int runs) {
    return new ContiguousRuns(work, runs).cuts();
  }

  private int items() {
    return before.length - 1;
  }

  private int[] cuts() {
    long limit = leastLimit();
    int[] earliest = earliestStarts(limit);
    int[] cuts = new int[runs + 1];
    for (int run = 0; run < runs; run++) {
      int from = cuts[run];
      int lowest = Math.max(from + 1, earliest[run + 1]);
      int highest = Math.min(furthest(from, limit), items() - (runs - run - 1));
      double target = before[from] + (before[items()] - before[from]) / (double) (runs - run);
      cuts[run + 1] = nearest(target, lowest, highest);
    }
    return cuts;
  }

  /** The smallest work that suffices as the most of a run. */
  private long leastLimit() {
    long low = 0; // does not suffice
    long high = before[items()];
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (suffices(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private boolean suffices(long limit) {
    int reached = 0;
    for (int run = 0; run < runs && reached < items(); run++) {
      reached = furthest(reached, limit);
    }
    return reached == items();
  }

  /** The last end of a run that starts here. */
  private int furthest(int from, long limit) {
    int found = Arrays.binarySearch(before, before[from] + limit);
    return found >= 0 ? found : -found - 2;
  }

  /** For each run the first item from which it and those after it can take all. */
  private int[] earliestStarts(long limit) {
    int[] earliest = new int[runs + 1];
    earliest[runs] = items();
    for (int run = runs - 1; run >= 0; run--) {
      int found = Arrays.binarySearch(before, Math.max(0, before[earliest[run + 1]] - limit));
      earliest[run] = found >= 0 ? found : -found - 1;
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
