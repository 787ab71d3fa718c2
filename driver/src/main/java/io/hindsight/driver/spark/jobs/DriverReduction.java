package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.parallel.RangeLoop;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The driver receives every task's whole gradients and sums them: one stage a step. */
final class DriverReduction implements Reduction {
  private static final ClassTag<StepReply> REPLY = ClassTag$.MODULE$.apply(StepReply.class);

  private final NetworkSpec spec;
  private final ShardPlan plan;
  private final ShardRdd shards;
  private final RangeLoop loop; // over gradients

  DriverReduction(NetworkSpec spec, ShardPlan plan, ShardRdd shards, RangeLoop loop) {
    this.loop = loop;
    this.spec = spec;
    this.plan = plan;
    this.shards = shards;
  }

  @Override
  public String name() {
    return "driver";
  }

  @Override
  public StepOutcome run(StepRequest request, Broadcast<StepInput> input, long job) {
    StepCollector collector = new StepCollector(spec, plan, request, loop);
    ReplyHandler<StepReply> replies = new ReplyHandler<>(reply -> collector.accept(reply.result()));
    StepFunction function = new StepFunction(input, job);
    shards.context().runJob(shards, function, replies, REPLY);
    replies.finish();
    return collector.outcome();
  }
}
