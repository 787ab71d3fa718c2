package io.hindsight.driver.bench;

/**
 * A step of a cell through the local engine with one task and with several: medians of wall time.
 *
 * @param cell its name
 * @param shape I, H, B, T
 * @param shards logical shards of the step
 * @param tasks tasks that were compared with one; never more than shards
 * @param oneTaskSeconds wall time of a step with one task
 * @param seconds wall time of a step with {@code tasks} tasks
 */
public record Scaling(
    String cell, BenchShape shape, int shards, int tasks, double oneTaskSeconds, double seconds) {
  /** How many times as fast as one task. */
  public double speedup() {
    return oneTaskSeconds / seconds;
  }
}
