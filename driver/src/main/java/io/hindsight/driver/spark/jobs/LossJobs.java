package io.hindsight.driver.spark.jobs;

import io.hindsight.datasets.progress.JobName;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossPlan;
import io.hindsight.driver.spark.JobFailures;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.spark.placement.BroadcastShards;
import io.hindsight.driver.spark.placement.TaskShards;
import io.hindsight.driver.step.RefusedResultException;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** A Spark job for each loss, over shards that stay on the executors. */
public final class LossJobs implements LossEngine {
  private static final ClassTag<StepInput> INPUT = ClassTag$.MODULE$.apply(StepInput.class);
  private static final ClassTag<StepReply> REPLY = ClassTag$.MODULE$.apply(StepReply.class);

  private final SparkContext context;
  private final NetworkSpec spec;
  private final LossPlan losses;
  private final List<BroadcastShards> sent;
  private final ShardRdd shards;

  /**
   * Prepares the shards' distribution; executors fetch them for the first loss.
   *
   * @param tasks of a job, at most; never more than shards
   */
  public LossJobs(SparkContext context, NetworkSpec spec, LossPlan losses, int tasks) {
    this.context = context;
    this.spec = spec;
    this.losses = losses;
    sent =
        TaskShards.split(spec, losses.plan(), 0, tasks).stream() // nothing is drawn by the seed
            .map(each -> JobFailures.whileOpen(() -> BroadcastShards.send(context, each)))
            .toList();
    shards = new ShardRdd(context, sent);
    shards.persist(StorageLevel.MEMORY_AND_DISK()).setName("hindsight validation shards");
  }

  /**
   * The loss of the part.
   *
   * @throws EngineException if the job failed, its result was refused, or the session has ended
   */
  @Override
  public Loss loss(Parameters parameters, StepRequest request) {
    StepInput message = new StepInput(parameters, request);
    Broadcast<StepInput> input = JobFailures.whileOpen(() -> context.broadcast(message, INPUT));
    try (JobName name = JobName.of(context, "validate after step " + request.stepsMade())) {
      StepCollector collector = losses.collector(spec, request);
      ReplyHandler<StepReply> replies =
          new ReplyHandler<>(reply -> collector.accept(reply.result()));
      context.runJob(shards, new LossFunction(input, losses.windows()), replies, REPLY);
      replies.finish();
      return LossPlan.loss(collector.outcome());
    } catch (RefusedResultException wrong) {
      throw new EngineException(
          "validation after step %d: %s".formatted(request.stepsMade(), wrong.getMessage()), wrong);
    } catch (Exception failure) { // Scala declares no checked exceptions
      throw JobFailures.exception(failure, request.stepsMade());
    } finally {
      input.destroy();
    }
  }

  @Override
  public void close() {
    if (!context.isStopped()) {
      shards.unpersist(false);
      sent.forEach(BroadcastShards::destroy);
    }
  }
}
