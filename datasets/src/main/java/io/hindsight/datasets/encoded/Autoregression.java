package io.hindsight.datasets.encoded;

import io.hindsight.datasets.time.Timeline;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * A linear autoregression that predicts h steps ahead directly: ŷ_{t+h} = c + Σ_{i&lt;p} φ_i
 * y_{t−i}, fitted per target column by ordinary least squares.
 *
 * <p>Lags are steps of time where steps are: it is fitted to histories without gaps, and in a
 * forecast the value before a gap stands for those that are missing.
 */
final class Autoregression implements ForecastBaselines.Method {
  /** Numbers that a fit holds at once; of more rows every second, third … is fitted to. */
  private static final long LARGEST_FIT = 1L << 22;

  private final int order; // p
  private final double[][] coefficients; // (O, 1 + p): c, then φ

  private Autoregression(int order, double[][] coefficients) {
    this.order = order;
    this.coefficients = coefficients;
  }

  /**
   * Fits to the scored steps of sequences.
   *
   * @param wanted p; halved until at least twice as many steps as coefficients are fitted to
   * @return absent if even p = 1 has too few steps, or the values do not determine it
   */
  static Optional<Autoregression> fit(Forecast truth, WindowBlocks training, int wanted) {
    for (int order = wanted; order >= 1; order /= 2) {
      if (kept(rows(truth, training, order), order) >= 2L * (order + 1)) {
        return fitOrder(truth, training, order);
      }
    }
    return Optional.empty();
  }

  @Override
  public double predict(double[] series, Timeline line, int present, int output) {
    int outputs = coefficients.length;
    if (line.newestBefore(present, order - 1) < 0) {
      return series[present * outputs + output];
    }
    double predicted = coefficients[output][0];
    for (int i = 0; i < order; i++) {
      double value = series[line.newestBefore(present, i) * outputs + output];
      predicted += coefficients[output][1 + i] * value;
    }
    return predicted;
  }

  private static Optional<Autoregression> fitOrder(
      Forecast truth, WindowBlocks training, int order) {
    double[][] coefficients = new double[truth.outputs()][];
    for (int output = 0; output < coefficients.length; output++) {
      try {
        coefficients[output] = fitColumn(truth, training, order, output);
      } catch (SingularMatrixException e) {
        return Optional.empty();
      }
    }
    return Optional.of(new Autoregression(order, coefficients));
  }

  private static double[] fitColumn(Forecast truth, WindowBlocks training, int order, int output) {
    long every = every(rows(truth, training, order), order);
    long row = 0;
    List<double[]> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Window whole : training) {
      Sequence sequence = whole.sequence();
      double[] series = truth.series(sequence);
      for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
        int present = truth.present(t);
        if (isFitted(truth, sequence, t, order) && row++ % every == 0) {
          x.add(lags(series, present, output, truth.outputs(), order));
          y.add(truth.actual(sequence, t, output));
        }
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(
        y.stream().mapToDouble(Double::doubleValue).toArray(), x.toArray(double[][]::new));
    return regression.estimateRegressionParameters();
  }

  /** Rows that are left of {@code rows} once only every second, third … is fitted to. */
  private static long kept(int rows, int order) {
    long every = every(rows, order);
    return (rows + every - 1) / every;
  }

  private static long every(int rows, int order) {
    return 1 + (long) rows * order / LARGEST_FIT;
  }

  private static int rows(Forecast truth, WindowBlocks training, int order) {
    int rows = 0;
    for (Window whole : training) {
      Sequence sequence = whole.sequence();
      for (int t = sequence.firstTarget(); t < sequence.length(); t++) {
        rows += isFitted(truth, sequence, t, order) ? 1 : 0;
      }
    }
    return rows;
  }

  /** Whether a step has a target, and the p values up to its present are a step apart each. */
  private static boolean isFitted(Forecast truth, Sequence sequence, int t, int order) {
    int present = truth.present(t);
    return sequence.isScored(t) && truth.line(sequence).isRun(present - order + 1, present);
  }

  /** y_t, y_{t−1}, … y_{t−p+1} of one column // (p). */
  private static double[] lags(double[] series, int present, int output, int outputs, int order) {
    double[] lags = new double[order];
    Arrays.setAll(lags, i -> series[(present - i) * outputs + output]);
    return lags;
  }
}
