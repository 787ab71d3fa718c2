package io.hindsight.datasets.profile;

import java.util.List;

/**
 * How many values of a column lie between which edges: those before the first, those from each edge
 * on, those from the last on. Rows up to the median time are counted apart from later ones, which
 * tells how far a column moves by itself.
 *
 * @param edges ascending // (B)
 * @param earlier values of rows up to the median time; all, where rows have no time // (B + 1)
 * @param later values of rows after it // (B + 1)
 */
public record Histogram(List<Double> edges, List<Long> earlier, List<Long> later) {
  public Histogram {
    edges = List.copyOf(edges);
    earlier = List.copyOf(earlier);
    later = List.copyOf(later);
    for (int i = 1; i < edges.size(); i++) {
      require(edges.get(i - 1) < edges.get(i), "edges that ascend", edges);
    }
    require(!edges.isEmpty() && edges.stream().allMatch(Double::isFinite), "finite edges", edges);
    int bins = edges.size() + 1;
    require(earlier.size() == bins && later.size() == bins, bins + " counts", earlier);
    require(earlier.stream().allMatch(n -> n >= 0), "counts of at least 0", earlier);
    require(later.stream().allMatch(n -> n >= 0), "counts of at least 0", later);
  }

  private static void require(boolean holds, String what, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException("a histogram has " + what + ", not " + actual);
    }
  }

  /** Values of all rows // (B + 1). */
  public long[] counts() {
    long[] counts = new long[earlier.size()];
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] = earlier.get(bin) + later.get(bin);
    }
    return counts;
  }
}
