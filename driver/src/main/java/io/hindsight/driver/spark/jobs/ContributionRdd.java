package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.spark.codec.StepInput;
import io.hindsight.driver.spark.codec.StepReply;
import io.hindsight.driver.spark.placement.TaskShards;
import io.hindsight.driver.step.ParameterSlices;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * What each task of a step gives to each slice, under the number of the slice.
 *
 * <p>A part is cut off when the shuffle asks for it, and serialized before the next, so a task
 * holds no second copy of its gradients; nothing of it is read after the task has ended.
 */
final class ContributionRdd extends RDD<Tuple2<Object, StepReply>> {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<Tuple2<Object, StepReply>> PAIR =
      ClassTag$.MODULE$.apply(Tuple2.class);
  private static final ClassTag<TaskShards> SHARDS = ClassTag$.MODULE$.apply(TaskShards.class);

  private final StepFunction step;
  private final ParameterSlices slices;

  ContributionRdd(ShardRdd shards, Broadcast<StepInput> input, long job, ParameterSlices slices) {
    super(shards, PAIR);
    this.step = new StepFunction(input, job);
    this.slices = slices;
  }

  @Override
  public Partition[] getPartitions() {
    return shards().partitions();
  }

  @Override
  public Iterator<Tuple2<Object, StepReply>> compute(Partition partition, TaskContext context) {
    return new Parts(step.apply(context, shards().iterator(partition, context)), slices);
  }

  private RDD<TaskShards> shards() {
    return firstParent(SHARDS);
  }

  private static final class Parts extends AbstractIterator<Tuple2<Object, StepReply>> {
    private final StepReply whole;
    private final ParameterSlices slices;
    private int next;

    Parts(StepReply whole, ParameterSlices slices) {
      this.whole = whole;
      this.slices = slices;
    }

    @Override
    public boolean hasNext() {
      return next < slices.count();
    }

    @Override
    public Tuple2<Object, StepReply> next() {
      int index = next++;
      return new Tuple2<>(index, whole.slice(slices, index));
    }
  }
}
