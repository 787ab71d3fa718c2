package io.hindsight.datasets;

import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.grid.GridTimes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One sequence as it was read: N steps in order of time, checked, not yet encoded. */
public final class RawSequence {
  private final String id;
  private final Supplier<String> file;
  private final List<String> times; // (N), or empty
  private final double[] inputs; // (N, I), or null
  private final double[] numbers; // (N, O), or null
  private final List<String> labels; // (N), or null
  private final int length;
  private final List<String> kept; // (N), or one of the whole sequence, or empty
  private final RawSide side;
  private final int merged;
  private final GridTimes grid; // null where rows may lie anywhere
  private final FutureRows ahead; // behind the last step

  /**
   * A sequence.
   *
   * @param file where it was read, for errors; asked only if there is one
   * @param times text of each step's time; empty if there is no ordering column
   * @param inputs null if the inputs or the targets of all steps are missing
   * @param numbers numeric targets, or null
   * @param labels class labels, or null
   * @param length N; may be 0
   */
  public RawSequence(
      String id,
      Supplier<String> file,
      List<String> times,
      double[] inputs,
      double[] numbers,
      List<String> labels,
      int length) {
    this(id, file, times, inputs, numbers, labels, length, List.of(), RawSide.NONE);
  }

  /**
   * A sequence that has more, or some cells of whose rows are handed on.
   *
   * @param kept a text of each row, in order of time, or of the one row that holds the sequence
   * @param side what is read beside the inputs
   */
  public RawSequence(
      String id,
      Supplier<String> file,
      List<String> times,
      double[] inputs,
      double[] numbers,
      List<String> labels,
      int length,
      List<String> kept,
      RawSide side) {
    this.id = id;
    this.file = file;
    this.times = times;
    this.inputs = inputs;
    this.numbers = numbers;
    this.labels = labels;
    this.length = length;
    this.kept = kept;
    this.side = side;
    this.merged = 0;
    this.grid = null;
    this.ahead = FutureRows.NONE;
  }

  private RawSequence(RawSequence of, String id, int merged, GridTimes grid, FutureRows ahead) {
    this(of, of.file, id, merged, grid, ahead);
  }

  private RawSequence(
      RawSequence of,
      Supplier<String> file,
      String id,
      int merged,
      GridTimes grid,
      FutureRows ahead) {
    this.id = id;
    this.file = file;
    this.times = of.times;
    this.inputs = of.inputs;
    this.numbers = of.numbers;
    this.labels = of.labels;
    this.length = of.length;
    this.kept = of.kept;
    this.side = of.side;
    this.merged = merged;
    this.grid = grid;
    this.ahead = ahead;
  }

  /** The same sequence under another id. */
  public RawSequence withId(String other) {
    return new RawSequence(this, other, merged, grid, ahead);
  }

  /** The same sequence where nobody asks for the file, whose lookup may read the table again. */
  public RawSequence withoutFile() {
    return new RawSequence(this, () -> "", id, merged, grid, ahead);
  }

  /** The same sequence, in which so many rows were merged with others of the same time. */
  public RawSequence withMerged(int rows) {
    return rows == merged ? this : new RawSequence(this, id, rows, grid, ahead);
  }

  /** The same sequence, whose rows lie on a grid. */
  public RawSequence onGrid(GridTimes where) {
    return new RawSequence(this, id, merged, where, ahead);
  }

  /** The same sequence with other rows behind its last step. */
  public RawSequence withAhead(FutureRows rows) {
    return new RawSequence(this, id, merged, grid, rows);
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
    return length;
  }

  /** The time of each step as text; empty if there is no ordering column. */
  public List<String> times() {
    return times;
  }

  /** The cells that are handed on, row by row as texts; one text where one row holds all. */
  public List<String> kept() {
    return kept;
  }

  /** Whether there are inputs, and targets where targets were asked for. */
  public boolean hasValues() {
    return inputs != null;
  }

  /** // (N, I); null where there are no values. */
  public double[] inputs() {
    return inputs;
  }

  /** // (N, O); null where there are no numeric targets. */
  public double[] numbers() {
    return numbers;
  }

  /** The label at each step; null where there are none. */
  public List<String> labels() {
    return labels;
  }

  /** What is read beside the inputs. */
  public RawSide side() {
    return side;
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
    String step = times.isEmpty() ? "step " + row : "time " + times.get(row);
    return "%s, %s, column %s".formatted(name(), step, column);
  }
}
