package io.hindsight.driver.bench;

import java.util.Arrays;

/** A growing list of measurements. */
final class Samples {
  private double[] values = new double[64]; // (size or more)
  private int size;

  /** Adds a number of ns or bytes. */
  void add(long value) {
    add((double) value);
  }

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  void clear() {
    size = 0;
  }

  /** The middle value; the mean of the two middle ones of an even number. */
  double median() {
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
  }

  /** The least value; infinity if there is none. */
  double least() {
    return Arrays.stream(values, 0, size).min().orElse(Double.POSITIVE_INFINITY);
  }
}
