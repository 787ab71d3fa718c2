package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.placement.BroadcastShards;
import io.hindsight.driver.spark.placement.TaskShards;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * One task's shards per partition.
 *
 * <p>A partition names its data by broadcasts, so a step's tasks do not carry them; an executor
 * that comes into a partition, at first or after another was lost, fetches them once.
 */
final class ShardRdd extends RDD<TaskShards> {
  private static final long serialVersionUID = 1L;

  private final transient List<BroadcastShards> parts;

  ShardRdd(SparkContext context, List<BroadcastShards> parts) {
    super(SparkApi.numbers(context, parts.size()), ClassTag$.MODULE$.apply(TaskShards.class));
    this.parts = parts;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[parts.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new ShardPartition(i, parts.get(i));
    }
    return partitions;
  }

  @Override
  public Iterator<TaskShards> compute(Partition partition, TaskContext context) {
    return scala.collection.Iterator$.MODULE$.single(((ShardPartition) partition).shards.fetch());
  }

  private static final class ShardPartition implements Partition {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final BroadcastShards shards;

    ShardPartition(int index, BroadcastShards shards) {
      this.index = index;
      this.shards = shards;
    }

    @Override
    public int index() {
      return index;
    }
  }
}
