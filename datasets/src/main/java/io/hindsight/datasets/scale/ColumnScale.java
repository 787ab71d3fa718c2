package io.hindsight.datasets.scale;

import io.hindsight.datasets.encoding.Scaling;
import io.hindsight.datasets.quantile.Quartiles;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The scale of a column by some of its values. If they do not change, it is divided by their level,
 * or by 1 where that is 0, so that nothing is divided by 0.
 */
final class ColumnScale {
  /** A spread that is smaller, as a share of the largest number, is rounding. */
  private static final double ROUNDING = 0x1p-40;

  private static final double NORMAL = 1.349; // interquartile range, in standard deviations

  private final Function<double[], Averages> averages;

  /** By means and deviations of a kind. */
  ColumnScale(Function<double[], Averages> averages) {
    this.averages = averages;
  }

  /**
   * The column fitted to values.
   *
   * @param present those that are not missing; of none the scale is shift 0 and divisor 1
   */
  Scaling.Column fit(Scaling.Column column, double[] present) {
    if (present.length == 0) {
      return column.with(0, 1);
    }
    double low = Arrays.stream(present).min().orElseThrow();
    double high = Arrays.stream(present).max().orElseThrow();
    double level = Math.max(Math.abs(low), Math.abs(high));
    return switch (column.scale()) {
      case MINMAX -> column.with(low, orLevel(high - low, level));
      case ROBUST -> robust(column, present, level);
      case MEAN -> column.with(0, 1 + meanMagnitude(present));
      default -> standardized(column, averages.apply(present), level);
    };
  }

  private static Scaling.Column standardized(Scaling.Column column, Averages of, double level) {
    return column.with(of.mean(), orLevel(of.deviation(), level));
  }

  private double meanMagnitude(double[] present) {
    return averages.apply(Arrays.stream(present).map(Math::abs).toArray()).mean();
  }

  private Scaling.Column robust(Scaling.Column column, double[] present, double level) {
    Quartiles found = Quartiles.of(present);
    double spread = (found.upper() - found.lower()) / NORMAL;
    return column.with(
        found.median(),
        spread > ROUNDING * Math.abs(found.median())
            ? spread
            : orLevel(averages.apply(present).deviation(), level));
  }

  private static double orLevel(double spread, double level) {
    return spread > ROUNDING * level ? spread : level > 0 ? level : 1;
  }
}
