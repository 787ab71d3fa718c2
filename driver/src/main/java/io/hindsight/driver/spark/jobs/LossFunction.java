package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.engine.KernelLog;
import io.hindsight.driver.loss.LossTask;
import io.hindsight.driver.loss.LossWindows;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.spark.placement.TaskShards;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/** What the tasks of a loss run on the executors; a plain class, so Spark cleans no closure. */
final class LossFunction
    implements Function2<TaskContext, Iterator<TaskShards>, StepReply>, Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<StepInput> input;
  private final LossWindows windows;

  LossFunction(Broadcast<StepInput> input, LossWindows windows) {
    this.input = input;
    this.windows = windows;
  }

  @Override
  public StepReply apply(TaskContext context, Iterator<TaskShards> shards) {
    KernelLog.writeOnce();
    StepInput step = input.value();
    return shards
        .next()
        .apply(
            (spec, own, all) ->
                new LossTask(spec, own, all, windows).run(step.packed(), step.request()));
  }
}
