package io.hindsight.datasets;

import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.grid.GridTimes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One sequence as it was read: N steps in order of time, checked, not yet encoded. */
public final class RawSequence {
  private final String id;
  private final Supplier<String> file;
  private final RawRows rows;
  private final int merged;
  private final GridTimes grid; // null where rows may lie anywhere
  private final FutureRows ahead; // behind the last step

  /**
   * A sequence.
   *
   * @param file where it was read, for errors; asked only if there is one
   */
  public RawSequence(String id, Supplier<String> file, RawRows rows) {
    this(id, file, rows, 0, null, FutureRows.NONE);
  }

  private RawSequence(
      String id,
      Supplier<String> file,
      RawRows rows,
      int merged,
      GridTimes grid,
      FutureRows ahead) {
    this.id = id;
    this.file = file;
    this.rows = rows;
    this.merged = merged;
    this.grid = grid;
    this.ahead = ahead;
  }

  /** The same sequence under another id. */
  public RawSequence withId(String other) {
    return new RawSequence(other, file, rows, merged, grid, ahead);
  }

  /** The same sequence where nobody asks for the file, whose lookup may read the table again. */
  public RawSequence withoutFile() {
    return new RawSequence(id, () -> "", rows, merged, grid, ahead);
  }

  /** The same sequence with other rows as its steps. */
  public RawSequence withRows(RawRows steps) {
    return new RawSequence(id, file, steps, merged, grid, ahead);
  }

  /** The same sequence, in which so many rows were merged with others of the same time. */
  public RawSequence withMerged(int others) {
    return new RawSequence(id, file, rows, others, grid, ahead);
  }

  /** The same sequence, whose rows lie on a grid. */
  public RawSequence onGrid(GridTimes where) {
    return new RawSequence(id, file, rows, merged, where, ahead);
  }

  /** The same sequence with other rows behind its last step. */
  public RawSequence withAhead(FutureRows behind) {
    return new RawSequence(id, file, rows, merged, grid, behind);
  }

  /** The rows behind the last step of which only columns known ahead have values. */
  public FutureRows ahead() {
    return ahead;
  }

  /** Rows that were merged with others of the same time. */
  public int merged() {
    return merged;
  }

  /** Whether the table has a row, which else was put in where a step was missing. */
  public boolean has(int row) {
    return grid == null || !grid.isInserted(row);
  }

  /** Where the rows lie on the grid that they must lie on; absent if they may lie anywhere. */
  public Optional<GridTimes> grid() {
    return Optional.ofNullable(grid);
  }

  /** The id of the sequence. */
  public String id() {
    return id;
  }

  /** N. */
  public int length() {
    return rows.count();
  }

  /** The time of each step as text; empty if there is no ordering column. */
  public List<String> times() {
    return rows.times();
  }

  /** The cells that are handed on, row by row as texts; one text where one row holds all. */
  public List<String> kept() {
    return rows.kept();
  }

  /** Whether there are inputs, and targets where targets were asked for. */
  public boolean hasValues() {
    return inputs() != null;
  }

  /** // (N, I); null where there are no values. */
  public RowNumbers inputs() {
    return rows.inputs();
  }

  /** // (N, O); null where there are no numeric targets. */
  public RowNumbers numbers() {
    return rows.numbers();
  }

  /** The label at each step; null where there are none. */
  public List<String> labels() {
    return rows.labels();
  }

  /** What is read beside the inputs. */
  public RawSide side() {
    return rows.side();
  }

  /** The file that holds it, as it is looked up. */
  public Supplier<String> fileLookup() {
    return file;
  }

  /** Where the sequence was read. */
  public String place() {
    return file() + ", " + name();
  }

  /** Where the value of a column at a step was read. */
  public String place(int row, String column) {
    return file() + ", " + name(row, column);
  }

  /** The file that holds it, for errors. */
  public String file() {
    return file.get();
  }

  /** The sequence, for people. */
  public String name() {
    return "sequence '%s'".formatted(id);
  }

  /** The value of a column at a step, for people. */
  public String name(int row, String column) {
    String step = times().isEmpty() ? "step " + row : "time " + times().get(row);
    return "%s, %s, column %s".formatted(name(), step, column);
  }
}
