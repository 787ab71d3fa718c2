package io.hindsight.datasets.encoding;

import io.hindsight.datasets.encoding.ConstantValue.Bounds;
import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;

/**
 * Between what numeric columns lie, if they are constant. Most change so much that their {@link
 * ScalingStatistics} tell it; at the others one must look once more.
 */
public final class ConstantBounds implements Mergeable<ConstantBounds> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Bounds> columns = new ArrayList<>(); // null if not scaled

  /** As far as the statistics of all sequences tell. */
  public ConstantBounds(ScalingStatistics statistics) {
    statistics.columns().forEach(c -> columns.add(c == null ? null : new Bounds(c)));
  }

  /** Whether all sequences must be added, once. */
  public boolean areOpen() {
    return columns.stream().anyMatch(column -> column != null && column.isOpen());
  }

  /** Takes a sequence, which may have no values. */
  public void add(Readings series) {
    for (int c = 0; c < columns.size() && series.count() > 0; c++) {
      Bounds column = columns.get(c);
      if (column != null && column.isOpen()) {
        column.add(series, c, columns.size());
      }
    }
  }

  @Override
  public void merge(ConstantBounds other) {
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c) != null) {
        columns.get(c).merge(other.columns.get(c));
      }
    }
  }

  /** The bounds of a column that is scaled. */
  Bounds column(int c) {
    return columns.get(c);
  }
}
