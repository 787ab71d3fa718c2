package io.hindsight.datasets.sequences.shuffle;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Brings rows that tasks make to where they belong by their keys, one partition for each place, in
 * the order of the keys.
 */
public final class RowShuffle {
  private RowShuffle() {}

  /** Where a row belongs, in a task. */
  public interface Placing extends Serializable {
    /** How many places. */
    int size();

    /** The key of a row, unique. */
    byte[] key(byte[] row);

    /** The place of a key. */
    int place(byte[] key);

    /** Which of two keys comes first. */
    int compare(byte[] left, byte[] right);
  }

  /** What is done with the rows of a place, in a task that may be repeated. */
  public interface Arrival extends Serializable {
    /** Does it, and tells the driver of it. */
    byte[] accept(int place, Iterator<byte[]> rows);
  }

  /**
   * Has tasks take rows to where they belong.
   *
   * @return what each place tells
   */
  public static List<byte[]> of(JavaRDD<byte[]> rows, Placing placing, Arrival arrival) {
    return rows.mapToPair(row -> new Tuple2<>(placing.key(row), row))
        .repartitionAndSortWithinPartitions(new ByPlace(placing), new ByKey(placing))
        .mapPartitions(
            sorted -> {
              Iterator<byte[]> values = new Values(sorted);
              return List.of(arrival.accept(TaskContext.getPartitionId(), values)).iterator();
            })
        .collect();
  }

  /** The rows without their keys. */
  private record Values(Iterator<Tuple2<byte[], byte[]>> rows) implements Iterator<byte[]> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public byte[] next() {
      return rows.next()._2();
    }
  }

  private record ByKey(Placing placing) implements Comparator<byte[]>, Serializable {
    @Override
    public int compare(byte[] left, byte[] right) {
      return placing.compare(left, right);
    }
  }

  private static final class ByPlace extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final Placing placing;

    ByPlace(Placing placing) {
      this.placing = placing;
    }

    @Override
    public int numPartitions() {
      return placing.size();
    }

    @Override
    public int getPartition(Object key) {
      return placing.place((byte[]) key);
    }
  }
}
