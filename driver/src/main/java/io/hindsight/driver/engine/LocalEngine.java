package io.hindsight.driver.engine;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.ParallelLoop;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.StepTasks;
import io.hindsight.driver.step.TaskThreads;
import io.hindsight.driver.step.Teams;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.List;

/**
 * Threads of this process, each with its own run of shards, or several that share one: the
 * reference engine.
 */
public final class LocalEngine implements GradientEngine {
  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final Teams teams;
  private final StepTasks tasks;
  private final ParallelLoop loop;
  private final PackedWeights weights;

  /**
   * Starts the threads.
   *
   * @param tasks threads at most, the caller's among them; 0 is one per core
   */
  public LocalEngine(NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    this(spec, plan, seed, Teams.of(spec, plan, TaskThreads.wished(tasks)));
  }

  /** Shares the work as it is told. */
  LocalEngine(NetworkSpec spec, ShardPlan plan, long seed, Teams teams) {
    this.spec = spec;
    this.plan = plan;
    this.teams = teams;
    weights = new PackedWeights(spec);
    List<List<Shard>> runs = plan.split(teams.tasks());
    int shards = plan.shards().size();
    this.tasks = new StepTasks(spec, runs, shards, seed, plan.windows(), teams.threads());
    int threads = this.tasks.count() * teams.threads(); // of a loop; a step wakes one for each task
    loop = new ParallelLoop(new TaskThreads("hindsight-local", threads));
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public int tasks() {
    return tasks.count();
  }

  @Override
  public int threadsOfTask() {
    return teams.threads();
  }

  @Override
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    long start = System.nanoTime();
    tasks.pack(loop.threads(), parameters, weights);
    long packNanos = System.nanoTime() - start;
    StepCollector collector = new StepCollector(spec, plan, request, loop);
    for (StepResult result : tasks.run(loop.threads(), weights, request)) {
      collector.accept(result);
    }
    return collector.outcome().plusDriverNanos(packNanos);
  }

  @Override
  public RangeLoop loop() {
    return loop;
  }

  @Override
  public void close() {
    loop.close();
    tasks.close();
  }
}
