package io.hindsight.datasets.encoded;

import io.hindsight.datasets.time.Timeline;
import java.io.Serializable;
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
 * forecast the value before a gap, or before a missing one, stands for those that are missing.
 */
final class Autoregression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int order; // p
  private final double[][] coefficients; // (O, 1 + p): c, then φ

  private Autoregression(int order, double[][] coefficients) {
    this.order = order;
    this.coefficients = coefficients;
  }

  /**
   * Fits to steps, whose order decides the last digits.
   *
   * @return absent if they are too few, or the values do not determine it
   */
  static Optional<Autoregression> fit(List<LagSample.Row> rows, int order, int outputs) {
    if (rows.size() <= order + 1) {
      return Optional.empty();
    }
    double[][] coefficients = new double[outputs][];
    for (int output = 0; output < outputs; output++) {
      try {
        coefficients[output] = fitColumn(rows, order, output, outputs);
      } catch (SingularMatrixException e) {
        return Optional.empty();
      }
    }
    return Optional.of(new Autoregression(order, coefficients));
  }

  private static double[] fitColumn(List<LagSample.Row> rows, int order, int output, int outputs) {
    double[][] x = new double[rows.size()][order];
    double[] y = new double[rows.size()];
    for (int row = 0; row < y.length; row++) {
      double[] lags = rows.get(row).lags();
      Arrays.setAll(x[row], i -> lags[i * outputs + output]);
      y[row] = rows.get(row).targets()[output];
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y, x);
    return regression.estimateRegressionParameters();
  }

  /** The forecast of a target column, as {@link BaselineMethods} asks for it. */
  double predict(double[] series, Timeline line, int present, int output) {
    int outputs = coefficients.length;
    if (line.newestBefore(present, order - 1) < 0) {
      return TargetSeries.newest(series, outputs, present, output);
    }
    double predicted = coefficients[output][0];
    for (int i = 0; i < order; i++) {
      int row = line.newestBefore(present, i);
      double value = TargetSeries.newest(series, outputs, row, output);
      predicted += coefficients[output][1 + i] * value;
    }
    return predicted;
  }
}
