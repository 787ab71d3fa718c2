package io.hindsight.datasets.progress;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks that read a table count as they go. A task that is repeated counts again, so these
 * are for people who wait, and never for results.
 */
public final class ReadCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator rows;
  private final LongAccumulator faults;
  private final LongAccumulator sequences;

  private ReadCounts(LongAccumulator rows, LongAccumulator faults, LongAccumulator sequences) {
    this.rows = rows;
    this.faults = faults;
    this.sequences = sequences;
  }

  /** For the tasks of one reading. */
  public static ReadCounts of(SparkContext spark) {
    return new ReadCounts(
        spark.longAccumulator("rows read"),
        spark.longAccumulator("faulty rows found"),
        spark.longAccumulator("sequences brought together"));
  }

  /** For what one task reads by itself, which nobody is told of. */
  public static ReadCounts here() {
    return new ReadCounts(new LongAccumulator(), new LongAccumulator(), new LongAccumulator());
  }

  /** In a task: it comes to the next row. */
  public void addRow() {
    rows.add(1L);
  }

  /** In a task: the row has a fault. */
  public void addFault() {
    faults.add(1L);
  }

  /** In a task: a sequence is whole. */
  public void addSequence() {
    sequences.add(1L);
  }

  Totals finished() {
    return new Totals(rows.sum(), faults.sum(), sequences.sum());
  }

  /** What a running task tells in an accumulator; nothing, if it is none of these. */
  Totals told(long accumulator, long value) {
    return new Totals(
        accumulator == rows.id() ? value : 0,
        accumulator == faults.id() ? value : 0,
        accumulator == sequences.id() ? value : 0);
  }

  /** Counts of one or all tasks. */
  record Totals(long rows, long faults, long sequences) {
    static final Totals NONE = new Totals(0, 0, 0);

    Totals plus(Totals other) {
      return new Totals(rows + other.rows, faults + other.faults, sequences + other.sequences);
    }
  }
}
