package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.progress.ReadProgress;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sequences.pieces.WholeSequences;
import io.hindsight.datasets.sequences.shuffle.RowShuffle;
import io.hindsight.datasets.sums.Mergeable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The sequences of a table with a row per step, where they are: on the disks of the executors that
 * brought them together, in an order that follows from their ids. The driver holds none of them.
 *
 * <p>Rows are read, checked, shuffled and sorted once. What an executor that is lost had, others
 * read again.
 */
public final class SequencePartitions implements AutoCloseable {
  private final String source;
  private final SequenceRows rows;
  private final JavaRDD<byte[]> pieces;
  private final GridRows grid; // null where rows may lie anywhere

  private SequencePartitions(
      SequenceRows rows, String source, JavaRDD<byte[]> pieces, GridRows grid) {
    this.source = source;
    this.rows = rows;
    this.pieces = pieces;
    this.grid = grid;
  }

  /**
   * The same sequences on a grid of times, in the same place: either of the two is to be closed.
   *
   * @throws DataException the first, in the order of ids, that does not lie on it as it must
   */
  public SequencePartitions on(GridRows steps) {
    SequencePartitions onGrid = new SequencePartitions(rows, source, pieces, steps);
    onGrid.map((raw, note) -> raw).requireSound();
    return onGrid;
  }

  /**
   * Reads all rows and brings them together by sequence.
   *
   * @param rows as the layout has them, one per step
   * @param count of partitions; 0 leaves it to Spark
   * @throws DataException the first fault of the table, whatever its partitions
   */
  public static SequencePartitions of(Dataset<Row> rows, RowLayout layout, int count) {
    SequenceRows bySequence = new SequenceRows(rows, layout, count);
    try (ReadProgress watched = bySequence.watch()) {
      return of(bySequence, layout);
    }
  }

  private static SequencePartitions of(SequenceRows rows, RowLayout layout) {
    JavaRDD<byte[]> pieces = rows.pieces().javaRDD().persist(StorageLevel.DISK_ONLY());
    SequencePartitions partitions = new SequencePartitions(rows, layout.source(), pieces, null);
    try {
      partitions.read(layout);
      return partitions;
    } catch (RuntimeException | Error failure) {
      partitions.close();
      throw failure;
    }
  }

  private void read(RowLayout layout) {
    long all = pieces.count();
    rows.requireSound();
    if (all == 0) {
      throw layout.noRows();
    }
  }

  /** Names of the input features; none if no row has any. */
  public List<String> features() {
    return rows.features();
  }

  /** Names of the target numbers, in the same way; of the label column for classes. */
  public List<String> targets() {
    return rows.targets();
  }

  /** Where the rows were read. */
  public String source() {
    return source;
  }

  /** The file of a sequence's first row, which takes to read the table again. */
  public String file(String id) {
    return rows.search().file(id);
  }

  /** Has tasks make something of each partition, and brings it here, one after the other. */
  public void forEach(PartitionTask task, Consumer<Iterator<byte[]>> made) {
    Batches.forEach(made(task), made);
  }

  /** The same of all partitions at once, for tasks that make little. */
  public List<byte[]> collect(PartitionTask task) {
    return made(task).collect();
  }

  /**
   * Has tasks make rows of all sequences, brings those together by where they belong, and has tasks
   * take them there.
   *
   * @return what each of those tells, by place
   */
  public List<byte[]> shuffle(
      PartitionTask rows, RowShuffle.Placing placing, RowShuffle.Arrival arrival) {
    return RowShuffle.of(made(rows), placing, arrival);
  }

  /**
   * Adds up what tasks know of the sequences; the driver holds the sums once.
   *
   * @param <S> sums of a partition, which are brought together
   */
  public <S extends Mergeable<S>> S sum(Summing<RawSequence, S> summing) {
    String named = source;
    GridRows steps = grid;
    JavaRDD<RawSequence> whole =
        pieces.mapPartitions(some -> new WholeSequences(some, named, steps));
    return PartitionSums.of(whole.rdd(), summing);
  }

  private JavaRDD<byte[]> made(PartitionTask task) {
    String named = source;
    GridRows steps = grid;
    return pieces.mapPartitions(some -> task.run(new WholeSequences(some, named, steps)));
  }

  /** Frees the disks, unless Spark has ended. */
  @Override
  public void close() {
    if (!pieces.context().isStopped()) {
      pieces.unpersist(false);
    }
  }

  /** What a mapping makes of each sequence. */
  public <T> MappedPartitions<T> map(SequenceMapping<T> mapping) {
    return new MappedPartitions<>(pieces, source, rows, mapping, grid);
  }
}
