package io.hindsight.kernels.math.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles for panels of which few lanes are occupied: a vector is 8 rows of the weights instead of
 * the lanes of a row, so no lane is computed in vain. For vectors of 8 doubles only.
 *
 * <p>A block of C is (8 lanes, 8 rows) here: the transpose of what it is elsewhere.
 */
final class LaneTiles {
  private static final VectorSpecies<Double> S = Species.PREFERRED;

  private LaneTiles() {}

  /** 1 lane of 4 blocks of 8 rows. */
  static void tile1x4(
      int k,
      double[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      double[] b,
      int b0,
      double[] c,
      int c0,
      int c1,
      int c2,
      int c3) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.broadcast(S, b[b0 + (p << 3)]);
      DoubleVector w0 = DoubleVector.fromArray(S, a, a0 + (p << 3));
      s00 = w0.fma(x0, s00);
      DoubleVector w1 = DoubleVector.fromArray(S, a, a1 + (p << 3));
      s10 = w1.fma(x0, s10);
      DoubleVector w2 = DoubleVector.fromArray(S, a, a2 + (p << 3));
      s20 = w2.fma(x0, s20);
      DoubleVector w3 = DoubleVector.fromArray(S, a, a3 + (p << 3));
      s30 = w3.fma(x0, s30);
    }
    s00.intoArray(c, c0);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
  }

  /** 2 lanes of 4 blocks of 8 rows. */
  static void tile2x4(
      int k,
      double[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      double[] b,
      int b0,
      double[] c,
      int c0,
      int c1,
      int c2,
      int c3) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + 8);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + 8);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.broadcast(S, b[b0 + (p << 3)]);
      DoubleVector x1 = DoubleVector.broadcast(S, b[b0 + (p << 3) + 1]);
      DoubleVector w0 = DoubleVector.fromArray(S, a, a0 + (p << 3));
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      DoubleVector w1 = DoubleVector.fromArray(S, a, a1 + (p << 3));
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      DoubleVector w2 = DoubleVector.fromArray(S, a, a2 + (p << 3));
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      DoubleVector w3 = DoubleVector.fromArray(S, a, a3 + (p << 3));
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + 8);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + 8);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + 8);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + 8);
  }

  /** 1 lane of 1 block of 8 rows. */
  static void tile1x1(int k, double[] a, int a0, double[] b, int b0, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.broadcast(S, b[b0 + (p << 3)]);
      DoubleVector w0 = DoubleVector.fromArray(S, a, a0 + (p << 3));
      s00 = w0.fma(x0, s00);
    }
    s00.intoArray(c, c0);
  }

  /** 2 lanes of 1 block of 8 rows. */
  static void tile2x1(int k, double[] a, int a0, double[] b, int b0, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c0 + 8);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.broadcast(S, b[b0 + (p << 3)]);
      DoubleVector x1 = DoubleVector.broadcast(S, b[b0 + (p << 3) + 1]);
      DoubleVector w0 = DoubleVector.fromArray(S, a, a0 + (p << 3));
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + 8);
  }
}
