package io.hindsight.driver.score.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Distinct probabilities, and how many targets that are true and that are not have each. */
public final class Ranking implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of no target. */
  static final Ranking NONE = new Ranking(new double[0], new long[0], new long[0]);

  private final double[] scores; // (D), ascending
  private final long[] hits; // (D): targets that are true
  private final long[] misses; // (D): targets that are not

  /** Of arrays that are not copied. */
  Ranking(double[] scores, long[] hits, long[] misses) {
    this.scores = scores;
    this.hits = hits;
    this.misses = misses;
  }

  /**
   * What is answered with "yes" where the probability is at least a threshold.
   *
   * @param right of these, those that are true
   * @param answered with "yes"
   * @param support all that are true
   */
  public record Cut(long right, long answered, long support) {}

  /** Of bits, doubled, and 1 more where it is true; ascending, each as often as it occurs. */
  static Ranking ofSorted(long[] coded, int count) {
    RankingBuilder builder = new RankingBuilder(count);
    for (int i = 0; i < count; i++) {
      long isTrue = coded[i] & 1;
      builder.add(Double.longBitsToDouble(coded[i] >>> 1), isTrue, 1 - isTrue);
    }
    return builder.build();
  }

  /** Both together. */
  Ranking plus(Ranking other) {
    if (size() == 0) {
      return other;
    }
    RankingBuilder builder = new RankingBuilder(size() + other.size());
    int mine = 0;
    int its = 0;
    while (mine < size() || its < other.size()) {
      boolean isMine = its == other.size() || (mine < size() && scores[mine] <= other.scores[its]);
      if (isMine) {
        add(mine++, builder);
      } else {
        other.add(its++, builder);
      }
    }
    return builder.build();
  }

  private void add(int i, RankingBuilder builder) {
    builder.add(scores[i], hits[i], misses[i]);
  }

  /** The same with other probabilities, in the same order; equal ones become one. */
  Ranking map(DoubleUnaryOperator change) {
    RankingBuilder builder = new RankingBuilder(size());
    for (int i = 0; i < size(); i++) {
      builder.add(change.applyAsDouble(scores[i]), hits[i], misses[i]);
    }
    return builder.build();
  }

  /** D: distinct probabilities. */
  int size() {
    return scores.length;
  }

  private long support() {
    return Arrays.stream(hits).sum();
  }

  /**
   * Area under the receiver operating characteristic: the share of pairs of one that is true and
   * one that is not where the first has the higher probability; equal ones count half. NaN without
   * a pair. Exact for up to 2^31 of either.
   */
  public double rocAuc() {
    long below = 0;
    long halves = 0;
    for (int i = 0; i < scores.length; i++) {
      halves += hits[i] * (2 * below + misses[i]);
      below += misses[i];
    }
    return 0.5 * halves / ((double) support() * below);
  }

  /**
   * Average precision, as scikit-learn defines it: Σ (recall_n − recall_{n−1}) · precision_n over
   * all thresholds, from the highest on. NaN where nothing is true.
   */
  public double averagePrecision() {
    long support = support();
    long right = 0;
    long answered = 0;
    double sum = 0;
    for (int i = scores.length - 1; i >= 0; i--) {
      right += hits[i];
      answered += hits[i] + misses[i];
      sum += hits[i] * ((double) right / answered);
    }
    return sum / support;
  }

  /**
   * The threshold with the largest F1, 2 · right / (answered + support), among the probabilities;
   * of equals the largest. NaN where nothing is true. Exact for up to 2^31 targets.
   */
  public double bestThreshold() {
    long support = support();
    long right = 0;
    long answered = 0;
    double best = Double.NaN;
    long bestRight = 0;
    long bestOf = 1; // answered + support
    for (int i = scores.length - 1; i >= 0; i--) {
      right += hits[i];
      answered += hits[i] + misses[i];
      if (right * bestOf > bestRight * (answered + support)) {
        best = scores[i];
        bestRight = right;
        bestOf = answered + support;
      }
    }
    return best;
  }

  /** What comes of a threshold. */
  public Cut at(double threshold) {
    long right = 0;
    long answered = 0;
    for (int i = scores.length - 1; i >= 0 && scores[i] >= threshold; i--) {
      right += hits[i];
      answered += hits[i] + misses[i];
    }
    return new Cut(right, answered, support());
  }
}
