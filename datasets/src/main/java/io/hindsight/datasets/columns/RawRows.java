package io.hindsight.datasets.columns;

import java.util.List;

/** The rows of one sequence as they were read: N steps in order of time, checked. */
public final class RawRows {
  private final List<String> times; // (N), or empty
  private final RowNumbers inputs; // (N, I), or null
  private final RowNumbers numbers; // (N, O), or null
  private final List<String> labels; // (N), or null
  private final int count; // N
  private final List<String> kept; // (N), or one of the whole sequence, or empty
  private final RawSide side;

  /**
   * Some rows.
   *
   * @param times text of each step's time; empty if there is no ordering column
   * @param inputs null if the inputs or the targets of all steps are missing
   * @param numbers numeric targets, or null
   * @param labels class labels, or null
   * @param count N; may be 0
   * @param kept cells that are handed on: a text of each row, in order of time, or of the one row
   *     that holds the sequence; empty if there are none
   * @param side what is read beside the inputs
   */
  public RawRows(
      List<String> times,
      RowNumbers inputs,
      RowNumbers numbers,
      List<String> labels,
      int count,
      List<String> kept,
      RawSide side) {
    this.times = times;
    this.inputs = inputs;
    this.numbers = numbers;
    this.labels = labels;
    this.count = count;
    this.kept = kept;
    this.side = side;
  }

  /** N. */
  public int count() {
    return count;
  }

  /** The time of each step as text; empty if there is no ordering column. */
  public List<String> times() {
    return times;
  }

  /** // (N, I); null where there are no values. */
  public RowNumbers inputs() {
    return inputs;
  }

  /** // (N, O); null where there are no numeric targets. */
  public RowNumbers numbers() {
    return numbers;
  }

  /** The label at each step; null where there are none. */
  public List<String> labels() {
    return labels;
  }

  /** The cells that are handed on, row by row as texts; one text where one row holds all. */
  public List<String> kept() {
    return kept;
  }

  /** What is read beside the inputs. */
  public RawSide side() {
    return side;
  }
}
