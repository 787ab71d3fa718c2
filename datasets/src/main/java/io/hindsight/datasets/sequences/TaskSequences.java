package io.hindsight.datasets.sequences;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.progress.ReadCounts;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.Collected;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowFindings;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.rows.TimeKey;
import io.hindsight.datasets.rows.steps.StepReader;
import io.hindsight.datasets.rows.steps.StepValues;
import io.hindsight.datasets.sequences.pieces.PieceReader;
import java.util.ArrayList;
import java.util.Comparator;
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
    return ofSteps(steps(rows));
  }

  /**
   * A row that is a step.
   *
   * @param row as it was given
   * @param read as {@link StepReader} made it
   */
  public record Step(Row row, Row read) {
    /** Where its time stands among others of its sequence. */
    public TimeKey key() {
      return StepReader.key(read);
    }

    /** Whether there are inputs, and targets where targets were asked for. */
    public boolean hasValues() {
      return StepValues.areThere(StepReader.values(read));
    }
  }

  /**
   * Reads rows that are steps of one sequence, of a layout that is not nested.
   *
   * @return the steps in order of time
   * @throws DataException if a cell is not what it must be
   */
  public List<Step> steps(List<Row> rows) {
    Collected<RowFindings> faults = Collected.here(this::findings);
    Iterator<Row> read =
        new StepReader(layout, faults, ReadCounts.here()).call(List.copyOf(rows).iterator());
    List<Row> made = new ArrayList<>();
    read.forEachRemaining(made::add);
    faults.value().requireNone(layout); // so that each row has become one
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      steps.add(new Step(rows.get(i), made.get(i)));
    }
    steps.sort(Comparator.comparing(Step::read, SequenceRows.BY_ID_AND_TIME));
    return steps;
  }

  /**
   * The sequence of steps that {@link #steps} has read, or of some of them in their order.
   *
   * @throws DataException if two are of one time
   */
  public RawSequence ofSteps(List<Step> steps) {
    Collected<SequenceFindings> together = Collected.here(SequenceFindings::new);
    Iterator<Row> read = steps.stream().map(Step::read).iterator();
    new SequenceReader(layout, together, ReadCounts.here())
        .call(read)
        .forEachRemaining(this::accept);
    together.value().requireNone(layout);
    return taken();
  }
}
