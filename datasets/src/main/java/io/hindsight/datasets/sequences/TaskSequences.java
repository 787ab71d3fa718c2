package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.steps.StepReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Reads sequences in a task that has all rows of each: one, or the steps of one brought together.
 * No other task is needed, so a fault is thrown where it is found, and it works on a stream.
 */
public final class TaskSequences {
  private final RowLayout layout;
  private final RowCounter counter;
  private final NestedRow nested;
  private final PieceReader reader;
  private final List<RawSequence> ended = new ArrayList<>();

  /** For the rows of one partition, as the layout has them. */
  public TaskSequences(RowLayout layout) {
    this.layout = layout;
    counter = new RowCounter(layout);
    reader = new PieceReader(id -> layout::source);
    nested = layout.nested() ? new NestedRow(layout, findings(), this::accept) : null;
  }

  private RowFindings findings() {
    return new RowFindings(layout.inputs().size() + layout.numbers().size());
  }

  private void accept(byte[] piece) {
    reader.accept(piece).ifPresent(read -> ended.add(read.sequence()));
  }

  private RawSequence taken() {
    RawSequence sequence = ended.get(0);
    ended.clear();
    return sequence;
  }

  /**
   * The sequence that a row is, of a layout that is nested.
   *
   * @throws DataException if a cell is not what it must be
   */
  public RawSequence of(Row row) {
    nested.read(new Cells(row, counter.next(row), layout));
    return taken();
  }

  /**
   * The sequence that rows are the steps of, of a layout that is not nested.
   *
   * @param rows all of one id, in any order, at least one
   * @throws DataException if a cell is not what it must be, or two rows are of one time
   */
  public RawSequence of(List<Row> rows) {
    Collected<RowFindings> faults = Collected.here(this::findings);
    Collected<SequenceFindings> together = Collected.here(SequenceFindings::new);
    ReadCounts counts = ReadCounts.here();
    List<Row> steps = new ArrayList<>();
    new StepReader(layout, faults, counts).call(rows.iterator()).forEachRemaining(steps::add);
    faults.value().requireNone(layout);
    steps.sort(SequenceRows.BY_ID_AND_TIME);
    Iterator<byte[]> pieces = new SequenceReader(layout, together, counts).call(steps.iterator());
    pieces.forEachRemaining(this::accept);
    together.value().requireNone(layout);
    return taken();
  }
}
