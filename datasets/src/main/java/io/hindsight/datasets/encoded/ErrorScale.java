package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.time.Timeline;

/**
 * What the errors of a sequence are divided by to be comparable with those of others: the mean
 * absolute difference of its training values one season apart, or of all its values where training
 * saw none of them (R. Hyndman and A. Koehler, "Another look at measures of forecast accuracy",
 * International Journal of Forecasting 22, 2006), and the mean squared one.
 */
public final class ErrorScale {
  private final double[] absolute; // (O); NaN where nothing changes or no two values are a season
  private final double[] squared; // (O)

  private ErrorScale(int outputs) {
    absolute = new double[outputs];
    squared = new double[outputs];
  }

  /**
   * The scale of a sequence.
   *
   * @param series (N, O): its target columns in original units
   * @param line when the N rows are
   * @param rows that are looked at, the first of them: the training part, if it has one
   * @param season steps, by time where it is known; 1 without a season
   */
  static ErrorScale of(RowNumbers series, int outputs, Timeline line, int rows, int season) {
    ErrorScale scale = new ErrorScale(outputs);
    for (int o = 0; o < outputs; o++) {
      scale.fit(series, o, line, rows, season);
    }
    return scale;
  }

  private void fit(RowNumbers series, int o, Timeline line, int rows, int season) {
    int outputs = absolute.length;
    long count = 0;
    for (int row = 0; row < rows; row++) {
      int before = line.before(row, season);
      double change =
          before < 0
              ? Double.NaN
              : series.get(row * outputs + o) - series.get(before * outputs + o);
      if (Double.isFinite(change)) {
        absolute[o] += Math.abs(change);
        squared[o] += change * change;
        count++;
      }
    }
    boolean known = absolute[o] > 0;
    absolute[o] = known ? absolute[o] / count : Double.NaN;
    squared[o] = known ? squared[o] / count : Double.NaN;
  }

  /** Mean absolute difference of a target column; NaN where there is none, or it is 0. */
  public double absolute(int output) {
    return absolute[output];
  }

  /** Mean squared difference, as {@link #absolute}. */
  public double squared(int output) {
    return squared[output];
  }
}
