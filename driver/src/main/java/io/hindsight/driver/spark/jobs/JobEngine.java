package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.JobFailures;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.placement.BroadcastShards;
import io.hindsight.driver.spark.placement.TaskShards;
import io.hindsight.driver.step.RefusedResultException;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * One Spark job per step, over shards that stay on the executors.
 *
 * <p>Spark repeats tasks that fail or whose executor is lost; a job that fails nevertheless, or one
 * of whose results is refused, is repeated here, since a step is a pure function of its input. No
 * repetition changes the result.
 */
public final class JobEngine implements GradientEngine {
  /** Times a step's job is run before the engine gives up. */
  public static final int ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);
  private static final ClassTag<StepInput> INPUT = ClassTag$.MODULE$.apply(StepInput.class);

  private final SparkContext context;
  private final List<BroadcastShards> taskShards = new ArrayList<>();
  private final ShardRdd shards;
  private final RangeLoop loop;
  private final Reduction reduction;
  private long jobs;
  private long refused;
  private long repeated; // jobs, for whatever failed

  /**
   * Prepares the shards' distribution; executors fetch them at the first step.
   *
   * @param tasks tasks per step, at most; never more than shards
   * @param reductions opens what sums the gradients
   * @param loop over weights and gradients, on the driver; closed with the engine
   */
  JobEngine(
      SparkContext context,
      NetworkSpec spec,
      ShardPlan plan,
      long seed,
      int tasks,
      Reduction.Opener reductions,
      RangeLoop loop) {
    this.context = context;
    for (TaskShards each : TaskShards.split(spec, plan, seed, tasks)) {
      taskShards.add(JobFailures.whileOpen(() -> BroadcastShards.send(context, each)));
    }
    shards = new ShardRdd(context, taskShards);
    shards.persist(StorageLevel.MEMORY_AND_DISK()).setName("hindsight shards");
    this.loop = loop;
    reduction = reductions.open(shards, taskShards.size(), loop);
  }

  @Override
  public String name() {
    return "spark-jobs";
  }

  @Override
  public int tasks() {
    return taskShards.size();
  }

  @Override
  public long mended() {
    return repeated;
  }

  /** Results that were refused so far; each cost a repetition of its step. */
  public long refused() {
    return refused;
  }

  /**
   * The gradient of one step.
   *
   * @throws EngineException if its job failed or its result was refused {@value #ATTEMPTS} times,
   *     or the session has ended
   * @throws IllegalArgumentException if the data do not fit the network
   */
  @Override
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    for (int attempt = 1; true; attempt++) {
      try {
        return runJob(parameters, request);
      } catch (EngineException failure) {
        boolean mayTry = !context.isStopped() && !Thread.currentThread().isInterrupted();
        if (attempt == ATTEMPTS || !mayTry) {
          throw failure;
        }
        repeated++;
        LOG.warn("{}; trying again, {} of {}", failure.getMessage(), attempt + 1, ATTEMPTS);
      }
    }
  }

  private StepOutcome runJob(Parameters parameters, StepRequest request) {
    long start = System.nanoTime();
    StepInput message = new StepInput(parameters, request);
    Broadcast<StepInput> input = JobFailures.whileOpen(() -> context.broadcast(message, INPUT));
    long sendNanos = System.nanoTime() - start;
    try {
      StepOutcome outcome = reduction.run(request, input, ++jobs);
      freeTransfers();
      return outcome.plusDriverNanos(sendNanos);
    } catch (RefusedResultException wrong) {
      refused++;
      throw new EngineException("step " + request.step() + ": " + wrong.getMessage(), wrong);
    } catch (Exception failure) { // Scala declares no checked exceptions
      throw JobFailures.exception(failure, request.step());
    } finally {
      input.destroy();
    }
  }

  /** The executors keep the shards as partitions, so they need the transferred bytes no longer. */
  private void freeTransfers() {
    if (jobs == 1) {
      taskShards.forEach(BroadcastShards::unpersist);
    }
  }

  @Override
  public RangeLoop loop() {
    return loop;
  }

  @Override
  public void close() {
    loop.close();
    if (refused > 0) {
      LOG.warn("results that were refused and computed again: {}", refused);
    }
    if (!context.isStopped()) {
      shards.unpersist(false);
      taskShards.forEach(BroadcastShards::destroy);
    }
  }
}
