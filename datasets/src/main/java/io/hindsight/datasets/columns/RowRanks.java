package io.hindsight.datasets.columns;

import java.util.Arrays;

/** Which part each row of a sequence belongs to, where a column of its table tells. */
public final class RowRanks {
  /** No column tells. */
  public static final RowRanks NONE = new RowRanks(new byte[0]);

  private final byte[] values; // (N), or none

  /**
   * Of the rows of a sequence.
   *
   * @param values 0 for the training part, 1 for validation, 2 for the test part, not copied; none
   *     if no column tells // (N)
   */
  public RowRanks(byte[] values) {
    this.values = values;
  }

  /** That of a row. */
  public int of(int row) {
    return values[row];
  }

  /** The first row of a part or a later one; N if there is none. */
  public int first(int rank) {
    int row = 0;
    while (row < values.length && values[row] < rank) {
      row++;
    }
    return row;
  }

  /** The first row of an earlier part than the row before it; N if there is none. */
  public int firstBack() {
    int row = 1;
    while (row < values.length && values[row] >= values[row - 1]) {
      row++;
    }
    return Math.min(row, values.length);
  }

  /** Those of the first rows. */
  RowRanks upTo(int rows) {
    return values.length <= rows ? this : new RowRanks(Arrays.copyOf(values, rows));
  }

  /** Those of some rows, one after the other. */
  public RowRanks ofRows(int[] rows) {
    if (values.length == 0) {
      return NONE;
    }
    byte[] some = new byte[rows.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[rows[i]];
    }
    return new RowRanks(some);
  }
}
