package io.hindsight.datasets.scale;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.encoding.Scaling;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The scale at each row of a sequence, by the last rows up to it. Each is computed afresh of the
 * values of its window, so that it depends on these alone, and what rounding was before does not
 * add up. Where all of a window are missing, the scale is that of the row before.
 */
final class WindowScale {
  private static final ColumnScale IN_ORDER = new ColumnScale(Averages::inOrder);

  private final RawSequence raw;
  private final int window;

  /**
   * Of a sequence.
   *
   * @param window rows, of a grid also those that the table lacks; fewer at the beginning
   */
  WindowScale(RawSequence raw, int window) {
    this.raw = raw;
    this.window = window;
  }

  /**
   * Shifts, then divisors at each row // (N, 2, C).
   *
   * @param unfitted what is scaled
   * @param values transformed, NaN where one is missing // (N, C)
   * @param difference whether changes from the row before are scaled
   * @param before of each column the shift as long as nothing is known, with the divisor 1
   */
  double[] scale(
      Scaling unfitted, double[] values, boolean difference, IntToDoubleFunction before) {
    int width = unfitted.size();
    double[] scale = new double[2 * raw.length() * width];
    for (int c = 0; c < width; c++) {
      double[] column = column(values, c, width, difference);
      Scaling.Column found = unfitted.column(c).with(before.applyAsDouble(c), 1);
      for (int row = 0; row < raw.length(); row++) {
        double[] present = present(column, row);
        found = present.length == 0 ? found : IN_ORDER.fit(found, present);
        scale[2 * row * width + c] = found.shift();
        scale[(2 * row + 1) * width + c] = found.divisor();
      }
    }
    return scale;
  }

  /**
   * The means of levels at each row; NaN as long as nothing is known // (N, C).
   *
   * @param values transformed, NaN where one is missing // (N, C)
   */
  double[] means(double[] values, int width) {
    double[] means = new double[raw.length() * width];
    for (int c = 0; c < width; c++) {
      double[] column = column(values, c, width, false);
      double mean = Double.NaN;
      for (int row = 0; row < raw.length(); row++) {
        double[] present = present(column, row);
        mean = present.length == 0 ? mean : Averages.inOrder(present).mean();
        means[row * width + c] = mean;
      }
    }
    return means;
  }

  /** The values of a column, or its changes; NaN where the table has none // (N). */
  private double[] column(double[] values, int c, int width, boolean difference) {
    IntToDoubleFunction value =
        difference
            ? row -> row == 0 ? Double.NaN : values[row * width + c] - values[(row - 1) * width + c]
            : row -> values[row * width + c];
    return IntStream.range(0, raw.length())
        .mapToDouble(row -> raw.has(row) ? value.applyAsDouble(row) : Double.NaN)
        .toArray();
  }

  /** Those of the window that ends with a row. */
  private double[] present(double[] column, int row) {
    return Arrays.stream(column, Math.max(0, row - window + 1), row + 1)
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }
}
