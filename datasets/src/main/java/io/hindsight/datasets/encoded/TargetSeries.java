package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.time.Timeline;

/**
 * The target columns of a sequence as they were read.
 *
 * @param values in original units // (N, O), row-major, not copied, NaN where one is missing; null
 *     where they are no numbers
 * @param line when the N rows are
 * @param scale shifts, then divisors of a sequence that is scaled by itself // (2, O), or those of
 *     each row // (N, 2, O); null if it is scaled as its table is
 */
public record TargetSeries(RowNumbers values, Timeline line, double[] scale) {
  /** Of a sequence that is scaled as its table is. */
  public TargetSeries(RowNumbers values, Timeline line) {
    this(values, line, null);
  }

  /**
   * The scale of a column at a row.
   *
   * @param column as the table scales it
   * @param scale as above, of O columns; null if there is none
   * @param row of N that the network stands at
   */
  public static Scaling.Column scaled(
      Scaling.Column column, double[] scale, int columns, int row, int output) {
    if (scale == null) {
      return column;
    }
    int each = 2 * columns;
    int at = scale.length == each ? 0 : row * each;
    return column.with(scale[at + output], scale[at + columns + output]);
  }

  /**
   * The newest value of a column up to a row that is not missing; NaN if there is none.
   *
   * @param values (N, O)
   * @param outputs O
   */
  static double newest(RowNumbers values, int outputs, int row, int output) {
    for (int i = row * outputs + output; i >= 0; i -= outputs) {
      if (!Double.isNaN(values.get(i))) {
        return values.get(i);
      }
    }
    return Double.NaN;
  }

  /** Whether all values of rows [from, to] are there. */
  static boolean areThere(RowNumbers values, int outputs, int from, int to) {
    for (int i = from * outputs; i < (to + 1) * outputs; i++) {
      if (Double.isNaN(values.get(i))) {
        return false;
      }
    }
    return true;
  }
}
