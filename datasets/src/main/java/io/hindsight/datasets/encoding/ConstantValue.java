package io.hindsight.datasets.encoding;

import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.sums.Mergeable;
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
  /** The value of a column, if it is constant. */
  static Optional<ConstantValue> of(ColumnStatistics statistics, Bounds bounds) {
    double value = bounds.origin + (bounds.a + bounds.b) / 2;
    return bounds.a <= bounds.b
        ? Optional.of(new ConstantValue(value, statistics.largestError()))
        : Optional.empty();
  }

  /** Whether another column's value is this one, as far as can be told. */
  public boolean isNear(double other) {
    double relative = 1e-6; // of two estimates from different rows
    return Math.abs(value - other) <= 2 * error + relative * Math.abs(other);
  }

  /** a and b, relative to a number near them. */
  static final class Bounds implements Mergeable<Bounds> {
    private static final long serialVersionUID = 1L;

    private final Transform transform;
    private final Rounding rounding;
    private final double origin; // near it, differences lose no digits
    private final boolean isOpen;
    private double a = Double.NEGATIVE_INFINITY;
    private double b = Double.POSITIVE_INFINITY;

    /**
     * As if each sequence had the largest e. So a is this or more, and b this or less; which is
     * enough to know if no number lies between them, or if all sequences have that e. Else they are
     * open, and all sequences must be added.
     */
    Bounds(ColumnStatistics statistics) {
      transform = statistics.transform();
      rounding = statistics.rounding();
      origin = statistics.origin();
      add(statistics.low(), statistics.high(), statistics.largestError());
      isOpen = !(a > b) && statistics.smallestError() != statistics.largestError();
      if (isOpen) {
        a = Double.NEGATIVE_INFINITY;
        b = Double.POSITIVE_INFINITY;
      }
    }

    /** Whether sequences must be added. */
    boolean isOpen() {
      return isOpen;
    }

    /** Takes a sequence. */
    void add(Readings series, int c, int width) {
      Interval interval = Interval.of(transform, series, c, width);
      if (!interval.isEmpty()) {
        add(interval.low(), interval.high(), interval.error(rounding));
      }
    }

    private void add(double low, double high, double error) {
      a = Math.max(a, (high - origin) - error);
      b = Math.min(b, (low - origin) + error);
    }

    @Override
    public void merge(Bounds other) {
      a = Math.max(a, other.a);
      b = Math.min(b, other.b);
    }
  }
}
