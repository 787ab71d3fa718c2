package io.hindsight.kernels.math.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of {@link WideTiles} for whole blocks of rows, starting from one number per row. */
final class WideStartTiles {
  private static final VectorSpecies<Double> S = Species.PREFERRED;

  private WideStartTiles() {}

  /** C (8 rows, 3 vectors) = start (8) + A (8, k) · B (k, 3). */
  static void tile8x3(
      int k,
      double[] start,
      int si,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      int b2,
      double[] c,
      int c0,
      int c1,
      int c2) {
    DoubleVector s00 = DoubleVector.broadcast(S, start[si]);
    DoubleVector s01 = s00;
    DoubleVector s02 = s00;
    DoubleVector s10 = DoubleVector.broadcast(S, start[si + 1]);
    DoubleVector s11 = s10;
    DoubleVector s12 = s10;
    DoubleVector s20 = DoubleVector.broadcast(S, start[si + 2]);
    DoubleVector s21 = s20;
    DoubleVector s22 = s20;
    DoubleVector s30 = DoubleVector.broadcast(S, start[si + 3]);
    DoubleVector s31 = s30;
    DoubleVector s32 = s30;
    DoubleVector s40 = DoubleVector.broadcast(S, start[si + 4]);
    DoubleVector s41 = s40;
    DoubleVector s42 = s40;
    DoubleVector s50 = DoubleVector.broadcast(S, start[si + 5]);
    DoubleVector s51 = s50;
    DoubleVector s52 = s50;
    DoubleVector s60 = DoubleVector.broadcast(S, start[si + 6]);
    DoubleVector s61 = s60;
    DoubleVector s62 = s60;
    DoubleVector s70 = DoubleVector.broadcast(S, start[si + 7]);
    DoubleVector s71 = s70;
    DoubleVector s72 = s70;
    for (int p = 0; p < k; p++) {
      DoubleVector x0 = DoubleVector.fromArray(S, b, b0 + (p << 3));
      DoubleVector x1 = DoubleVector.fromArray(S, b, b1 + (p << 3));
      DoubleVector x2 = DoubleVector.fromArray(S, b, b2 + (p << 3));
      DoubleVector w0 = DoubleVector.broadcast(S, a[ai + (p << 3)]);
      s00 = w0.fma(x0, s00);
      s01 = w0.fma(x1, s01);
      s02 = w0.fma(x2, s02);
      DoubleVector w1 = DoubleVector.broadcast(S, a[ai + (p << 3) + 1]);
      s10 = w1.fma(x0, s10);
      s11 = w1.fma(x1, s11);
      s12 = w1.fma(x2, s12);
      DoubleVector w2 = DoubleVector.broadcast(S, a[ai + (p << 3) + 2]);
      s20 = w2.fma(x0, s20);
      s21 = w2.fma(x1, s21);
      s22 = w2.fma(x2, s22);
      DoubleVector w3 = DoubleVector.broadcast(S, a[ai + (p << 3) + 3]);
      s30 = w3.fma(x0, s30);
      s31 = w3.fma(x1, s31);
      s32 = w3.fma(x2, s32);
      DoubleVector w4 = DoubleVector.broadcast(S, a[ai + (p << 3) + 4]);
      s40 = w4.fma(x0, s40);
      s41 = w4.fma(x1, s41);
      s42 = w4.fma(x2, s42);
      DoubleVector w5 = DoubleVector.broadcast(S, a[ai + (p << 3) + 5]);
      s50 = w5.fma(x0, s50);
      s51 = w5.fma(x1, s51);
      s52 = w5.fma(x2, s52);
      DoubleVector w6 = DoubleVector.broadcast(S, a[ai + (p << 3) + 6]);
      s60 = w6.fma(x0, s60);
      s61 = w6.fma(x1, s61);
      s62 = w6.fma(x2, s62);
      DoubleVector w7 = DoubleVector.broadcast(S, a[ai + (p << 3) + 7]);
      s70 = w7.fma(x0, s70);
      s71 = w7.fma(x1, s71);
      s72 = w7.fma(x2, s72);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c1);
    s02.intoArray(c, c2);
    s10.intoArray(c, c0 + 8);
    s11.intoArray(c, c1 + 8);
    s12.intoArray(c, c2 + 8);
    s20.intoArray(c, c0 + 16);
    s21.intoArray(c, c1 + 16);
    s22.intoArray(c, c2 + 16);
    s30.intoArray(c, c0 + 24);
    s31.intoArray(c, c1 + 24);
    s32.intoArray(c, c2 + 24);
    s40.intoArray(c, c0 + 32);
    s41.intoArray(c, c1 + 32);
    s42.intoArray(c, c2 + 32);
    s50.intoArray(c, c0 + 40);
    s51.intoArray(c, c1 + 40);
    s52.intoArray(c, c2 + 40);
    s60.intoArray(c, c0 + 48);
    s61.intoArray(c, c1 + 48);
    s62.intoArray(c, c2 + 48);
    s70.intoArray(c, c0 + 56);
    s71.intoArray(c, c1 + 56);
    s72.intoArray(c, c2 + 56);
  }

