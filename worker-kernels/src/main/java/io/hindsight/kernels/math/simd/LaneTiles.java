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

  /**
   * 1 lane of 8 blocks of 8 rows.
   *
   * @param blockOfA from one block of A to the next
   */
  static void tile1x8(
      int k, double[] a, int ai, int blockOfA, double[] b, int b0, double[] c, int c0) {
    int a0 = ai;
    int a1 = ai + blockOfA;
    int a2 = ai + 2 * blockOfA;
    int a3 = ai + 3 * blockOfA;
    int a4 = ai + 4 * blockOfA;
    int a5 = ai + 5 * blockOfA;
    int a6 = ai + 6 * blockOfA;
    int a7 = ai + 7 * blockOfA;
    DoubleVector s0 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s1 = DoubleVector.fromArray(S, c, c0 + 64);
    DoubleVector s2 = DoubleVector.fromArray(S, c, c0 + 128);
    DoubleVector s3 = DoubleVector.fromArray(S, c, c0 + 192);
    DoubleVector s4 = DoubleVector.fromArray(S, c, c0 + 256);
    DoubleVector s5 = DoubleVector.fromArray(S, c, c0 + 320);
    DoubleVector s6 = DoubleVector.fromArray(S, c, c0 + 384);
    DoubleVector s7 = DoubleVector.fromArray(S, c, c0 + 448);
    for (int p = 0; p < k; p++) {
      DoubleVector x = DoubleVector.broadcast(S, b[b0 + (p << 3)]);
      s0 = DoubleVector.fromArray(S, a, a0 + (p << 3)).fma(x, s0);
      s1 = DoubleVector.fromArray(S, a, a1 + (p << 3)).fma(x, s1);
      s2 = DoubleVector.fromArray(S, a, a2 + (p << 3)).fma(x, s2);
      s3 = DoubleVector.fromArray(S, a, a3 + (p << 3)).fma(x, s3);
      s4 = DoubleVector.fromArray(S, a, a4 + (p << 3)).fma(x, s4);
      s5 = DoubleVector.fromArray(S, a, a5 + (p << 3)).fma(x, s5);
      s6 = DoubleVector.fromArray(S, a, a6 + (p << 3)).fma(x, s6);
      s7 = DoubleVector.fromArray(S, a, a7 + (p << 3)).fma(x, s7);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + 64);
    s2.intoArray(c, c0 + 128);
    s3.intoArray(c, c0 + 192);
    s4.intoArray(c, c0 + 256);
    s5.intoArray(c, c0 + 320);
    s6.intoArray(c, c0 + 384);
    s7.intoArray(c, c0 + 448);
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

  /** 4 lanes of 4 blocks of 8 rows. */
  static void tile4x4(
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
    DoubleVector s02 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s03 = DoubleVector.fromArray(S, c, c0 + 24);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + 8);
    DoubleVector s12 = DoubleVector.fromArray(S, c, c1 + 16);
    DoubleVector s13 = DoubleVector.fromArray(S, c, c1 + 24);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + 8);
    DoubleVector s22 = DoubleVector.fromArray(S, c, c2 + 16);
    DoubleVector s23 = DoubleVector.fromArray(S, c, c2 + 24);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + 8);
    DoubleVector s32 = DoubleVector.fromArray(S, c, c3 + 16);
    DoubleVector s33 = DoubleVector.fromArray(S, c, c3 + 24);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.broadcast(S, b[b0 + (p << 3)]);
      DoubleVector x1 = DoubleVector.broadcast(S, b[b0 + (p << 3) + 1]);
      DoubleVector x2 = DoubleVector.broadcast(S, b[b0 + (p << 3) + 2]);
      DoubleVector x3 = DoubleVector.broadcast(S, b[b0 + (p << 3) + 3]);
      DoubleVector w0 = DoubleVector.fromArray(S, a, a0 + (p << 3));
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      s02 = w0.fma(x2, s02);
      s03 = w0.fma(x3, s03);
      DoubleVector w1 = DoubleVector.fromArray(S, a, a1 + (p << 3));
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      s12 = w1.fma(x2, s12);
      s13 = w1.fma(x3, s13);
      DoubleVector w2 = DoubleVector.fromArray(S, a, a2 + (p << 3));
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      s22 = w2.fma(x2, s22);
      s23 = w2.fma(x3, s23);
      DoubleVector w3 = DoubleVector.fromArray(S, a, a3 + (p << 3));
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
      s32 = w3.fma(x2, s32);
      s33 = w3.fma(x3, s33);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + 8);
    s02.intoArray(c, c0 + 16);
    s03.intoArray(c, c0 + 24);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + 8);
    s12.intoArray(c, c1 + 16);
    s13.intoArray(c, c1 + 24);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + 8);
    s22.intoArray(c, c2 + 16);
    s23.intoArray(c, c2 + 24);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + 8);
    s32.intoArray(c, c3 + 16);
    s33.intoArray(c, c3 + 24);
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
