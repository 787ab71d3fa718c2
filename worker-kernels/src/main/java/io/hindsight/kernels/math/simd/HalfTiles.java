package io.hindsight.kernels.math.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of one vector of 4 lanes, for panels of which no more than half the lanes are occupied. For
 * vectors of 4 doubles only.
 *
 * <p>Written like {@link WideTiles}, for the same reasons.
 */
final class HalfTiles {
  private static final VectorSpecies<Double> S = Species.PREFERRED;

  private HalfTiles() {}

  /** C (8 rows, 4 lanes) += A (8, k) · B (k, 4). */
  static void tile8(int k, double[] a, int ai, double[] b, int b0, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c0 + 24);
    DoubleVector s40 = DoubleVector.fromArray(S, c, c0 + 32);
    DoubleVector s50 = DoubleVector.fromArray(S, c, c0 + 40);
    DoubleVector s60 = DoubleVector.fromArray(S, c, c0 + 48);
    DoubleVector s70 = DoubleVector.fromArray(S, c, c0 + 56);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      DoubleVector w1 = DoubleVector.broadcast(S, a[ai + (p << 3) + 1]);
      s10 = w1.fma(x0, s10);
      DoubleVector w2 = DoubleVector.broadcast(S, a[ai + (p << 3) + 2]);
      s20 = w2.fma(x0, s20);
      DoubleVector w3 = DoubleVector.broadcast(S, a[ai + (p << 3) + 3]);
      s30 = w3.fma(x0, s30);
      DoubleVector w4 = DoubleVector.broadcast(S, a[ai + (p << 3) + 4]);
      s40 = w4.fma(x0, s40);
      DoubleVector w5 = DoubleVector.broadcast(S, a[ai + (p << 3) + 5]);
      s50 = w5.fma(x0, s50);
      DoubleVector w6 = DoubleVector.broadcast(S, a[ai + (p << 3) + 6]);
      s60 = w6.fma(x0, s60);
      DoubleVector w7 = DoubleVector.broadcast(S, a[ai + (p << 3) + 7]);
      s70 = w7.fma(x0, s70);
    }
    s00.intoArray(c, c0);
    s10.intoArray(c, c0 + 8);
    s20.intoArray(c, c0 + 16);
    s30.intoArray(c, c0 + 24);
    s40.intoArray(c, c0 + 32);
    s50.intoArray(c, c0 + 40);
    s60.intoArray(c, c0 + 48);
    s70.intoArray(c, c0 + 56);
  }

  /** C (4 rows, 4 lanes) += A (4, k) · B (k, 4). */
  static void tile4(int k, double[] a, int ai, double[] b, int b0, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c0 + 24);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      DoubleVector w1 = DoubleVector.broadcast(S, a[ai + (p << 3) + 1]);
      s10 = w1.fma(x0, s10);
      DoubleVector w2 = DoubleVector.broadcast(S, a[ai + (p << 3) + 2]);
      s20 = w2.fma(x0, s20);
      DoubleVector w3 = DoubleVector.broadcast(S, a[ai + (p << 3) + 3]);
      s30 = w3.fma(x0, s30);
    }
    s00.intoArray(c, c0);
    s10.intoArray(c, c0 + 8);
    s20.intoArray(c, c0 + 16);
    s30.intoArray(c, c0 + 24);
  }

  /** C (1 rows, 4 lanes) += A (1, k) · B (k, 4). */
  static void tile1(int k, double[] a, int ai, double[] b, int b0, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
    }
    s00.intoArray(c, c0);
  }
}
