package io.hindsight.datasets.profile;

import java.util.Arrays;

/** The edges of histograms. */
final class Edges {
  private static final int BINS = 32;
  private static final double DEVIATIONS = 4; // on each side of the mean
  private static final double NARROW = 0x1p-20; // of a value that never changes
  private static final double MOST = Double.MAX_VALUE;

  private Edges() {}

  /** 33 edges of 32 bins, each wider than 0, over mean ± 4 deviations. */
  static double[] around(double mean, double deviation) {
    double least = Math.max(Math.abs(mean) * NARROW, Double.MIN_NORMAL);
    double half = Math.min(Math.max(DEVIATIONS * deviation, least), MOST / 4);
    double middle = Math.max(-MOST / 2, Math.min(MOST / 2, mean));
    double[] edges = new double[BINS + 1];
    for (int i = 0; i <= BINS; i++) {
      double edge = middle + half * (2.0 * i / BINS - 1);
      edges[i] = i > 0 && edge <= edges[i - 1] ? Math.nextUp(edges[i - 1]) : edge;
    }
    return edges;
  }

  /** The bin of a value: 0 before the first edge, else one more than the last edge up to it. */
  static int bin(double[] edges, double value) {
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
