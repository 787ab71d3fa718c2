package io.hindsight.datasets.columns;

import java.util.Arrays;

/** How much the targets of a sequence's rows count. */
public final class RowWeights {
  /** All count 1. */
  public static final RowWeights NONE = new RowWeights(new double[0]);

  private final double[] values; // (N), or none

  /**
   * Of the rows of a sequence.
   *
   * @param values each finite and 0 or more, not copied; none if all count 1 // (N)
   */
  public RowWeights(double[] values) {
    this.values = values;
  }

  /** That of a row. */
  public double of(int row) {
    return values.length == 0 ? 1 : values[row];
  }

  /** Those of the first rows. */
  RowWeights first(int rows) {
    return values.length <= rows ? this : new RowWeights(Arrays.copyOf(values, rows));
  }

  /** Those of some rows, one after the other. */
  public RowWeights ofRows(int[] rows) {
    return values.length == 0
        ? NONE
        : new RowWeights(Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
  }
}
