package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.panel.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with a single panel, for vectors of 8 doubles: two blocks of 8 rows at a time, so that
 * 16 sums are in flight, where the tiles of {@link WideTiles} keep 8.
 */
final class OnePanel {
  private static final VectorSpecies<Double> S = Species.PREFERRED;
  private static final int ROWS = 2 * Packing.ROWS;

  private OnePanel() {}

  /**
   * C (m, 8) = start (m) + A (m, k) · B (k, 8), for whole pairs of blocks only.
   *
   * @return the rows done
   */
  static int affine(double[] start, PackedMatrix matrix, double[] b, int bi, double[] c, int ci) {
    int k = matrix.columns();
    int row = 0;
    for (; row + ROWS <= matrix.rows(); row += ROWS) {
      int a0 = matrix.valuesFrom() + row * k;
      int a1 = a0 + k * Packing.ROWS;
      int si = matrix.firstRow() + row;
      affine(k, start, si, matrix.values(), a0, a1, b, bi, c, ci + row * Lanes.LANES);
    }
    return row;
  }

  /**
   * C (m, 8) += A (m, k) · B (k, 8), for whole pairs of blocks only.
   *
   * @return the rows done
   */
  static int product(PackedMatrix matrix, double[] b, int bi, double[] c, int ci) {
    int k = matrix.columns();
    int row = 0;
    for (; row + ROWS <= matrix.rows(); row += ROWS) {
      int a0 = matrix.valuesFrom() + row * k;
      int a1 = a0 + k * Packing.ROWS;
      product(k, matrix.values(), a0, a1, b, bi, c, ci + row * Lanes.LANES);
    }
    return row;
  }

