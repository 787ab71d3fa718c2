package io.hindsight.driver.plan;

import java.util.List;

/** The middle of measurements, which a few disturbed ones do not move. */
public final class Medians {
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
}
