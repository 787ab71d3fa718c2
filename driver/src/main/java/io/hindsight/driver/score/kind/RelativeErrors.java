package io.hindsight.driver.score.kind;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import java.util.SortedMap;

/**
 * Errors beside what they are errors of. With e the error, forecast less truth, and y the truth,
 * over all targets and their columns:
 *
 * <pre>
 *   bias    mean e
 *   mape    mean 100 · |e| / |y|, where y ≠ 0
 *   smape   mean 200 · |e| / (|y| + |y + e|), 0 where both are 0; from 0 to 200, as in the M4
 *           competition (Makridakis, Spiliotis and Assimakopoulos 2020)
 *   wape    100 · Σ|e| / Σ|y|
 *   mase    mean |e| / s          s, q: absolute and squared scale of the sequence
 *   rmsse   √ mean e² / q         (Hyndman and Koehler 2006, and the M5 competition)
 * </pre>
 */
final class RelativeErrors implements Mergeable<RelativeErrors> {
  private static final long serialVersionUID = 1L;
  private static final double PERCENT = 100;

  private final Total error = new Total();
  private final Total magnitude = new Total();
  private final Total truth = new Total();
  private final Total percentage = new Total();
  private final Total symmetric = new Total();
  private final Total scaled = new Total();
  private final Total scaledSquares = new Total();
  private long count;
  private long zeros; // of the truth
  private long unscaled;

  /** Adds the error of a number. */
  void add(double of, double actual) {
    double size = Math.abs(of);
    double both = Math.abs(actual) + Math.abs(actual + of);
    count++;
    error.add(of);
    magnitude.add(size);
    truth.add(Math.abs(actual));
    symmetric.add(both == 0 ? 0 : size / both);
    if (actual == 0) {
      zeros++;
    } else {
      percentage.add(size / Math.abs(actual));
    }
  }

  /**
   * Adds the same error in units of its sequence's scales.
   *
   * @param absolute NaN where there are none
   */
  void addScaled(double absolute, double squared) {
    if (Double.isNaN(absolute)) {
      unscaled++;
    } else {
      scaled.add(absolute);
      scaledSquares.add(squared);
    }
  }

  @Override
  public void merge(RelativeErrors other) {
    error.merge(other.error);
    magnitude.merge(other.magnitude);
    truth.merge(other.truth);
    percentage.merge(other.percentage);
    symmetric.merge(other.symmetric);
    scaled.merge(other.scaled);
    scaledSquares.merge(other.scaledSquares);
    count += other.count;
    zeros += other.zeros;
    unscaled += other.unscaled;
  }

  /** Adds the figures that there are; of those that leave something out, also how much. */
  void put(SortedMap<String, Double> metrics) {
    metrics.put("bias", error.value() / count);
    metrics.put("smape", 2 * PERCENT * symmetric.value() / count);
    put(metrics, "wape", PERCENT * magnitude.value(), truth.value());
    put(metrics, "mape", PERCENT * percentage.value(), count - zeros);
    if (count > unscaled) {
      metrics.put("mase", scaled.value() / (count - unscaled));
      metrics.put("rmsse", Math.sqrt(scaledSquares.value() / (count - unscaled)));
      putCount(metrics, "mase_left_out", unscaled);
    }
    putCount(metrics, "mape_left_out", zeros);
  }

  private static void put(
      SortedMap<String, Double> metrics, String name, double sum, double divisor) {
    if (divisor != 0) {
      metrics.put(name, sum / divisor);
    }
  }

  private static void putCount(SortedMap<String, Double> metrics, String name, long count) {
    if (count > 0) {
      metrics.put(name, (double) count);
    }
  }
}
