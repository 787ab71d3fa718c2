package io.hindsight.driver.score.kind;

/**
 * How well one class, or one label of several, is told. A share of nothing is NaN rather than 0:
 * precision where the class was never answered, recall where it never was true, F1 where neither.
 *
 * @param precision share of the answers with this class that are right
 * @param recall share of the targets of this class that are answered with it
 * @param f1 harmonic mean of precision and recall: 2 · right / (answered + support)
 * @param support targets of this class
 * @param rocAuc area under the ROC curve of this class against all others; NaN where that was not
 *     asked for, or one of both does not occur
 */
public record ClassFigures(
    double precision, double recall, double f1, long support, double rocAuc) {
  /** Without a curve. */
  public ClassFigures(double precision, double recall, double f1, long support) {
    this(precision, recall, f1, support, Double.NaN);
  }

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

  /** The same with the area under its curve. */
  ClassFigures withRocAuc(double area) {
    return new ClassFigures(precision, recall, f1, support, area);
  }
}
