package io.hindsight.driver.step;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.team.Team;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of a step in this process: each has its own run of shards, all the weights, and threads
 * that share its work.
 */
public final class StepTasks implements AutoCloseable {
  private final List<ShardTask> tasks = new ArrayList<>();
  private final List<Team> teams = new ArrayList<>();

  /**
   * Makes tasks of one thread each.
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
    this(spec, runs, totalShards, seed, windows, 1);
  }

  /**
   * Makes the tasks, and starts the threads of each but the one that is to run it.
   *
   * @param threads of each task
   */
  public StepTasks(
      NetworkSpec spec,
      List<List<Shard>> runs,
      int totalShards,
      long seed,
      CarriedWindows windows,
      int threads) {
    for (List<Shard> run : runs) {
      Team team =
          threads == 1 ? Team.ALONE : new Team("hindsight-team", threads, threads * runs.size());
      teams.add(team);
      tasks.add(new ShardTask(spec, run, totalShards, seed, windows, team));
    }
  }

  /** How many. */
  public int count() {
    return tasks.size();
  }

  /** Packs the weights, each thread of each task a share of them. */
  public void pack(TaskThreads runners, Parameters parameters, PackedWeights weights) {
    int each = teams.get(0).size();
    int parts = each * teams.size();
    runners.run(
        teams.size(),
        (thread, task) ->
            teams
                .get(task)
                .run((member, size) -> weights.pack(parameters, task * each + member, parts)));
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

  /** Ends the threads; none may be at work. */
  @Override
  public void close() {
    teams.forEach(Team::close);
  }
}
