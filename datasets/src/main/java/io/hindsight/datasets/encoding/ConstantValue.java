package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataSpec.Scale;
import java.util.List;
import java.util.Optional;

/**
 * What a column holds if it never changes by more than its values are rounded.
 *
 * <p>A level x is known to ε(x), see {@link Rounding}; its logarithm to ε(x)/x + ulp(ln x), of
 * which the second is that of the logarithm itself; the difference d of two of them to the sum of
 * both and ulp(d)/2. With e_s the largest of these in sequence s, a value v of s stands for a
 * number in [v − e_s, v + e_s]. The column is constant if one number lies in all these intervals:
 *
 * <pre>  a = max_s (max v − e_s)  ≤  b = min_s (min v + e_s)</pre>
 *
 * and the constant is (a + b) / 2. As each sequence has its own e_s, large numbers in one do not
 * hide small changes in another.
 *
 * @param value the constant, of the transformed values or their differences
 * @param error the largest e_s
 */
public record ConstantValue(double value, double error) {
  /**
   * The value of column {@code c}, if it is constant.
   *
   * @param series the sequences, at least one, each with values
   * @param width C: columns of a row
   */
  public static Optional<ConstantValue> of(
      Scaling.Column column, List<Readings> series, int c, int width) {
    Rounding rounding = Rounding.of(series, c, width);
    List<Interval> intervals =
        series.stream().map(s -> Interval.of(column, rounding, s, c, width)).toList();
    double origin = narrowest(intervals).low(); // near it, differences lose no digits
    double a = Double.NEGATIVE_INFINITY;
    double b = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (Interval interval : intervals) {
      a = Math.max(a, (interval.high() - origin) - interval.error());
      b = Math.min(b, (interval.low() - origin) + interval.error());
      largest = Math.max(largest, interval.error());
    }
    return a <= b
        ? Optional.of(new ConstantValue(origin + (a + b) / 2, largest))
        : Optional.empty();
  }

  /** Whether another column's value is this one, as far as can be told. */
  public boolean isNear(double other) {
    double relative = 1e-6; // of two estimates from different rows
    return Math.abs(value - other) <= 2 * error + relative * Math.abs(other);
  }

  private static Interval narrowest(List<Interval> intervals) {
    Interval narrowest = intervals.get(0);
    for (Interval interval : intervals) {
      narrowest = interval.error() < narrowest.error() ? interval : narrowest;
    }
    return narrowest;
  }

  /**
   * The values of one sequence.
   *
   * @param low the smallest
   * @param high the largest
   * @param error e: how far each may be off
   */
  private record Interval(double low, double high, double error) {
    static Interval of(
        Scaling.Column column, Rounding rounding, Readings series, int c, int width) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = c; i < series.values().length; i += width) {
        low = Math.min(low, series.values()[i]);
        high = Math.max(high, series.values()[i]);
      }
      double level = levelError(column, rounding, series, c, width);
      double own = Math.ulp(Math.max(Math.abs(low), Math.abs(high))) / 2;
      return new Interval(low, high, series.differences() ? 2 * level + own : level);
    }

    private static double levelError(
        Scaling.Column column, Rounding rounding, Readings series, int c, int width) {
      double largest = 0;
      for (int i = c; i < series.rows() * width; i += width) {
        double level = series.levels()[i];
        double error = rounding.error(level);
        largest =
            Math.max(
                largest,
                column.scale() == Scale.LOG
                    ? error / level + Math.ulp(StrictMath.log(level))
                    : error);
      }
      return largest;
    }
  }
}
