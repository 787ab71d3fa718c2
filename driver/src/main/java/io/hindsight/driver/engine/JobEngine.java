package io.hindsight.driver.engine;

import io.hindsight.driver.engine.wire.ShardRun;
import io.hindsight.driver.engine.wire.StepInput;
import io.hindsight.driver.engine.wire.StepReply;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.StepCollector;
import io.hindsight.driver.shard.StepOutcome;
import io.hindsight.driver.shard.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkDriverExecutionException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * One Spark job per step, over shards that stay on the executors.
 *
 * <p>Spark repeats tasks that fail or whose executor is lost; a job that fails nevertheless is
 * repeated here, since a step is a pure function of its input. No repetition changes the result.
 */
public final class JobEngine implements GradientEngine {
  /** Times a step's job is run before the engine gives up. */
  static final int ATTEMPTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);
  private static final ClassTag<ShardRun> RUN = ClassTag$.MODULE$.apply(ShardRun.class);
  private static final ClassTag<StepInput> INPUT = ClassTag$.MODULE$.apply(StepInput.class);
  private static final ClassTag<StepReply> REPLY = ClassTag$.MODULE$.apply(StepReply.class);

  private final SparkContext context;
  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final List<Broadcast<ShardRun>> runs = new ArrayList<>();
  private final RDD<ShardRun> shards;
  private final Seq<Object> partitions;
  private long jobs;

  /**
   * Prepares the shards' distribution; executors fetch them at the first step.
   *
   * @param tasks tasks per step; 0 is one per core of the session; never more than shards
   */
  public JobEngine(SparkContext context, NetworkSpec spec, ShardPlan plan, long seed, int tasks) {
    this.spec = spec;
    this.plan = plan;
    this.context = context;
    int wished = tasks > 0 ? tasks : ClusterCores.of(context);
    for (ShardRun run : ShardRun.split(spec, plan, seed, wished)) {
      runs.add(broadcast(run, RUN));
    }
    shards = new ShardRdd(context, runs).persist(StorageLevel.MEMORY_AND_DISK());
    shards.setName("hindsight shards");
    List<Object> indices = new ArrayList<>(IntStream.range(0, runs.size()).boxed().toList());
    partitions = CollectionConverters.asScala(indices).toSeq();
  }

  @Override
  public String name() {
    return "spark-jobs";
  }

  @Override
  public int tasks() {
    return runs.size();
  }

  /**
   * The gradient of one step.
   *
   * @throws EngineException if its job failed {@value #ATTEMPTS} times, or the session has ended
   * @throws IllegalArgumentException if the data do not fit the network
   * @throws IllegalStateException if a task's result is refused
   */
  @Override
  public StepOutcome gradient(Parameters parameters, StepRequest request) {
    for (int attempt = 1; true; attempt++) {
      try {
        return runJob(parameters, request);
      } catch (EngineException failure) {
        if (attempt == ATTEMPTS || context.isStopped()) {
          throw failure;
        }
        LOG.warn("{}; trying again, {} of {}", failure.getMessage(), attempt + 1, ATTEMPTS);
      }
    }
  }

  private StepOutcome runJob(Parameters parameters, StepRequest request) {
    ReplyHandler replies = new ReplyHandler(new StepCollector(spec, plan, request));
    long start = System.nanoTime();
    Broadcast<StepInput> input = broadcast(new StepInput(parameters, request), INPUT);
    long sendNanos = System.nanoTime() - start;
    try {
      context.setCallSite("Hindsight training step");
      context.runJob(shards, new StepFunction(input, ++jobs), partitions, replies, REPLY);
      freeTransfers();
      return replies.outcome().plusDriverNanos(sendNanos);
    } catch (Exception failure) { // Scala declares no checked exceptions
      throw classify(failure, request.step());
    } finally {
      context.clearCallSite();
      input.destroy();
    }
  }

  private <T> Broadcast<T> broadcast(T value, ClassTag<T> type) {
    try {
      return context.broadcast(value, type);
    } catch (IllegalStateException stopped) {
      throw new EngineException("the Spark session has ended; start the run again", stopped);
    }
  }

  /** The executors keep the shards as partitions, so they need the transferred bytes no longer. */
  private void freeTransfers() {
    if (jobs == 1) {
      runs.forEach(Broadcast::unpersist);
    }
  }

  private static RuntimeException classify(Exception failure, long step) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new EngineException("interrupted at step " + step, failure);
    }
    Throwable cause = failure.getCause();
    if (failure instanceof SparkDriverExecutionException) {
      return new IllegalStateException("step " + step + ": " + cause.getMessage(), cause);
    }
    if (cause instanceof IllegalArgumentException wrongData) {
      return wrongData;
    }
    String what = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return new EngineException("the Spark job of step " + step + " failed: " + what, failure);
  }

  @Override
  public void close() {
    if (!context.isStopped()) {
      shards.unpersist(false);
      runs.forEach(Broadcast::destroy);
    }
  }
}
