package io.hindsight.driver.score.kind;

/**
 * Is told of every scored target what a network answered, beside the sums over all of them: for
 * sums by block or by sequence.
 */
public interface ScoredTargets {
  /**
   * The errors of the numbers of a target.
   *
   * @param error in original units where known // (O)
   * @param actual as {@code error}, NaN where one is missing // (O)
   * @param scaled absolute errors in units of their sequence's scale; NaN where it has none // (O)
   */
  void addValues(String sequence, int step, double[] error, double[] actual, double[] scaled);

  /** The answer to a class, with the probability of each // (O). */
  void addClass(String sequence, int step, int truth, boolean isRight, double[] outputs);

  /** The answers to labels, NaN where one is missing, with the probability of each // (O). */
  void addLabels(String sequence, int step, double[] labels, double[] outputs);

  /** The answer to a label string. */
  void addString(String sequence, int[] truth, boolean isRight, double loss);
}
