package io.hindsight.driver.plan;

import io.hindsight.datasets.Count;

/**
 * Executors of equal size.
 *
 * @param executors how many
 * @param cores tasks that each runs at once
 */
public record Cluster(int executors, int cores) {
  public Cluster {
    if (executors < 1 || cores < 1) {
      throw new IllegalArgumentException(
          "a cluster needs an executor and a core: %d executors of %d cores"
              .formatted(executors, cores));
    }
  }

  /** Tasks that run at once. */
  public int slots() {
    return Math.multiplyExact(executors, cores);
  }

  @Override
  public String toString() {
    return Count.of(executors, "executor") + " x " + Count.of(cores, "core");
  }
}
