package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.engine.KernelLog;
import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.spark.placement.TaskShards;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.collection.Iterator;

/** What a step's tasks run on the executors; a plain class, so Spark cleans no closure. */
final class StepFunction
    implements Function2<TaskContext, Iterator<TaskShards>, StepReply>, Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<StepInput> input;
  private final long job;

  StepFunction(Broadcast<StepInput> input, long job) {
    this.input = input;
    this.job = job;
  }

  @Override
  public StepReply apply(TaskContext context, Iterator<TaskShards> shards) {
    KernelLog.writeOnce();
    return shards.next().compute(input.value(), job);
  }
}
