package io.hindsight.driver.spark.jobs;

import io.hindsight.driver.spark.SparkApi;
import io.hindsight.driver.spark.placement.SentRun;
import io.hindsight.driver.spark.placement.ShardRun;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * One run of shards per partition.
 *
 * <p>A partition names its data by broadcasts, so a step's tasks do not carry them; an executor
 * that comes into a partition, at first or after another was lost, fetches them once.
 */
final class ShardRdd extends RDD<ShardRun> {
  private static final long serialVersionUID = 1L;

  private final transient List<SentRun> runs;

  ShardRdd(SparkContext context, List<SentRun> runs) {
    super(SparkApi.numbers(context, runs.size()), ClassTag$.MODULE$.apply(ShardRun.class));
    this.runs = runs;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[runs.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new RunPartition(i, runs.get(i));
    }
    return partitions;
  }

  @Override
  public Iterator<ShardRun> compute(Partition partition, TaskContext context) {
    return scala.collection.Iterator$.MODULE$.single(((RunPartition) partition).run.fetch());
  }

  private static final class RunPartition implements Partition {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final SentRun run;

    RunPartition(int index, SentRun run) {
      this.index = index;
      this.run = run;
    }

    @Override
    public int index() {
      return index;
    }
  }
}
