package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Moments;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** What is known of a column after all rows were looked at once. */
final class ColumnSums implements Mergeable<ColumnSums> {
  private static final long serialVersionUID = 1L;

  private transient Moments moments = new Moments();
  private long missing;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long atMin;
  private long atMax;

  /** Adds a value; one that is not finite is missing. */
  void add(double value) {
    if (!Double.isFinite(value)) {
      missing++;
      return;
    }
    double x = value + 0.0; // 0 in place of −0
    moments.add(x);
    take(x, 1, x, 1);
  }

  private void take(double least, long ofLeast, double most, long ofMost) {
    atMin = least < min ? ofLeast : atMin + (least == min ? ofLeast : 0);
    min = Math.min(min, least);
    atMax = most > max ? ofMost : atMax + (most == max ? ofMost : 0);
    max = Math.max(max, most);
  }

  @Override
  public void merge(ColumnSums other) {
    moments.merge(other.moments);
    missing += other.missing;
    if (other.moments.count() > 0) {
      take(other.min, other.atMin, other.max, other.atMax);
    }
  }

  /** The edges of its own histogram. */
  double[] edges() {
    return moments.count() == 0
        ? Edges.around(0, 0)
        : Edges.around(moments.mean(), moments.deviation());
  }

  /** The profile of this column. */
  ColumnProfile profile(String name, boolean ofSequences, Histogram histogram) {
    boolean none = moments.count() == 0;
    return new ColumnProfile(
        name,
        moments.count(),
        missing,
        none ? Double.NaN : min,
        atMin,
        none ? Double.NaN : max,
        atMax,
        none ? Double.NaN : moments.mean(),
        none ? Double.NaN : moments.deviation(),
        ofSequences,
        histogram);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(moments.toLongs());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    moments = Moments.ofLongs((long[]) in.readObject());
  }
}
