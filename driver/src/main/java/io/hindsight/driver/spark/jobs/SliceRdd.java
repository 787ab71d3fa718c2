package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.spark.codec.StepReply;
import org.apache.spark.Partition;
import org.apache.spark.Partitioner;
import org.apache.spark.rdd.ShuffledRDD;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * All tasks' parts of a slice, one slice per partition, in no particular order.
 *
 * <p>Spark would rather sum a slice on a machine that holds a fifth of its parts; where machines
 * differ in size, slices would queue for the largest, so none is preferred.
 */
final class SliceRdd extends ShuffledRDD<Object, StepReply, StepReply> implements HostPreference {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<Object> KEY = ClassTag$.MODULE$.Any();
  private static final ClassTag<StepReply> PART = ClassTag$.MODULE$.apply(StepReply.class);

  SliceRdd(ContributionRdd contributions, int slices) {
    super(contributions, new BySlice(slices), KEY, PART, PART);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Seq<String> getPreferredLocations(Partition partition) {
    return (Seq<String>) (Seq<?>) Nil$.MODULE$;
  }

  private static final class BySlice extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices;
    }

    @Override
    public int getPartition(Object slice) {
      return (Integer) slice;
    }
  }
}
