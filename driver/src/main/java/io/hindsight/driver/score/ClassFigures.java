package io.hindsight.driver.score;

/**
 * How well one class, or one label of several, is told. A share of nothing is NaN rather than 0:
 * precision where the class was never answered, recall where it never was true, F1 where neither.
 *
 * @param precision share of the answers with this class that are right
 * @param recall share of the targets of this class that are answered with it
 * @param f1 harmonic mean of precision and recall: 2 · right / (answered + support)
 * @param support targets of this class
 */
public record ClassFigures(double precision, double recall, double f1, long support) {
  /**
   * From counts.
   *
   * @param right targets of this class that are answered with it
   * @param answered targets that are answered with it
   * @param support targets of this class
   */
  static ClassFigures of(long right, long answered, long support) {
    return new ClassFigures(
        (double) right / answered,
        (double) right / support,
        2.0 * right / (answered + support),
        support);
  }
}
