package io.hindsight.datasets.encoding;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.columns.RowNumbers;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.datasets.sums.LargeMoments;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Moments;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;

/** What the training part tells of one column, that shift and divisor are found by. */
final class ColumnStatistics implements Mergeable<ColumnStatistics> {
  private static final long serialVersionUID = 1L;
  private static final int MOST_LARGE = 64; // columns of a table whose sums may be of the fast kind

  private final Transform transform;
  private final int c;
  private final int width;
  private final boolean needsMoments;
  private boolean whole = true;
  private boolean floats = true;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private final double[] smallest = new double[Rounding.ALL.size()]; // e of a sequence, by rounding
  private final double[] largest = new double[Rounding.ALL.size()];
  private final double[] origins = new double[Rounding.ALL.size()]; // low where e is the smallest
  private final String[] narrowest = new String[Rounding.ALL.size()]; // the sequence of that
  private transient Moments moments = new Moments(); // of all but what is still in the sums
  private transient LargeMoments sums; // null if none are open

  /**
   * Of nothing yet.
   *
   * @param width C: columns of a row
   * @param needsMoments whether moments are asked for, which take 260 kB while they are summed
   */
  ColumnStatistics(Transform transform, int c, int width, boolean needsMoments) {
    this.transform = transform;
    this.needsMoments = needsMoments;
    this.c = c;
    this.width = width;
    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
  }

  /** Takes a sequence with values. */
  void add(Readings series) {
    Interval interval = Interval.of(transform, series, c, width);
    if (interval.isEmpty()) {
      return;
    }
    addLevels(series);
    low = Math.min(low, interval.low());
    high = Math.max(high, interval.high());
    for (Rounding rounding : Rounding.ALL) {
      double error = interval.error(rounding);
      int r = rounding.ordinal();
      largest[r] = Math.max(largest[r], error);
      addNarrow(r, error, interval.low(), series.id());
    }
    boolean areFinite = Double.isFinite(interval.low()) && Double.isFinite(interval.high());
    if (needsMoments && areFinite) { // others are refused
      addMoments(series.values(), series.count());
    }
  }

  private void addLevels(Readings series) {
    RowNumbers levels = series.levels();
    for (int i = c; (whole || floats) && i < series.rows() * width; i += width) {
      double level = levels.get(i);
      if (!Double.isNaN(level)) {
        whole &= Rounding.isWhole(level);
        floats &= level == (float) level;
      }
    }
  }

  /** The first of several that are equally narrow counts, in the order of ids. */
  private void addNarrow(int r, double error, double itsLow, String id) {
    boolean isFirst = narrowest[r] == null;
    if (isFirst
        || error < smallest[r]
        || (error == smallest[r] && IdOrder.UTF_8.compare(id, narrowest[r]) < 0)) {
      smallest[r] = error;
      origins[r] = itsLow;
      narrowest[r] = id;
    }
  }

  private void addMoments(double[] values, int count) {
    boolean all = true;
    for (int i = c; all && i < count; i += width) {
      all = !Double.isNaN(values[i]);
    }
    if (all && width <= MOST_LARGE) {
      sums = sums == null ? new LargeMoments() : sums;
      sums.add(values, c, width, count);
      return;
    }
    for (int i = c; i < count; i += width) {
      if (!Double.isNaN(values[i])) {
        moments.add(values[i]);
      }
    }
  }

  /** Whether no value was taken. */
  boolean isEmpty() {
    return low > high;
  }

  /** Moments of all values, which are finite. */
  Moments moments() {
    if (sums != null) {
      moments.merge(sums.moments());
      sums = null;
    }
    return moments;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(moments().toLongs());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    moments = Moments.ofLongs((long[]) in.readObject());
  }

  @Override
  public void merge(ColumnStatistics other) {
    whole &= other.whole;
    floats &= other.floats;
    low = Math.min(low, other.low);
    high = Math.max(high, other.high);
    for (int r = 0; r < largest.length; r++) {
      largest[r] = Math.max(largest[r], other.largest[r]);
      if (other.narrowest[r] != null) {
        addNarrow(r, other.smallest[r], other.origins[r], other.narrowest[r]);
      }
    }
    moments().merge(other.moments());
  }

  /** What is made of the column's values before they are scaled. */
  Transform transform() {
    return transform;
  }

  /** The smallest value. */
  double low() {
    return low;
  }

  /** The largest value. */
  double high() {
    return high;
  }

  /** How far values may be off. */
  Rounding rounding() {
    return whole ? Rounding.EXACT : floats ? Rounding.FLOAT : Rounding.DOUBLE;
  }

  /** The least e of a sequence. */
  double smallestError() {
    return smallest[rounding().ordinal()];
  }

  /** The largest e of a sequence. */
  double largestError() {
    return largest[rounding().ordinal()];
  }

  /**
   * The smallest value of the first sequence with the least e; near it differences lose nothing.
   */
  double origin() {
    return origins[rounding().ordinal()];
  }
}
