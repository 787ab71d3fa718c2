package io.hindsight.datasets.spec;

/** How a numeric column is brought to order 1. */
public enum Scale {
  /** As it is. */
  NONE,
  /** (x − mean) / standard deviation. */
  STANDARDIZE,
  /** (x − min) / (max − min). */
  MINMAX,
  /** ln x, then standardized; for positive columns. */
  LOG,
  /**
   * As it is, and a whole number of 0 or more; for targets of a distribution of counts, whose mean
   * a network is told.
   */
  COUNT,
  /** (x − median) · 1.349 / (upper − lower quartile), which outliers hardly move. */
  ROBUST,
  /** ln(1 + x), then standardized; for columns that are never negative. */
  LOG1P,
  /** x / (1 + mean |x|), by the steps of one sequence. */
  MEAN;

  /** Whether it is fitted to a training part. */
  public boolean isFitted() {
    return this != NONE;
  }

  /** What is made of the numbers before they are brought to order 1. */
  public Transform transform() {
    return switch (this) {
      case LOG -> Transform.LOG;
      case LOG1P -> Transform.LOG1P;
      default -> Transform.NONE;
    };
  }

  /** Whether a logarithm is read, which not all numbers have. */
  public boolean isLogarithm() {
    return this == LOG || this == LOG1P;
  }
}
