package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.SliceReply;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.step.ParameterSlices;
import io.hindsight.driver.step.RefusedResultException;
import io.hindsight.driver.step.SliceCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The executors sum the gradients slice by slice, through Spark's own shuffle, and the driver
 * receives each parameter once: two stages a step.
 *
 * <p>An executor that is lost takes its parts with it; Spark computes them again, to the same bits.
 * The parts are files on the executors, which are removed at the end of the step: left to the
 * garbage collector of a driver with much heap, those of thousands of steps would fill the disks.
 */
final class SlicedReduction implements Reduction {
  private static final ClassTag<SliceReply> REPLY = ClassTag$.MODULE$.apply(SliceReply.class);

  private static final String CLEANER = "spark.cleaner.referenceTracking";

  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final ShardRdd shards;
  private final ParameterSlices slices;

  /**
   * One slice per task, so that whichever executors compute also sum.
   *
   * @param tasks tasks per step
   * @throws ConfigException if the session never removes the files of a shuffle
   */
  SlicedReduction(NetworkSpec spec, ShardPlan plan, ShardRdd shards, int tasks) {
    requireCleaner(shards.context());
    this.spec = spec;
    this.plan = plan;
    this.shards = shards;
    slices = ParameterSlices.of(new ParameterLayout(spec).denseSize(), tasks);
  }

  private static void requireCleaner(SparkContext context) {
    if (!context.getConf().getBoolean(CLEANER, true)) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  "command line",
                  0,
                  0,
                  CLEANER,
                  "is false, so the files of each step of training.reduce: sliced would stay on the"
                      + " executors until the session ends",
                  "set it to true, or use training.reduce: driver")));
    }
  }

  @Override
  public String name() {
    return "sliced";
  }

  @Override
  public StepOutcome run(StepRequest request, Broadcast<StepInput> input, long job) {
    SparkContext context = shards.context();
    SliceCollector collector = new SliceCollector(spec, plan, request, slices);
    ReplyHandler<SliceReply> replies = new ReplyHandler<>(reply -> take(reply, collector));
    SliceFunction sum = new SliceFunction(request.identity(), plan.shards().size(), slices);
    SliceRdd parts = new SliceRdd(new ContributionRdd(shards, input, job, slices), slices.count());
    try {
      context.runJob(parts, sum, replies, REPLY);
    } finally {
      if (!context.isStopped()) {
        parts.cleanShuffleDependencies(false);
      }
    }
    replies.finish();
    return collector.outcome();
  }

  private static void take(SliceReply reply, SliceCollector collector) {
    if (reply.refusal().isPresent()) {
      throw new RefusedResultException(reply.refusal().get());
    }
    collector.accept(reply.index(), reply.sum(), reply.tasks());
  }
}
