package io.hindsight.datasets.encoding;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.quantile.QuartileSearch;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Transform;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The scaling of numeric columns: {@code (v − shift) / divisor}, where v is the value or what the
 * column's {@link Transform} makes of it; of differences if the encoding takes differences.
 *
 * <p>Counts stay as they are. Their divisor is their mean in the training part, or 1 where that is
 * 0: the network answers the mean of a count as a multiple of it.
 *
 * <p>A column that was constant in the training part, see {@link ConstantValue}, has the divisor 0.
 * A network cannot have learned what a change of it means, nor to answer one, whatever its unit; so
 * each of its values, also of new data, becomes 0, and each answer becomes the constant.
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
   * @param divisor divided by; 0 if the column is constant
   * @param ofTarget what is made of a target before it is scaled, beside what {@code scale} makes
   *     of it
   */
  public record Column(String name, Scale scale, double shift, double divisor, Transform ofTarget) {
    /** A column without a transform of its own. */
    public Column(String name, Scale scale, double shift, double divisor) {
      this(name, scale, shift, divisor, Transform.NONE);
    }

    /** The same column fitted otherwise. */
    public Column with(double otherShift, double otherDivisor) {
      return new Column(name, scale, otherShift, otherDivisor, ofTarget);
    }

    /** What is made of a value before it is scaled. */
    public Transform ofValue() {
      return scale.isLogarithm() ? scale.transform() : ofTarget;
    }

    /** Whether the column never changed in the training part by more than its rounding. */
    public boolean isConstant() {
      return divisor == 0;
    }

    /** What is made of a value before it is scaled, such as its logarithm. */
    public double transform(double value) {
      return ofValue().apply(value);
    }

    /** The inverse of {@link #transform}. */
    public double restore(double transformed) {
      return ofValue().invert(transformed);
    }

    /** Whether every value is one, and is its own transformed one. */
    boolean isPlain() {
      return ofValue().equals(Transform.NONE) && scale != Scale.COUNT;
    }

    /** Whether a value has no transformed one. */
    boolean refuses(double value) {
      return ofValue().refuses(value);
    }

    /**
     * A transformed value, or difference of such, brought to order 1; 0 if it is constant, NaN if
     * missing. Counts stay as they are.
     */
    public double normalize(double transformed) {
      if (scale == Scale.COUNT) {
        return transformed;
      }
      return isConstant() && !Double.isNaN(transformed) ? 0 : (transformed - shift) / divisor;
    }

    /** The inverse of {@link #normalize}; the constant if there is one. */
    public double denormalize(double normalized) {
      return scale == Scale.COUNT ? normalized : normalized * divisor + shift;
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

  /**
   * Rows of these columns, each number {@linkplain Column#transform transformed}.
   *
   * @param values of a sequence, as they were read // (N, C)
   * @throws DataException if one has no logarithm, or is no count
   */
  public RowNumbers transform(RawSequence raw, RowNumbers values) {
    if (columns.stream().allMatch(Column::isPlain)) {
      return values;
    }
    for (int i = 0; i < values.length(); i++) {
      requireSound(raw, i, values.get(i));
    }
    int width = size();
    return RowNumbers.of(values.length(), i -> column(i % width).transform(values.get(i)));
  }

  private void requireSound(RawSequence raw, int i, double value) {
    Column column = column(i % size());
    if (column.refuses(value)) {
      boolean positive = column.ofValue() instanceof Transform.BoxCox;
      throw new DataException(
          subject(column) + (positive ? " must be positive" : " must not be negative"),
          Double.toString(value),
          raw.place(i / size(), column.name()),
          "correct the value, or use another "
              + (column.scale().isLogarithm() ? "data.scale" : "data.target-transform"));
    }
    if (column.scale() == Scale.COUNT && isNoCount(value)) {
      throw new DataException(
          "a target of a distribution of counts must be a whole number of 0 or more",
          Double.toString(value),
          raw.place(i / size(), column.name()),
          "correct the value, or use model.output.distribution: gaussian");
    }
  }

  private static String subject(Column column) {
    return switch (column.scale()) {
      case LOG -> "a column scaled by its logarithm";
      case LOG1P -> "a column scaled by log1p";
      default ->
          "a target transformed by "
              + (column.ofTarget() instanceof Transform.BoxCox ? "box-cox" : "log1p");
    };
  }

  private static boolean isNoCount(double value) {
    return value < 0 || Math.abs(value - StrictMath.rint(value)) > 0;
  }

  /** Columns of one kind that are not fitted yet: shift 0, divisor 1. */
  public static Scaling unfitted(List<String> names, Scale scale) {
    return new Scaling(names.stream().map(name -> new Column(name, scale, 0, 1)).toList());
  }

  /** The same columns, not fitted. */
  public Scaling unfitted() {
    return new Scaling(columns.stream().map(c -> c.with(0, 1)).toList());
  }

  /** The same columns with a transform of targets. */
  public Scaling ofTargets(Transform transform) {
    return new Scaling(
        columns.stream()
            .map(c -> new Column(c.name(), c.scale(), c.shift(), c.divisor(), transform))
            .toList());
  }

  /**
   * The same columns fitted to the training part.
   *
   * @param series its sequences in the order of their ids; some may have no values, but not all
   * @throws DataException if the spread of a column is beyond a double
   */
  public Scaling fit(List<Readings> series) {
    ScalingStatistics statistics = ScalingStatistics.toFit(this);
    series.forEach(statistics::add);
    ConstantBounds bounds = new ConstantBounds(statistics);
    if (bounds.areOpen()) {
      series.forEach(bounds::add);
    }
    QuartileSearch search = quartileSearch();
    while (!search.isDone()) {
      QuartileSearch.Counts counts = search.counts();
      series.forEach(one -> counts.add(one.values(), one.count()));
      search = search.next(counts);
    }
    return fit(statistics, bounds, search);
  }

  /** What finds the quartiles of the columns that need them, of nothing yet. */
  public QuartileSearch quartileSearch() {
    return QuartileSearch.of(
        columns.stream().map(column -> column.scale() == Scale.ROBUST).toList());
  }

  /**
   * The same columns fitted to what is known of the training part.
   *
   * @param bounds of the same sequences, not open or all of them added
   * @param quartiles of the same sequences
   * @throws DataException if the spread of a column is beyond a double
   */
  public Scaling fit(
      ScalingStatistics statistics, ConstantBounds bounds, QuartileSearch quartiles) {
    return new Scaling(
        IntStream.range(0, size())
            .mapToObj(
                c ->
                    column(c).scale().isFitted()
                        ? new ColumnFit(
                                column(c), statistics.column(c), bounds.column(c), quartiles.of(c))
                            .fit()
                        : column(c))
            .toList());
  }

  /**
   * The value of a column, if it is constant in the sequences that these are of.
   *
   * @param c a column that is scaled
   */
  public static Optional<ConstantValue> constant(
      ScalingStatistics statistics, ConstantBounds bounds, int c) {
    return ConstantValue.of(statistics.column(c), bounds.column(c));
  }
}
