package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec.Scale;
import io.hindsight.datasets.sums.LargeMoments;
import io.hindsight.datasets.sums.Moments;
import java.util.List;
import java.util.Optional;

/** Fits shift and divisor of one column to the training part. */
final class ColumnFit {
  private final Scaling.Column column;
  private final List<Readings> series;
  private final int c;
  private final int width;

  /**
   * For column {@code c}.
   *
   * @param column not fitted yet
   * @param series the sequences in a fixed order, at least one, each with values
   * @param width C: columns of a row
   */
  ColumnFit(Scaling.Column column, List<Readings> series, int c, int width) {
    this.column = column;
    this.series = series;
    this.c = c;
    this.width = width;
  }

  /**
   * The column with shift and divisor, which is 0 if it is constant.
   *
   * @throws DataException if its spread is beyond a double
   */
  Scaling.Column fit() {
    if (column.scale() == Scale.NONE) {
      return column;
    }
    Optional<ConstantValue> constant = ConstantValue.of(column, series, c, width);
    if (constant.isPresent()) {
      return with(constant.get().value(), 0);
    }
    double[] range = range();
    double spread = range[1] - range[0];
    requireFinite(spread);
    return column.scale() == Scale.MINMAX ? with(range[0], spread) : standardized();
  }

  private Scaling.Column standardized() {
    LargeMoments sums = new LargeMoments();
    series.forEach(readings -> sums.add(readings.values(), c, width));
    Moments moments = sums.moments();
    return with(moments.mean(), Math.max(Double.MIN_VALUE, moments.deviation()));
  }

  private double[] range() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Readings readings : series) {
      double[] values = readings.values();
      for (int i = c; i < values.length; i += width) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    return new double[] {low, high};
  }

  private Scaling.Column with(double shift, double divisor) {
    return new Scaling.Column(column.name(), column.scale(), shift, divisor);
  }

  private void requireFinite(double spread) {
    if (!Double.isFinite(spread)) {
      throw new DataException(
          "the spread of a column must be a finite number",
          Double.toString(spread),
          "training part, column " + column.name(),
          "use smaller units or data.scale: log");
    }
  }
}
