package io.hindsight.datasets;

import io.hindsight.datasets.DataSpec.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * The scaling of numeric columns: {@code (v − shift) / divisor}, where v is the value or, for
 * {@link Scale#LOG}, its natural logarithm; of differences if the encoding takes differences.
 *
 * @param columns one per column, in order
 */
public record Scaling(List<Column> columns) implements EncodingPart {
  /**
   * The scaling of one column.
   *
   * @param name the column; an element of a vector column is {@code name[i]}
   * @param scale its kind
   * @param shift subtracted
   * @param divisor divided by; never 0
   */
  public record Column(String name, Scale scale, double shift, double divisor) {
    /** The logarithm of a value if this column is scaled by its logarithm, else the value. */
    double transform(double value) {
      return scale == Scale.LOG ? StrictMath.log(value) : value;
    }

    /** The inverse of {@link #transform}. */
    double restore(double transformed) {
      return scale == Scale.LOG ? StrictMath.exp(transformed) : transformed;
    }

    /** A transformed value, or difference of such, brought to order 1. */
    double normalize(double transformed) {
      return (transformed - shift) / divisor;
    }

    /** The inverse of {@link #normalize}. */
    double denormalize(double normalized) {
      return normalized * divisor + shift;
    }
  }

  public Scaling {
    columns = List.copyOf(columns);
  }

  /** The number of columns. */
  public int size() {
    return columns.size();
  }

  /** The scaling of column {@code c}. */
  public Column column(int c) {
    return columns.get(c);
  }

  /** Columns of one kind that are not fitted yet: shift 0, divisor 1. */
  static Scaling unfitted(List<String> names, Scale scale) {
    return new Scaling(names.stream().map(name -> new Column(name, scale, 0, 1)).toList());
  }

  /**
   * The same columns fitted to rows of transformed values. A column that never changes keeps the
   * divisor 1.
   *
   * @param rows each (n, C), row-major, in a fixed order
   */
  Scaling fit(List<double[]> rows) {
    List<Column> fitted = new ArrayList<>();
    for (int c = 0; c < size(); c++) {
      fitted.add(
          switch (column(c).scale()) {
            case NONE -> column(c);
            case MINMAX -> fitRange(rows, c);
            case STANDARDIZE, LOG -> fitMoments(rows, c);
          });
    }
    return new Scaling(fitted);
  }

  private Column fitMoments(List<double[]> rows, int c) {
    double mean = mean(rows, c);
    double[] range = range(rows, c);
    double deviation = StrictMath.sqrt(meanSquare(rows, c, mean));
    return fitted(c, mean, range[0] == range[1] ? 1 : deviation);
  }

  private Column fitRange(List<double[]> rows, int c) {
    double[] range = range(rows, c);
    return fitted(c, range[0], range[1] - range[0]);
  }

  private double mean(List<double[]> rows, int c) {
    double sum = 0;
    long count = 0;
    for (double[] values : rows) {
      for (int i = c; i < values.length; i += size()) {
        sum += values[i];
        count++;
      }
    }
    return sum / count;
  }

  private double meanSquare(List<double[]> rows, int c, double mean) {
    double sum = 0;
    long count = 0;
    for (double[] values : rows) {
      for (int i = c; i < values.length; i += size()) {
        sum += (values[i] - mean) * (values[i] - mean);
        count++;
      }
    }
    return sum / count;
  }

  private double[] range(List<double[]> rows, int c) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] values : rows) {
      for (int i = c; i < values.length; i += size()) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    return new double[] {low, high};
  }

  private Column fitted(int c, double shift, double spread) {
    if (!Double.isFinite(spread)) {
      throw new DataException(
          "the spread of a column must be a finite number",
          Double.toString(spread),
          "training part, column " + column(c).name(),
          "use smaller units or data.scale: log");
    }
    return new Column(column(c).name(), column(c).scale(), shift, spread > 0 ? spread : 1);
  }
}
