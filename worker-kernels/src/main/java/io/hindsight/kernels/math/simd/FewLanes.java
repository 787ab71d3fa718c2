package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.panel.Lanes;

/**
 * The product of one panel with few occupied lanes, on {@link LaneTiles}.
 *
 * <p>The block of C is transposed in place before and after; the lanes that are not needed make
 * room for it.
 */
final class FewLanes {
  private static final int ROWS = Packing.ROWS;
  private static final int BLOCK = ROWS * Lanes.LANES;

  private FewLanes() {}

  /**
   * C (m, lanes) += A (m, k) · B (k, lanes), for the whole blocks of 8 rows only.
   *
   * @return the rows done
   */
  static int product(int lanes, PackedMatrix matrix, double[] b, int bi, double[] c, int ci) {
    int m = matrix.rows();
    int k = matrix.columns();
    double[] a = matrix.values();
    int ai = matrix.valuesFrom();
    int row = 0;
    for (; row + 4 * ROWS <= m; row += 4 * ROWS) {
      fourBlocks(lanes, k, a, ai + row * k, b, bi, c, ci + row * ROWS);
    }
    for (; row + ROWS <= m; row += ROWS) {
      oneBlock(lanes, k, a, ai + row * k, b, bi, c, ci + row * ROWS);
    }
    return row;
  }

  private static void fourBlocks(
      int lanes, int k, double[] a, int a0, double[] b, int bi, double[] c, int c0) {
    int a1 = a0 + k * ROWS;
    int a2 = a1 + k * ROWS;
    int a3 = a2 + k * ROWS;
    int c1 = c0 + BLOCK;
    int c2 = c1 + BLOCK;
    int c3 = c2 + BLOCK;
    transposeFour(c, c0);
    int lane = 0;
    for (; lane + 2 <= lanes; lane += 2) {
      int l = lane * ROWS;
      LaneTiles.tile2x4(k, a, a0, a1, a2, a3, b, bi + lane, c, c0 + l, c1 + l, c2 + l, c3 + l);
    }
    if (lane < lanes) {
      int l = lane * ROWS;
      LaneTiles.tile1x4(k, a, a0, a1, a2, a3, b, bi + lane, c, c0 + l, c1 + l, c2 + l, c3 + l);
    }
    transposeFour(c, c0);
  }

  private static void oneBlock(
      int lanes, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    transpose(c, ci);
    int lane = 0;
    for (; lane + 2 <= lanes; lane += 2) {
      LaneTiles.tile2x1(k, a, ai, b, bi + lane, c, ci + lane * ROWS);
    }
    if (lane < lanes) {
      LaneTiles.tile1x1(k, a, ai, b, bi + lane, c, ci + lane * ROWS);
    }
    transpose(c, ci);
  }

  private static void transposeFour(double[] c, int from) {
    for (int block = 0; block < 4; block++) {
      transpose(c, from + block * BLOCK);
    }
  }

  /** c (8, 8) = cᵀ, in place. */
  private static void transpose(double[] c, int from) {
    for (int row = 1; row < ROWS; row++) {
      for (int column = 0; column < row; column++) {
        int i = from + row * ROWS + column;
        int j = from + column * ROWS + row;
        double element = c[i];
        c[i] = c[j];
        c[j] = element;
      }
    }
  }
}
