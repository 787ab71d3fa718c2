package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.DataSpec.Scale;
import java.util.List;
import java.util.Optional;

/** Fits shift and divisor of one column to the training part. */
final class ColumnFit {
  /**
   * Exponent of a power of two beyond all counts: so many numbers of any size have a finite sum.
   */
  private static final int MANY = 64;

  /** A spread this much smaller than the values drowns in the rounding of their plain sum. */
  private static final double NARROW = 0x1p-20;

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
    return column.scale() == Scale.MINMAX ? with(range[0], spread) : standardized(range[0], spread);
  }

  private Scaling.Column standardized(double low, double spread) {
    double mean = mean(spread < NARROW * Math.abs(low) ? low : 0);
    int exponent = Math.getExponent(spread);
    double deviation = StrictMath.sqrt(meanSquare(mean, exponent));
    return with(mean, Math.max(Double.MIN_VALUE, Math.scalb(deviation, exponent)));
  }

  private double mean(double origin) {
    double mean = origin + sum(origin, 0) / count();
    return Double.isFinite(mean) ? mean : origin + Math.scalb(sum(origin, -MANY) / count(), MANY);
  }

  /** The sum of values less an origin, times 2^exponent. */
  private double sum(double origin, int exponent) {
    double sum = 0;
    for (Readings readings : series) {
      double[] values = readings.values();
      for (int i = c; i < values.length; i += width) {
        sum += Math.scalb(values[i] - origin, exponent);
      }
    }
    return sum;
  }

  /**
   * The mean square of (v − mean) / 2^exponent, which neither over- nor underflows where 2^exponent
   * is of the order of the spread; a power of two changes no digit.
   */
  private double meanSquare(double mean, int exponent) {
    double sum = 0;
    for (Readings readings : series) {
      double[] values = readings.values();
      for (int i = c; i < values.length; i += width) {
        double deviation = Math.scalb(values[i] - mean, -exponent);
        sum += deviation * deviation;
      }
    }
    return sum / count();
  }

  private long count() {
    return series.stream().mapToLong(readings -> readings.values().length / width).sum();
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
