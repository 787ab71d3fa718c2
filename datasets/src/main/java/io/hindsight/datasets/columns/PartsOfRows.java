package io.hindsight.datasets.columns;

import java.util.Arrays;

/** Which part each row of a sequence belongs to, where a column of its table tells. */
public final class PartsOfRows {
  /** No column tells. */
  public static final PartsOfRows NONE = new PartsOfRows(new byte[0]);

  private final byte[] values; // (N), or none

  /**
   * Of the rows of a sequence.
   *
   * @param values the place of each row's part among all parts, not copied; none if no column tells
   *     // (N)
   */
  public PartsOfRows(byte[] values) {
    this.values = values;
  }

  /** That of a row. */
  public Part of(int row) {
    return Part.values()[values[row]];
  }

  /** The first row of a part or a later one; N if there is none. */
  public int first(Part part) {
    int row = 0;
    while (row < values.length && values[row] < part.ordinal()) {
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

  /** The first row of another part than the row before it; N if there is none. */
  public int firstChange() {
    int row = 1;
    while (row < values.length && values[row] == values[row - 1]) {
      row++;
    }
    return Math.min(row, values.length);
  }

  /** Those of the first rows. */
  PartsOfRows upTo(int rows) {
    return values.length <= rows ? this : new PartsOfRows(Arrays.copyOf(values, rows));
  }

  /** Those of some rows, one after the other. */
  public PartsOfRows ofRows(int[] rows) {
    if (values.length == 0) {
      return NONE;
    }
    byte[] some = new byte[rows.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[rows[i]];
    }
    return new PartsOfRows(some);
  }
}
