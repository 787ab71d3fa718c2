package io.hindsight.datasets.sequences;

import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.StepReader;
import io.hindsight.datasets.rows.TaskIterator;
import io.hindsight.datasets.rows.TimeReader;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Reads the sequences of a table with a row per step from rows as {@link StepReader} makes them,
 * all rows of an id after each other and in order of their times; no two may have the same.
 */
final class SequenceReader implements MapPartitionsFunction<Row, byte[]> {
  private static final long serialVersionUID = 1L;

  private final RowLayout layout;
  private final Collected<SequenceFindings> collected;
  private final ReadCounts counts;

  /**
   * Reads sequences.
   *
   * @param collected where each task's findings go, after its last row
   */
  SequenceReader(RowLayout layout, Collected<SequenceFindings> collected, ReadCounts counts) {
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
    private final SequenceFindings findings = collected.none();
    private final PieceWriter writer = new PieceWriter(this::put);
    private String id; // null before the first row and after the last
    private byte[] key;
    private boolean someEmpty;
    private boolean someFull;

    Sequences(Iterator<Row> rows) {
      super(rows);
    }

    @Override
    protected void end() {
      endSequence();
      collected.add(findings);
    }

    @Override
    protected void accept(Row row) {
      String nextId = row.getString(StepReader.ID_AT);
      byte[] nextKey = row.getAs(StepReader.KEY_AT);
      if (nextId.equals(id)) {
        if (Arrays.equals(key, nextKey)) {
          findings.addTwice(id, key, text(row));
        }
      } else {
        endSequence();
        id = nextId;
        writer.begin(id, null, null);
      }
      key = nextKey;
      boolean isEmpty = !row.isNullAt(StepReader.EMPTY_AT);
      someEmpty |= isEmpty;
      someFull |= !isEmpty;
      writer.step(
          text(row),
          row.getAs(StepReader.INPUTS_AT),
          row.getAs(StepReader.NUMBERS_AT),
          row.getString(StepReader.LABEL_AT),
          layout.keeps() ? row.getString(StepReader.KEPT_AT) : null);
    }

    private String text(Row row) {
      return TimeReader.text(
          layout.time(), row.getAs(StepReader.KEY_AT), row.getString(StepReader.TIME_AT));
    }

    private void endSequence() {
      if (id == null) {
        return;
      }
      writer.end();
      counts.addSequence();
      if (someEmpty && someFull) {
        findings.addMissing(id);
      }
      id = null;
      someEmpty = false;
      someFull = false;
    }
  }
}
