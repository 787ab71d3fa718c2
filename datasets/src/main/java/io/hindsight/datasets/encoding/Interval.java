package io.hindsight.datasets.encoding;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.spec.Transform;

/**
 * The values that a column has in one sequence, and how far each may be off: by each rounding, as
 * only all sequences together tell that of the column.
 */
final class Interval {
  private final double low;
  private final double high;
  private final double[] errors; // e, by rounding

  private Interval(double low, double high, double[] errors) {
    this.low = low;
    this.high = high;
    this.errors = errors;
  }

  /**
   * Of a sequence with values, of which those that are missing do not count.
   *
   * @param width C: columns of a row
   */
  static Interval of(Transform transform, Readings series, int c, int width) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double[] values = series.values();
    for (int i = c; i < series.count(); i += width) {
      if (!Double.isNaN(values[i])) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    double[] errors =
        transform.equals(Transform.NONE)
            ? ofLevels(series, c, width)
            : ofTransformed(transform, series, c, width);
    if (series.differences()) {
      double own = Math.ulp(Math.max(Math.abs(low), Math.abs(high))) / 2;
      for (int r = 0; r < errors.length; r++) {
        errors[r] = 2 * errors[r] + own;
      }
    }
    return new Interval(low, high, errors);
  }

  /** Those of the largest level, with which they grow. */
  private static double[] ofLevels(Readings series, int c, int width) {
    double largest = 0;
    RowNumbers levels = series.levels();
    for (int i = c; i < series.rows() * width; i += width) {
      double level = levels.get(i);
      if (!Double.isNaN(level)) {
        largest = Math.max(largest, Math.abs(level));
      }
    }
    double[] errors = new double[Rounding.ALL.size()];
    for (Rounding rounding : Rounding.ALL) {
      errors[rounding.ordinal()] = rounding.error(largest);
    }
    return errors;
  }

  private static double[] ofTransformed(Transform transform, Readings series, int c, int width) {
    double[] errors = new double[Rounding.ALL.size()];
    for (int i = c; i < series.rows() * width; i += width) {
      double level = series.levels().get(i);
      if (Double.isNaN(level)) {
        continue;
      }
      for (Rounding rounding : Rounding.ALL) {
        int r = rounding.ordinal();
        errors[r] = Math.max(errors[r], transform.error(level, rounding.error(level)));
      }
    }
    return errors;
  }

  /** Whether all values are missing. */
  boolean isEmpty() {
    return low > high;
  }

  /** The smallest value. */
  double low() {
    return low;
  }

  /** The largest value. */
  double high() {
    return high;
  }

  /** e: how far each value may be off. */
  double error(Rounding rounding) {
    return errors[rounding.ordinal()];
  }
}
