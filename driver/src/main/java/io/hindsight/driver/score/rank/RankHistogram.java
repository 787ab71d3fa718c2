package io.hindsight.driver.score.rank;

import io.hindsight.datasets.sums.Mergeable;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;

/**
 * How often each probability was given to what is true and to what is not: all that curves over
 * thresholds need. It is exact, and the same however the targets are divided, for up to a number of
 * distinct probabilities; where there are more, all are rounded down to as many bins of equal
 * width. Which of both it is depends on all probabilities together, as no part has more than all.
 */
public final class RankHistogram implements Mergeable<RankHistogram> {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1 << 20;
  private static final int FIRST_WAITING = 1 << 6;
  private static final int LEAST_WAITING = 1 << 12;

  private final int bins; // a power of two, so that rounding down to a bin is exact
  private Ranking settled = Ranking.NONE;
  private long[]
      waiting = {}; // bits of a probability, doubled, and 1 more if it is of what is true
  private int waitingCount;
  private boolean isRounded;
  private long undefined;

  /**
   * None yet.
   *
   * @param bins most distinct probabilities, and how many bins there are where there are more; a
   *     power of two
   */
  public RankHistogram(int bins) {
    if (Integer.bitCount(bins) != 1) {
      throw new IllegalArgumentException("bins must be a power of two, but are " + bins);
    }
    this.bins = bins;
  }

  /** None yet, of one of several outputs that share the memory that one alone may take: 2^20. */
  public static RankHistogram ofOneOf(int outputs) {
    return new RankHistogram(Integer.highestOneBit(Math.max(1, 2 * MOST / Math.max(2, outputs))));
  }

  /**
   * Adds a target.
   *
   * @param probability in [0, 1]; not a number makes all figures so
   */
  public void add(double probability, boolean isTrue) {
    if (Double.isNaN(probability)) {
      undefined++;
      return;
    }
    if (waitingCount == waiting.length) {
      makeRoom();
    }
    double score = isRounded ? rounded(probability) : probability;
    long bits = Double.doubleToRawLongBits(score + 0.0); // no negative zero
    waiting[waitingCount++] = 2 * bits + (isTrue ? 1 : 0);
  }

  /** Sorting many at once costs little for each; no more wait than have been settled. */
  private void makeRoom() {
    if (waiting.length >= Math.max(LEAST_WAITING, settled.size())) {
      settle();
    } else {
      waiting = Arrays.copyOf(waiting, Math.max(FIRST_WAITING, 2 * waiting.length));
    }
  }

  private double rounded(double probability) {
    return Math.floor(probability * bins) / bins;
  }

  private void settle() {
    if (waitingCount > 0) {
      Arrays.sort(waiting, 0, waitingCount);
      settled = settled.plus(Ranking.ofSorted(waiting, waitingCount));
      waitingCount = 0;
      roundIfMany();
    }
  }

  private void roundIfMany() {
    if (settled.size() > bins && !isRounded) {
      round();
    }
  }

  private void round() {
    settle();
    if (!isRounded) {
      isRounded = true;
      settled = settled.map(this::rounded);
    }
  }

  @Override
  public void merge(RankHistogram other) {
    other.settle();
    settle();
    if (isRounded || other.isRounded) {
      round();
      settled = settled.plus(other.settled.map(this::rounded));
    } else {
      settled = settled.plus(other.settled);
      roundIfMany();
    }
    undefined += other.undefined;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    settle();
    waiting = new long[0];
    out.defaultWriteObject();
  }

  /** What has been added; empty where a probability was not a number. */
  public Ranking ranking() {
    settle();
    return undefined > 0 ? Ranking.NONE : settled;
  }
}
