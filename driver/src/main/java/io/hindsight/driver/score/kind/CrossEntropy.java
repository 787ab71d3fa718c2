package io.hindsight.driver.score.kind;

import io.hindsight.datasets.sums.Total;
import java.io.Serializable;

/** The mean cross-entropy of probabilities against the truth, each answer counted once. */
public final class CrossEntropy implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double LEAST = 0x1p-1022; // probability whose logarithm is taken

  private final Total sum = new Total();
  private long answers;

  /** −log p of what is true, in nats; p = 0 is taken for the smallest normal number. */
  public static double of(double p) {
    return -StrictMath.log(Math.max(p, LEAST));
  }

  /** Of a label: −τ log p − (1 − τ) log(1 − p). */
  static double of(double p, double truth) {
    double there = truth == 0 ? 0 : truth * of(p);
    return there + (truth == 1 ? 0 : (1 - truth) * of(1 - p));
  }

  void add(double one) {
    sum.add(one);
    answers++;
  }

  void merge(CrossEntropy other) {
    sum.merge(other.sum);
    answers += other.answers;
  }

  double mean() {
    return sum.value() / answers;
  }
}
