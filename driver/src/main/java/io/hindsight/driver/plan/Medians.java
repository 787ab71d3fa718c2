package io.hindsight.driver.plan;

import java.util.List;

/** The middle of measurements, which a few disturbed ones do not move. */
public final class Medians {
  private static final double LEVEL = 0.9;

  private Medians() {}

  /**
   * The middle value; the mean of the two middle ones of an even number.
   *
   * @param values at least one
   */
  public static double of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /**
   * Whether measurements made one after the other no longer become smaller: the median of the later
   * half is more than nine tenths of that of the earlier.
   *
   * @param values in the order they were made; fewer than two are not level
   */
  public static boolean areLevel(List<Double> values) {
    int half = values.size() / 2;
    return half > 0
        && of(values.subList(half, values.size())) > LEVEL * of(values.subList(0, half));
  }
}
