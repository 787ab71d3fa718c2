package io.hindsight.driver.optim;

/** What is done to a large mean gradient before the update. */
public sealed interface GradientClipper {
  /** Leaves the gradient as it is. */
  record None() implements GradientClipper {}

  /**
   * Scales the whole gradient by min(1, limit / (norm + 1e−6)).
   *
   * @param limit largest global norm
   */
  record ByNorm(double limit) implements GradientClipper {}

  /**
   * Limits each element to ±limit.
   *
   * @param limit largest magnitude
   */
  record ByValue(double limit) implements GradientClipper {}
}
