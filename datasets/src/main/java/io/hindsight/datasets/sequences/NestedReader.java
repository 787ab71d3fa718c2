package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TablePlace;
import io.hindsight.datasets.rows.TaskIterator;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Reads rows that are whole sequences, in a task of a reading whose faults are collected. */
final class NestedReader implements MapPartitionsFunction<Row, byte[]> {
  private static final long serialVersionUID = 1L;

  private final RowLayout layout;
  private final Collected<RowFindings> collected;
  private final ReadCounts counts;

  /**
   * Reads sequences.
   *
   * @param collected where each task's findings go, after its last row
   */
  NestedReader(RowLayout layout, Collected<RowFindings> collected, ReadCounts counts) {
    this.layout = layout;
    this.collected = collected;
    this.counts = counts;
  }

  @Override
  public Iterator<byte[]> call(Iterator<Row> rows) {
    return new Sequences(rows);
  }

  /** The sequences of one partition, as pieces. */
  private final class Sequences extends TaskIterator<Row, byte[]> {
    private final RowFindings findings = collected.none();
    private final RowCounter counter = new RowCounter(layout);
    private final NestedRow reader = new NestedRow(layout, findings, this::put);

    Sequences(Iterator<Row> rows) {
      super(rows);
    }

    /** A row behind a fault is of no use. */
    @Override
    protected void accept(Row row) {
      counts.addRow();
      TablePlace place = counter.next(row);
      if (!findings.isBehindFault(place)) {
        try {
          reader.read(new Cells(row, place, layout));
        } catch (DataException e) {
          findings.addFault(place, e);
          counts.addFault();
        }
      }
    }

    @Override
    protected void end() {
      collected.add(findings);
    }
  }
}
