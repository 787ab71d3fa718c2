package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.quantile.Quartiles;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.sums.Moments;
import java.util.Optional;

/**
 * Fits shift and divisor of one column to the training part.
 *
 * @param column not fitted yet
 * @param statistics of its training part
 * @param bounds between which it may be constant
 * @param quartiles of its training part; absent unless it is scaled by them
 */
record ColumnFit(
    Scaling.Column column,
    ColumnStatistics statistics,
    ConstantValue.Bounds bounds,
    Optional<Quartiles> quartiles) {
  /** The interquartile range of a normal distribution, in standard deviations. */
  private static final double NORMAL = 1.349;

  /**
   * The column with shift and divisor, which is 0 if it is constant.
   *
   * @throws DataException if it has no value, or its spread is beyond a double
   */
  Scaling.Column fit() {
    if (statistics.isEmpty()) {
      throw new DataException(
          "a column must have a value in the training part, or two in a row where changes are read",
          "none",
          "training part, column " + column.name(),
          "leave the column out, or bring more data");
    }
    if (column.scale() == Scale.COUNT) {
      double mean = statistics.moments().mean();
      return column.with(0, mean > 0 ? mean : 1);
    }
    Optional<ConstantValue> constant = ConstantValue.of(statistics, bounds);
    if (constant.isPresent()) {
      return column.with(constant.get().value(), 0);
    }
    double spread = statistics.high() - statistics.low();
    requireFinite(spread);
    return switch (column.scale()) {
      case MINMAX -> column.with(statistics.low(), spread);
      case ROBUST -> robust(quartiles.orElseThrow());
      case MEAN -> throw new IllegalStateException("only single sequences are scaled by the mean");
      default -> standardized();
    };
  }

  /** By the standard deviation where the quartiles are equal, as in a column that is mostly 0. */
  private Scaling.Column robust(Quartiles found) {
    double divisor = (found.upper() - found.lower()) / NORMAL;
    return column.with(found.median(), divisor > 0 ? divisor : standardized().divisor());
  }

  private Scaling.Column standardized() {
    Moments moments = statistics.moments();
    return column.with(moments.mean(), Math.max(Double.MIN_VALUE, moments.deviation()));
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