  /** C (8 rows, 2 vectors) = start (8) + A (8, k) · B (k, 2). */
  static void tile8x2(
      int k,
      double[] start,
      int si,
      double[] a,
      int ai,
      double[] b,
      int b0,
      int b1,
      double[] c,
      int c0,
      int c1) {
    DoubleVector s00 = DoubleVector.broadcast(S, start[si]);
    DoubleVector s01 = s00;
    DoubleVector s10 = DoubleVector.broadcast(S, start[si + 1]);
    DoubleVector s11 = s10;
    DoubleVector s20 = DoubleVector.broadcast(S, start[si + 2]);
    DoubleVector s21 = s20;
    DoubleVector s30 = DoubleVector.broadcast(S, start[si + 3]);
    DoubleVector s31 = s30;
    DoubleVector s40 = DoubleVector.broadcast(S, start[si + 4]);
    DoubleVector s41 = s40;
    DoubleVector s50 = DoubleVector.broadcast(S, start[si + 5]);
    DoubleVector s51 = s50;
    DoubleVector s60 = DoubleVector.broadcast(S, start[si + 6]);
    DoubleVector s61 = s60;
    DoubleVector s70 = DoubleVector.broadcast(S, start[si + 7]);
    DoubleVector s71 = s70;
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
      DoubleVector w5 = DoubleVector.broadcast(S, a[ai + (p << 3) + 5]);
      s50 = w5.fma(x0, s50);
      s51 = w5.fma(x1, s51);
      DoubleVector w6 = DoubleVector.broadcast(S, a[ai + (p << 3) + 6]);
      s60 = w6.fma(x0, s60);
      s61 = w6.fma(x1, s61);
      DoubleVector w7 = DoubleVector.broadcast(S, a[ai + (p << 3) + 7]);
      s70 = w7.fma(x0, s70);
      s71 = w7.fma(x1, s71);
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
    s50.intoArray(c, c0 + 40);
    s51.intoArray(c, c1 + 40);
    s60.intoArray(c, c0 + 48);
    s61.intoArray(c, c1 + 48);
    s70.intoArray(c, c0 + 56);
    s71.intoArray(c, c1 + 56);
  }

  /** C (8 rows, 1 vectors) = start (8) + A (8, k) · B (k, 1). */
  static void tile8x1(
      int k, double[] start, int si, double[] a, int ai, double[] b, int b0, double[] c, int c0) {
    DoubleVector s00 = DoubleVector.broadcast(S, start[si]);
    DoubleVector s10 = DoubleVector.broadcast(S, start[si + 1]);
    DoubleVector s20 = DoubleVector.broadcast(S, start[si + 2]);
    DoubleVector s30 = DoubleVector.broadcast(S, start[si + 3]);
    DoubleVector s40 = DoubleVector.broadcast(S, start[si + 4]);
    DoubleVector s50 = DoubleVector.broadcast(S, start[si + 5]);
    DoubleVector s60 = DoubleVector.broadcast(S, start[si + 6]);
    DoubleVector s70 = DoubleVector.broadcast(S, start[si + 7]);
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
}
