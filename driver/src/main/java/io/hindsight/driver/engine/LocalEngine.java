package io.hindsight.driver.engine;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardTask;
import io.hindsight.driver.shard.StepCollector;
import io.hindsight.driver.shard.StepOutcome;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.driver.shard.StepResult;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads of this process, each with its own run of shards: the reference engine. */
public final class LocalEngine implements GradientEngine {
  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final List<ShardTask> tasks = new ArrayList<>();
  private final ExecutorService threads;
  private PackedWeights idle; // no task reads them; null while one may

  /**
   * Starts the threads.
   *
   * @param tasks threads; 0 is one per core; never more than shards
   */
  public LocalEngine(NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    this.spec = spec;
    this.plan = plan;
    idle = new PackedWeights(spec);
    int wished = tasks > 0 ? tasks : Runtime.getRuntime().availableProcessors();
    for (List<Shard> run : plan.split(wished)) {
      this.tasks.add(new ShardTask(spec, run, plan.shards().size(), seed, plan.window()));
    }
    threads =
        Executors.newFixedThreadPool(
            this.tasks.size(),
            runnable -> {
              Thread thread = new Thread(runnable, "hindsight-local");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public int tasks() {
    return tasks.size();
  }

  @Override
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    long start = System.nanoTime();
    PackedWeights weights = idle == null ? new PackedWeights(spec) : idle;
    idle = null; // after a failure, some tasks may still be running
    weights.pack(parameters);
    long packNanos = System.nanoTime() - start;
    List<Future<StepResult>> results = new ArrayList<>();
    for (ShardTask task : tasks) {
      results.add(threads.submit(() -> task.run(weights, request)));
    }
    StepCollector collector = new StepCollector(spec, plan, request);
    for (Future<StepResult> result : results) {
      collector.accept(await(result));
    }
    idle = weights;
    return collector.outcome().plusDriverNanos(packNanos);
  }

  private static StepResult await(Future<StepResult> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a shard task failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a shard task", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
