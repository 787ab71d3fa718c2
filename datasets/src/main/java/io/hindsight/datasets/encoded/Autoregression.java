package io.hindsight.datasets.encoded;

import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.time.Timeline;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * A linear autoregression that predicts h steps ahead directly: ŷ_{t+h} = c + Σ_{i&lt;p} φ_i
 * y_{t−i}, fitted per target column and horizon by ordinary least squares.
 *
 * <p>Lags are steps of time where steps are: it is fitted to histories without gaps, and in a
 * forecast the value before a gap, or before a missing one, stands for those that are missing.
 */
final class Autoregression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int order; // p
  private final int outputs; // O
  private final double[][] coefficients; // (H·O, 1 + p): c, then φ

  private Autoregression(int order, int outputs, double[][] coefficients) {
    this.order = order;
    this.outputs = outputs;
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
    double[][] coefficients = new double[rows.get(0).targets().length][];
    for (int element = 0; element < coefficients.length; element++) {
      try {
        coefficients[element] = fitElement(rows, order, element, outputs);
      } catch (SingularMatrixException e) {
        return Optional.empty();
      }
    }
    return Optional.of(new Autoregression(order, outputs, coefficients));
  }

  private static double[] fitElement(
      List<LagSample.Row> rows, int order, int element, int outputs) {
    int output = element % outputs;
    double[][] x = new double[rows.size()][order];
    double[] y = new double[rows.size()];
    for (int row = 0; row < y.length; row++) {
      double[] lags = rows.get(row).lags();
      Arrays.setAll(x[row], i -> lags[i * outputs + output]);
      y[row] = rows.get(row).targets()[element];
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y, x);
    return regression.estimateRegressionParameters();
  }

  /** The forecast of an element, as {@link BaselineMethods} asks for it. */
  double predict(RowNumbers series, Timeline line, int present, int element) {
    int output = element % outputs;
    if (line.newestBefore(present, order - 1) < 0) {
      return TargetSeries.newest(series, outputs, present, output);
    }
    double predicted = coefficients[element][0];
    for (int i = 0; i < order; i++) {
      int row = line.newestBefore(present, i);
      double value = TargetSeries.newest(series, outputs, row, output);
      predicted += coefficients[element][1 + i] * value;
    }
    return predicted;
  }
}
