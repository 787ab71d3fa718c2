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
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.List;

/** Threads of this process, each with its own run of shards: the reference engine. */
public final class LocalEngine implements GradientEngine {
  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final StepTasks tasks;
  private final ParallelLoop loop;
  private final PackedWeights weights;

  /**
   * Starts the threads.
   *
   * @param tasks threads, the caller's among them; 0 is one per core; never more than shards
   */
  public LocalEngine(NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    this.spec = spec;
    this.plan = plan;
    weights = new PackedWeights(spec);
    List<List<Shard>> runs = plan.split(TaskThreads.wished(tasks));
    this.tasks = new StepTasks(spec, runs, plan.shards().size(), seed, plan.windows());
    loop = new ParallelLoop(new TaskThreads("hindsight-local", this.tasks.count()));
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
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    long start = System.nanoTime();
    weights.pack(parameters, loop);
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
  }
}
