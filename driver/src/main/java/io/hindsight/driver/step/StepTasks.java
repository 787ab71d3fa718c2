package io.hindsight.driver.step;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** The tasks of a step in this process: each has its own run of shards, and all the weights. */
public final class StepTasks {
  private final List<ShardTask> tasks = new ArrayList<>();

  /**
   * Makes the tasks.
   *
   * @param runs shards of each task
   * @param totalShards shards of the whole minibatch
   * @param windows how sequences are taken piece by piece
   */
  public StepTasks(
      NetworkSpec spec,
      List<List<Shard>> runs,
      int totalShards,
      long seed,
      CarriedWindows windows) {
    for (List<Shard> run : runs) {
      tasks.add(new ShardTask(spec, run, totalShards, seed, windows));
    }
  }

  /** How many. */
  public int count() {
    return tasks.size();
  }

  /**
   * Computes a step.
   *
   * @return the tasks' results, valid until the next step; of one thread's results each after the
   *     other has the time of both
   */
  public StepResult[] run(TaskThreads threads, PackedWeights weights, StepRequest request) {
    StepResult[] results = new StepResult[tasks.size()];
    long[] busyNanos = new long[threads.count()];
    threads.run(
        results.length,
        (thread, task) -> {
          StepResult result = tasks.get(task).run(weights, request).after(busyNanos[thread]);
          busyNanos[thread] = result.computeNanos();
          results[task] = result;
        });
    return results;
  }
}
