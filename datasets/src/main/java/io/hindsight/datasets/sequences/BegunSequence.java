package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.rows.steps.SameTime;
import io.hindsight.datasets.rows.steps.StepReader;
import io.hindsight.datasets.rows.steps.StepValues;
import io.hindsight.datasets.sequences.pieces.PieceWriter;
import org.apache.spark.sql.Row;

/** A sequence some rows of which were read, in order of time: writes a step for each time. */
final class BegunSequence {
  private final String id;
  private final RowLayout layout;
  private final SequenceFindings findings;
  private final PieceWriter writer;
  private final SameTime same;
  private TimeKey key; // of the row before; null before the first
  private int merged;
  private boolean someEmpty;
  private boolean someFull;
  private boolean isBehindAhead; // whether the row before had only what is known ahead

  /**
   * Begins a sequence.
   *
   * @param findings are told what is wrong with it
   * @param writer of no sequence that has begun
   */
  BegunSequence(String id, RowLayout layout, SequenceFindings findings, PieceWriter writer) {
    this.id = id;
    this.layout = layout;
    this.findings = findings;
    this.writer = writer;
    same = new SameTime(layout);
    writer.begin(id, null, null);
  }

  String id() {
    return id;
  }

  /** Takes the next row. */
  void accept(Row row) {
    TimeKey next = StepReader.key(row);
    String time = StepReader.time(row, layout.time());
    if (next.equals(key)) {
      acceptTwice(time);
    }
    if (layout.duplicates() == Duplicates.ERROR || !next.equals(key)) {
      write();
    }
    key = next;
    same.add(time, StepReader.values(row));
  }

  private void acceptTwice(String time) {
    if (layout.duplicates() == Duplicates.ERROR) {
      findings.addTwice(id, key, same.time());
      findings.addTwice(id, key, time);
    } else {
      merged++;
    }
  }

  /** Writes the one step of the rows of one time. */
  private void write() {
    if (same.isEmpty()) {
      return;
    }
    String time = same.time();
    byte[] values = values();
    boolean isFull = StepValues.areThere(values);
    boolean isAhead = StepValues.areAhead(values);
    someFull |= isFull;
    someEmpty |= !isFull || (isBehindAhead && !isAhead && !layout.mayLackAllElse());
    isBehindAhead = isAhead;
    writer.step(time, values);
    same.clear();
  }

  private byte[] values() {
    try {
      return same.values(id);
    } catch (DataException e) {
      findings.addFault(id, e);
      return same.first();
    }
  }

  /**
   * Writes what is left.
   *
   * @return the writer, which has ended the sequence
   */
  PieceWriter end() {
    write();
    writer.end(merged);
    if (someEmpty && someFull) {
      findings.addMissing(id);
    }
    return writer;
  }
}
