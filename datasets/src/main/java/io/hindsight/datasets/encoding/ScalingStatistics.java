package io.hindsight.datasets.encoding;

import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** What the training part tells of numeric columns, that a scaling is fitted by. */
public final class ScalingStatistics implements Mergeable<ScalingStatistics> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ColumnStatistics> columns = new ArrayList<>(); // null if not scaled

  private ScalingStatistics(Scaling scaling, Predicate<Scale> needsMoments) {
    for (int c = 0; c < scaling.size(); c++) {
      Scale scale = scaling.column(c).scale();
      Transform transform = scaling.column(c).ofValue();
      columns.add(
          scale.isFitted()
              ? new ColumnStatistics(transform, c, scaling.size(), needsMoments.test(scale))
              : null);
    }
  }

  /** Of no sequence yet, to fit a scaling by. */
  public static ScalingStatistics toFit(Scaling scaling) {
    return new ScalingStatistics(scaling, scale -> scale != Scale.MINMAX);
  }

  /** Of no sequence yet, to see which columns are constant. */
  public static ScalingStatistics toCompare(Scaling scaling) {
    return new ScalingStatistics(scaling, scale -> false);
  }

  /** Takes a sequence, which may have no values. */
  public void add(Readings series) {
    if (series.count() > 0) {
      columns.stream().filter(Objects::nonNull).forEach(column -> column.add(series));
    }
  }

  @Override
  public void merge(ScalingStatistics other) {
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c) != null) {
        columns.get(c).merge(other.columns.get(c));
      }
    }
  }

  /** What is known of each column; null for one that is not scaled. */
  List<ColumnStatistics> columns() {
    return columns;
  }

  /** Whether no value was taken of a column that is scaled. */
  public boolean isEmpty(int c) {
    return columns.get(c).isEmpty();
  }

  /** What is known of a column that is scaled. */
  ColumnStatistics column(int c) {
    return columns.get(c);
  }
}
