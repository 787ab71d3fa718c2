package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.spark.codec.SliceReply;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.step.ParameterSlices;
import io.hindsight.driver.step.RefusedResultException;
import io.hindsight.driver.step.StepIdentity;
import io.hindsight.driver.step.StepResult;
import io.hindsight.driver.step.SumCollector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.Function2;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * Sums a slice over all tasks, in the tree over shards, so the order of arrival is irrelevant.
 *
 * <p>A refused part comes back as a reply: to fail would only let Spark read the same part again.
 */
final class SliceFunction
    implements Function2<TaskContext, Iterator<Tuple2<Object, StepReply>>, SliceReply>,
        Serializable {
  private static final long serialVersionUID = 1L;

  private final StepIdentity identity;
  private final int shards;
  private final ParameterSlices slices;

  SliceFunction(StepIdentity identity, int shards, ParameterSlices slices) {
    this.identity = identity;
    this.shards = shards;
    this.slices = slices;
  }

  @Override
  public SliceReply apply(TaskContext context, Iterator<Tuple2<Object, StepReply>> parts) {
    int index = context.partitionId();
    SumCollector sums = new SumCollector(identity, shards, slices.length(index));
    List<StepResult> tasks = new ArrayList<>();
    StepReply last = null;
    try {
      while (parts.hasNext()) {
        last = parts.next()._2();
        if (index == 0) {
          tasks.add(last.result().withoutGradients());
        }
        sums.accept(last.result().withoutCarried());
      }
    } catch (RefusedResultException refused) {
      return SliceReply.refused(refused.getMessage());
    }
    return sums.isComplete()
        ? last.merged(index, sums.merged(), tasks)
        : SliceReply.refused("slice refused: parts of number " + index + " are missing");
  }
}
