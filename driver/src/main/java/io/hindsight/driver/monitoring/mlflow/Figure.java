package io.hindsight.driver.monitoring.mlflow;

/**
 * A metric of a run.
 *
 * @param millis when it was made, since 1970
 * @param step of the run
 * @param updates made when it was known, or {@link #FINAL}
 */
record Figure(String name, double value, long millis, long step, long updates) {
  /** Of a figure that is known at the end, and sent whatever was sent before. */
  static final long FINAL = Long.MAX_VALUE;

  /** Whether it is one that comes once for each number of updates. */
  boolean isRegular() {
    return updates != FINAL;
  }
}