  /** C (16, 8) = start (16) + A (16, k) · B (k, 8). */
  private static void affine(
      int k,
      double[] start,
      int si,
      double[] a,
      int a0,
      int a1,
      double[] b,
      int bi,
      double[] c,
      int ci) {
    DoubleVector s0 = DoubleVector.broadcast(S, start[si]);
    DoubleVector s1 = DoubleVector.broadcast(S, start[si + 1]);
    DoubleVector s2 = DoubleVector.broadcast(S, start[si + 2]);
    DoubleVector s3 = DoubleVector.broadcast(S, start[si + 3]);
    DoubleVector s4 = DoubleVector.broadcast(S, start[si + 4]);
    DoubleVector s5 = DoubleVector.broadcast(S, start[si + 5]);
    DoubleVector s6 = DoubleVector.broadcast(S, start[si + 6]);
    DoubleVector s7 = DoubleVector.broadcast(S, start[si + 7]);
    DoubleVector s8 = DoubleVector.broadcast(S, start[si + 8]);
    DoubleVector s9 = DoubleVector.broadcast(S, start[si + 9]);
    DoubleVector s10 = DoubleVector.broadcast(S, start[si + 10]);
    DoubleVector s11 = DoubleVector.broadcast(S, start[si + 11]);
    DoubleVector s12 = DoubleVector.broadcast(S, start[si + 12]);
    DoubleVector s13 = DoubleVector.broadcast(S, start[si + 13]);
    DoubleVector s14 = DoubleVector.broadcast(S, start[si + 14]);
    DoubleVector s15 = DoubleVector.broadcast(S, start[si + 15]);
    for (int p = 0; p < k; p++) {
      DoubleVector x = DoubleVector.fromArray(S, b, bi + (p << 3));
      s0 = DoubleVector.broadcast(S, a[a0 + (p << 3)]).fma(x, s0);
      s1 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 1]).fma(x, s1);
      s2 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 2]).fma(x, s2);
      s3 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 3]).fma(x, s3);
      s4 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 4]).fma(x, s4);
      s5 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 5]).fma(x, s5);
      s6 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 6]).fma(x, s6);
      s7 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 7]).fma(x, s7);
      s8 = DoubleVector.broadcast(S, a[a1 + (p << 3)]).fma(x, s8);
      s9 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 1]).fma(x, s9);
      s10 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 2]).fma(x, s10);
      s11 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 3]).fma(x, s11);
      s12 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 4]).fma(x, s12);
      s13 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 5]).fma(x, s13);
      s14 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 6]).fma(x, s14);
      s15 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 7]).fma(x, s15);
    }
    s0.intoArray(c, ci);
    s1.intoArray(c, ci + 8);
    s2.intoArray(c, ci + 16);
    s3.intoArray(c, ci + 24);
    s4.intoArray(c, ci + 32);
    s5.intoArray(c, ci + 40);
    s6.intoArray(c, ci + 48);
    s7.intoArray(c, ci + 56);
    s8.intoArray(c, ci + 64);
    s9.intoArray(c, ci + 72);
    s10.intoArray(c, ci + 80);
    s11.intoArray(c, ci + 88);
    s12.intoArray(c, ci + 96);
    s13.intoArray(c, ci + 104);
    s14.intoArray(c, ci + 112);
    s15.intoArray(c, ci + 120);
  }

  /** C (16, 8) += A (16, k) · B (k, 8). */
  private static void product(
      int k, double[] a, int a0, int a1, double[] b, int bi, double[] c, int ci) {
    DoubleVector s0 = DoubleVector.fromArray(S, c, ci);
    DoubleVector s1 = DoubleVector.fromArray(S, c, ci + 8);
    DoubleVector s2 = DoubleVector.fromArray(S, c, ci + 16);
    DoubleVector s3 = DoubleVector.fromArray(S, c, ci + 24);
    DoubleVector s4 = DoubleVector.fromArray(S, c, ci + 32);
    DoubleVector s5 = DoubleVector.fromArray(S, c, ci + 40);
    DoubleVector s6 = DoubleVector.fromArray(S, c, ci + 48);
    DoubleVector s7 = DoubleVector.fromArray(S, c, ci + 56);
    DoubleVector s8 = DoubleVector.fromArray(S, c, ci + 64);
    DoubleVector s9 = DoubleVector.fromArray(S, c, ci + 72);
    DoubleVector s10 = DoubleVector.fromArray(S, c, ci + 80);
    DoubleVector s11 = DoubleVector.fromArray(S, c, ci + 88);
    DoubleVector s12 = DoubleVector.fromArray(S, c, ci + 96);
    DoubleVector s13 = DoubleVector.fromArray(S, c, ci + 104);
    DoubleVector s14 = DoubleVector.fromArray(S, c, ci + 112);
    DoubleVector s15 = DoubleVector.fromArray(S, c, ci + 120);
    for (int p = 0; p < k; p++) {
      DoubleVector x = DoubleVector.fromArray(S, b, bi + (p << 3));
      s0 = DoubleVector.broadcast(S, a[a0 + (p << 3)]).fma(x, s0);
      s1 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 1]).fma(x, s1);
      s2 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 2]).fma(x, s2);
      s3 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 3]).fma(x, s3);
      s4 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 4]).fma(x, s4);
      s5 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 5]).fma(x, s5);
      s6 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 6]).fma(x, s6);
      s7 = DoubleVector.broadcast(S, a[a0 + (p << 3) + 7]).fma(x, s7);
      s8 = DoubleVector.broadcast(S, a[a1 + (p << 3)]).fma(x, s8);
      s9 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 1]).fma(x, s9);
      s10 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 2]).fma(x, s10);
      s11 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 3]).fma(x, s11);
      s12 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 4]).fma(x, s12);
      s13 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 5]).fma(x, s13);
      s14 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 6]).fma(x, s14);
      s15 = DoubleVector.broadcast(S, a[a1 + (p << 3) + 7]).fma(x, s15);
    }
    s0.intoArray(c, ci);
    s1.intoArray(c, ci + 8);
    s2.intoArray(c, ci + 16);
    s3.intoArray(c, ci + 24);
    s4.intoArray(c, ci + 32);
    s5.intoArray(c, ci + 40);
    s6.intoArray(c, ci + 48);
    s7.intoArray(c, ci + 56);
    s8.intoArray(c, ci + 64);
    s9.intoArray(c, ci + 72);
    s10.intoArray(c, ci + 80);
    s11.intoArray(c, ci + 88);
    s12.intoArray(c, ci + 96);
    s13.intoArray(c, ci + 104);
    s14.intoArray(c, ci + 112);
    s15.intoArray(c, ci + 120);
  }
}
