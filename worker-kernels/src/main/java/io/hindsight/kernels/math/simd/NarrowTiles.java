package io.hindsight.kernels.math.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of products for machines with 16 vector registers: 5 rows by 2 vectors keep
 * 10 sums in registers; fewer rows are for what is left over. Tiles may reach over the end of a
 * block.
 *
 * <p>A is packed in blocks of 8 rows: the weight of row r and column p at {@code ai + p·8 + r}. A
 * vector of B is at {@code b0 + p·8}, and so on; a vector of C at {@code c0 + r·8}. Each output is
 * one chain of fused multiply-adds, p ascending.
 *
 * <p>Written like {@link WideTiles}, for the same reasons. With AVX2, 4 rows by 2 vectors reach 38
 * GFLOP/s, 5 rows 46 to 53, and with 6 rows or 3 vectors registers spill: 23 (Zen 4, k = 256).
 */
final class NarrowTiles {
  private static final VectorSpecies<Double> S = Species.PREFERRED;

  private NarrowTiles() {}

  /** C (5 rows, 2 vectors) += A (5, k) · B (k, 2). */
  static void tile5x2(
      int k, double[] a, int ai, double[] b, int b0, int b1, double[] c, int c0, int c1) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c1 + 16);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c0 + 24);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c1 + 24);
    DoubleVector s40 = DoubleVector.fromArray(S, c, c0 + 32);
    DoubleVector s41 = DoubleVector.fromArray(S, c, c1 + 32);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      DoubleVector w1 = DoubleVector.broadcast(S, a[ai + (p << 3) + 1]);
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      DoubleVector w2 = DoubleVector.broadcast(S, a[ai + (p << 3) + 2]);
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      DoubleVector w3 = DoubleVector.broadcast(S, a[ai + (p << 3) + 3]);
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
      DoubleVector w4 = DoubleVector.broadcast(S, a[ai + (p << 3) + 4]);
      s40 = w4.fma(x0, s40);
      s41 = w4.fma(x1, s41);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s10.intoArray(c, c0 + 8);
    s11.intoArray(c, c1 + 8);
    s20.intoArray(c, c0 + 16);
    s21.intoArray(c, c1 + 16);
    s30.intoArray(c, c0 + 24);
    s31.intoArray(c, c1 + 24);
    s40.intoArray(c, c0 + 32);
    s41.intoArray(c, c1 + 32);
  }

  /** As {@link #tile5x2}, with 3 rows at {@code ai} and 2 at {@code a2}, in the next block. */
  static void tile3And2x2(
      int k, double[] a, int ai, int a2, double[] b, int b0, int b1, double[] c, int c0, int c1) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c1 + 16);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c0 + 24);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c1 + 24);
    DoubleVector s40 = DoubleVector.fromArray(S, c, c0 + 32);
    DoubleVector s41 = DoubleVector.fromArray(S, c, c1 + 32);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      DoubleVector w1 = DoubleVector.broadcast(S, a[ai + (p << 3) + 1]);
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      DoubleVector w2 = DoubleVector.broadcast(S, a[ai + (p << 3) + 2]);
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      DoubleVector w3 = DoubleVector.broadcast(S, a[a2 + (p << 3)]);
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
      DoubleVector w4 = DoubleVector.broadcast(S, a[a2 + (p << 3) + 1]);
      s40 = w4.fma(x0, s40);
      s41 = w4.fma(x1, s41);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s10.intoArray(c, c0 + 8);
    s11.intoArray(c, c1 + 8);
    s20.intoArray(c, c0 + 16);
    s21.intoArray(c, c1 + 16);
    s30.intoArray(c, c0 + 24);
    s31.intoArray(c, c1 + 24);
    s40.intoArray(c, c0 + 32);
    s41.intoArray(c, c1 + 32);
  }

  /** As {@link #tile5x2}, with 1 row at {@code ai} and 4 at {@code a2}, in the next block. */
  static void tile1And4x2(
      int k, double[] a, int ai, int a2, double[] b, int b0, int b1, double[] c, int c0, int c1) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c1 + 16);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c0 + 24);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c1 + 24);
    DoubleVector s40 = DoubleVector.fromArray(S, c, c0 + 32);
    DoubleVector s41 = DoubleVector.fromArray(S, c, c1 + 32);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      DoubleVector w1 = DoubleVector.broadcast(S, a[a2 + (p << 3)]);
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      DoubleVector w2 = DoubleVector.broadcast(S, a[a2 + (p << 3) + 1]);
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      DoubleVector w3 = DoubleVector.broadcast(S, a[a2 + (p << 3) + 2]);
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
      DoubleVector w4 = DoubleVector.broadcast(S, a[a2 + (p << 3) + 3]);
      s40 = w4.fma(x0, s40);
      s41 = w4.fma(x1, s41);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s10.intoArray(c, c0 + 8);
    s11.intoArray(c, c1 + 8);
    s20.intoArray(c, c0 + 16);
    s21.intoArray(c, c1 + 16);
    s30.intoArray(c, c0 + 24);
    s31.intoArray(c, c1 + 24);
    s40.intoArray(c, c0 + 32);
    s41.intoArray(c, c1 + 32);
  }

  /** C (4 rows, 2 vectors) += A (4, k) · B (k, 2). */
  static void tile4x2(
      int k, double[] a, int ai, double[] b, int b0, int b1, double[] c, int c0, int c1) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c1);
    DoubleVector s10 = DoubleVector.fromArray(S, c, c0 + 8);
    DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + 8);
    DoubleVector s20 = DoubleVector.fromArray(S, c, c0 + 16);
    DoubleVector s21 = DoubleVector.fromArray(S, c, c1 + 16);
    DoubleVector s30 = DoubleVector.fromArray(S, c, c0 + 24);
    DoubleVector s31 = DoubleVector.fromArray(S, c, c1 + 24);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      DoubleVector w1 = DoubleVector.broadcast(S, a[ai + (p << 3) + 1]);
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      DoubleVector w2 = DoubleVector.broadcast(S, a[ai + (p << 3) + 2]);
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      DoubleVector w3 = DoubleVector.broadcast(S, a[ai + (p << 3) + 3]);
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s10.intoArray(c, c0 + 8);
    s11.intoArray(c, c1 + 8);
    s20.intoArray(c, c0 + 16);
    s21.intoArray(c, c1 + 16);
    s30.intoArray(c, c0 + 24);
    s31.intoArray(c, c1 + 24);
  }

  /** C (1 rows, 2 vectors) += A (1, k) · B (k, 2). */
  static void tile1x2(
      int k, double[] a, int ai, double[] b, int b0, int b1, double[] c, int c0, int c1) {
    DoubleVector s00 = DoubleVector.fromArray(S, c, c0);
    DoubleVector s01 = DoubleVector.fromArray(S, c, c1);
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
  }
}
