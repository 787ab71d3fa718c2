package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Errors;
import io.hindsight.datasets.RawSequence;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The sequences of a table with a row per step, where they are: in the tasks that follow a shuffle,
 * in the order of ids in each. The driver holds none of them.
 *
 * <p>Rows are read, checked and shuffled once; whatever is computed of the sequences reads what was
 * shuffled.
 */
public final class SequencePartitions {
  /**
   * Makes something of one sequence, in a task.
   *
   * @param <T> what it makes
   */
  @FunctionalInterface
  public interface Mapping<T> extends Serializable {
    /**
     * Makes it.
     *
     * @param note takes short texts for the driver
     * @throws DataException if it cannot
     */
    T apply(RawSequence sequence, Consumer<String> note);
  }

  private final String source;
  private final SequenceRows rows;
  private final JavaRDD<byte[]> pieces;

  private SequencePartitions(Dataset<Row> rows, RowLayout layout) {
    this.source = layout.source();
    this.rows = new SequenceRows(rows, layout);
    this.pieces = this.rows.pieces().javaRDD();
  }

  /**
   * Reads all rows and brings them together by sequence.
   *
   * @param rows as the layout has them, one per step
   * @throws DataException the first fault of a row by itself, whatever the partitions
   */
  public static SequencePartitions of(Dataset<Row> rows, RowLayout layout) {
    SequencePartitions partitions = new SequencePartitions(rows, layout);
    partitions.shuffle();
    partitions.rows.requireSoundRows();
    if (!partitions.rows.hasRows()) {
      throw Errors.emptyDataSet(layout.source());
    }
    return partitions;
  }

  /** A task that reads nothing has everything computed that is before the shuffle. */
  private void shuffle() {
    if (pieces.getNumPartitions() > 0) {
      pieces
          .mapPartitions(unread -> Collections.<Integer>emptyIterator())
          .collectPartitions(new int[] {0});
    }
  }

  /** Names of the input features; none if no row has any. */
  public List<String> features() {
    return rows.features();
  }

  /** What a mapping makes of each sequence. */
  public <T> MappedPartitions<T> map(Mapping<T> mapping) {
    return new MappedPartitions<>(pieces, source, rows, mapping);
  }
}
