package io.hindsight.datasets.sums;

/** Every s-th number of an array, side by side. */
final class Blocks {
  private static final int LENGTH = 1024;

  /** Takes numbers of an array, from an index up to another. */
  @FunctionalInterface
  interface Taker {
    void take(double[] numbers, int from, int to);
  }

  private Blocks() {}

  /** Gives {@code values[first]}, {@code values[first + stride]} … before an end to a taker. */
  static void forEach(double[] values, int first, int stride, int end, Taker taker) {
    if (stride == 1) {
      taker.take(values, first, Math.max(first, end));
      return;
    }
    int left = (Math.max(0, end - first) + stride - 1) / stride;
    double[] block = new double[Math.min(LENGTH, left)];
    for (int next = first; left > 0; next += block.length * stride) {
      int count = Math.min(block.length, left);
      gather(values, next, stride, block, count);
      taker.take(block, 0, count);
      left -= count;
    }
  }

  private static void gather(double[] values, int first, int stride, double[] block, int count) {
    for (int i = 0; i < count; i++) {
      block[i] = values[first + i * stride];
    }
  }
}
