package io.hindsight.driver.bench;

/**
 * A step of a cell through the local engine, with one thread and with several in turn.
 *
 * @param cell its name
 * @param shape I, H, B, T
 * @param shards logical shards of the step
 * @param tasks threads that were compared with one: tasks of their own shards, or sharing them
 * @param oneTask a step with one thread
 * @param allTasks a step with {@code tasks} threads
 */
public record ThreadScaling(
    String cell, BenchShape shape, int shards, int tasks, WallTime oneTask, WallTime allTasks) {
  /** How many times as fast as one task, by the medians. */
  public double speedup() {
    return oneTask.median() / allTasks.median();
  }

  /** How many times as fast as one task, by the fastest steps. */
  public double fastestSpeedup() {
    return oneTask.fastest() / allTasks.fastest();
  }
}
