package io.hindsight.driver.config;

/**
 * What a loss, a gradient or an update that is not finite does to a run: {@code
 * training.on-non-finite}.
 */
public sealed interface OnNonFinite {
  /** What is used where nothing is said. */
  OnNonFinite DEFAULT = new Fail();

  /** The run ends with exit code 4. */
  record Fail() implements OnNonFinite {}

  /** The step changes neither weights nor the optimizer's state, and the run goes on. */
  record Skip() implements OnNonFinite {}

  /**
   * The run goes back to its newest checkpoint that was due, or to its beginning, and on with a
   * lower learning rate.
   *
   * @param rateFactor what the learning rate is multiplied by each time, in (0, 1)
   * @param times how often it may go back; after that it ends as by {@link Fail}
   */
  record Rollback(double rateFactor, int times) implements OnNonFinite {
    /** Of {@link #rateFactor}. */
    public static final double DEFAULT_RATE_FACTOR = 0.5;

    /** Of {@link #times}. */
    public static final int DEFAULT_TIMES = 3;
  }
}
