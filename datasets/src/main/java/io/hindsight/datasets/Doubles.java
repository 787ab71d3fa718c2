package io.hindsight.datasets;

import java.util.Arrays;

/** Numbers that are appended one by one. */
public final class Doubles {
  private double[] values = new double[16];
  private int size;

  /** Appends a number. */
  public void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, size));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** The numbers as rows of {@code width} each, put into another order. */
  public double[] rows(int width, int[] order) {
    double[] rows = new double[order.length * width];
    for (int row = 0; row < order.length; row++) {
      System.arraycopy(values, order[row] * width, rows, row * width, width);
    }
    return rows;
  }

  /** A copy of the numbers. */
  public double[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
