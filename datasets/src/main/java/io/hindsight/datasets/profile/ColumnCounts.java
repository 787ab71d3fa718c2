package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.Arrays;
import java.util.Optional;

/** The values of a column, counted between its own edges and those of a reference. */
final class ColumnCounts implements Mergeable<ColumnCounts> {
  private static final long serialVersionUID = 1L;

  private final double[] edges;
  private final double[] others; // null without a reference
  private final long[] earlier;
  private final long[] later;
  private final long[] earlierByOthers;
  private final long[] laterByOthers;

  ColumnCounts(double[] edges, double[] others) {
    this.edges = edges;
    this.others = others;
    earlier = new long[edges.length + 1];
    later = new long[edges.length + 1];
    earlierByOthers = new long[others == null ? 0 : others.length + 1];
    laterByOthers = new long[earlierByOthers.length];
  }

  /** Adds a value; one that is missing is not counted. */
  void add(double value, boolean isLater) {
    if (Double.isFinite(value)) {
      (isLater ? later : earlier)[Edges.bin(edges, value + 0.0)]++;
      if (others != null) {
        (isLater ? laterByOthers : earlierByOthers)[Edges.bin(others, value + 0.0)]++;
      }
    }
  }

  @Override
  public void merge(ColumnCounts other) {
    add(earlier, other.earlier);
    add(later, other.later);
    add(earlierByOthers, other.earlierByOthers);
    add(laterByOthers, other.laterByOthers);
  }

  private static void add(long[] counts, long[] more) {
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += more[bin];
    }
  }

  Histogram own() {
    return histogram(edges, earlier, later);
  }

  Optional<Histogram> byReference() {
    return others == null
        ? Optional.empty()
        : Optional.of(histogram(others, earlierByOthers, laterByOthers));
  }

  private static Histogram histogram(double[] edges, long[] earlier, long[] later) {
    return new Histogram(
        Arrays.stream(edges).boxed().toList(),
        Arrays.stream(earlier).boxed().toList(),
        Arrays.stream(later).boxed().toList());
  }
}
