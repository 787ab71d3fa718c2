package io.hindsight.driver.plan;

/**
 * What a step is expected to take.
 *
 * @param engine the way
 * @param cluster where; for {@link EngineOption#LOCAL} one process and its threads
 * @param tasks tasks with shards
 * @param computeNanos forward and backward pass of the slowest task, ns
 * @param engineNanos what the engine takes besides, ns
 * @param updateNanos from the merged gradient to the new weights, and their fingerprint, ns
 * @param bytesSent by the driver
 * @param bytesReceived by the driver
 */
public record Prediction(
    EngineOption engine,
    Cluster cluster,
    int tasks,
    double computeNanos,
    double engineNanos,
    double updateNanos,
    long bytesSent,
    long bytesReceived) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** The whole step, ns. */
  public double stepNanos() {
    return computeNanos + engineNanos + updateNanos;
  }

  /** The whole step, ms. */
  public double stepMs() {
    return stepNanos() / NANOS_PER_MILLI;
  }

  /** Share of the step in which the slowest task does not compute, 0 to 1. */
  public double shareOutsideKernel() {
    return 1 - computeNanos / stepNanos();
  }
}
