package io.hindsight.driver.score.rank;

import java.util.Arrays;

/** Takes ascending probabilities, and joins equal ones. */
final class RankingBuilder {
  private final double[] scores; // (most), of which the first are there
  private final long[] hits;
  private final long[] misses;
  private int size;

  /**
   * With room for some.
   *
   * @param most probabilities that may be added
   */
  RankingBuilder(int most) {
    scores = new double[most];
    hits = new long[most];
    misses = new long[most];
  }

  /** Adds a probability that is at least the last, and how many targets have it. */
  void add(double score, long isTrue, long isNot) {
    if (size == 0 || scores[size - 1] != score) {
      scores[size++] = score;
    }
    hits[size - 1] += isTrue;
    misses[size - 1] += isNot;
  }

  /** What was added. */
  Ranking build() {
    return new Ranking(
        Arrays.copyOf(scores, size), Arrays.copyOf(hits, size), Arrays.copyOf(misses, size));
  }
}
