package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.gaps.GridRows;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.KeptTypes;
import io.hindsight.datasets.sums.Mergeable;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * What a mapping makes of the sequences of a table, in the tasks that hold them.
 *
 * <p>A task fails with a {@link DataException} at a sequence that the mapping cannot be made of;
 * which of several is chance. {@link #requireSound} tells the first of all, and before that.
 *
 * @param <T> what is made
 */
public final class MappedPartitions<T> {
  private final JavaRDD<byte[]> pieces;
  private final String source;
  private final SequenceRows rows;
  private final SequenceMapping<T> mapping;
  private final GridRows grid; // null where rows may lie anywhere
  private final Collected<Notes> notes;

  MappedPartitions(
      JavaRDD<byte[]> pieces,
      String source,
      SequenceRows rows,
      SequenceMapping<T> mapping,
      GridRows grid) {
    this.grid = grid;
    this.pieces = pieces;
    this.source = source;
    this.rows = rows;
    this.mapping = mapping;
    this.notes = rows.collect(Notes::new);
  }

  /** What is made of each sequence, as it is read. */
  public JavaRDD<T> rdd() {
    MappingTask<T> task = new MappingTask<>(source, mapping, grid, notes);
    return pieces.mapPartitions(task::map);
  }

  /**
   * Makes something of what is made of each sequence and of the cells of its rows that are handed
   * on.
   *
   * @param <U> what is made of both
   */
  @FunctionalInterface
  public interface WithKept<T, U> extends Serializable {
    /**
     * Makes it.
     *
     * @param kept as {@link RawSequence#kept} has them
     */
    U apply(T made, List<String> kept);
  }

  /** What is made of each sequence and what is kept of its rows, as it is read. */
  public <U> JavaRDD<U> rdd(WithKept<T, U> both) {
    SequenceMapping<T> first = mapping;
    SequenceMapping<U> then = (raw, note) -> both.apply(first.apply(raw, note), raw.kept());
    MappingTask<U> task = new MappingTask<>(source, then, grid, notes);
    return pieces.mapPartitions(task::map);
  }

  /** Types of the columns that stand beside what is made. */
  public KeptTypes kept() {
    return rows.kept();
  }

  /**
   * Makes it of all sequences and refuses the first, in the order of ids, that it cannot be made
   * of.
   */
  public void requireSound() {
    Collected<SequenceFindings> faults = rows.collect(SequenceFindings::new);
    MappingTask<T> task = new MappingTask<>(source, mapping, grid, notes);
    pieces.foreachPartition(some -> faults.add(task.faults(some)));
    rows.requireNone(faults.value(), source);
  }

  /**
   * Adds up what was made.
   *
   * @param <S> sums of a partition, which are brought together
   */
  public <S extends Mergeable<S>> S sum(Summing<T, S> summing) {
    return PartitionSums.of(rdd().rdd(), summing);
  }

  /** The file that holds a sequence, for errors: the table is read again for it. */
  public String file(String id) {
    return rows.search().file(id);
  }

  /** What the mapping noted of all sequences that were read. */
  public List<String> notes() {
    return notes.value().all();
  }
}
