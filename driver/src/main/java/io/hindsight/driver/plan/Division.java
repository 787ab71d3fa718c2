package io.hindsight.driver.plan;

import io.hindsight.driver.step.ReductionTree;
import io.hindsight.kernels.batch.GradientSum;

/**
 * How a step's shards fall on tasks: contiguous runs of nearly equal length, so the longest one
 * bounds the speed-up.
 *
 * @param tasks tasks with shards
 * @param executors executors with tasks
 * @param shardsOfLongest shards of the task that has most: ⌈S / tasks⌉
 * @param waves rounds in which the tasks run: ⌈tasks / slots⌉
 * @param taskSums gradient sums that all tasks have after merging their own shards
 * @param executorSums those left when each executor has merged its tasks'
 */
public record Division(
    int tasks, int executors, int shardsOfLongest, int waves, int taskSums, int executorSums) {
  /**
   * Divides shards.
   *
   * @param wished tasks; 0 is one per slot
   */
  public static Division of(int shards, int wished, Cluster cluster) {
    int tasks = Math.min(shards, wished > 0 ? wished : cluster.slots());
    int executors = Math.min(tasks, cluster.executors());
    return new Division(
        tasks,
        executors,
        (shards + tasks - 1) / tasks,
        (tasks + cluster.slots() - 1) / cluster.slots(),
        sums(shards, tasks),
        sums(shards, executors));
  }

  /** Complete subtrees of all runs, counted by the tree itself. */
  private static int sums(int shards, int runs) {
    int sums = 0;
    for (int run = 0; run < runs; run++) {
      ReductionTree tree = new ReductionTree(shards);
      int end = (int) ((run + 1L) * shards / runs);
      for (int shard = (int) ((long) run * shards / runs); shard < end; shard++) {
        tree.add(shard, new GradientSum(0));
      }
      sums += tree.nodes().size();
    }
    return sums;
  }
}
