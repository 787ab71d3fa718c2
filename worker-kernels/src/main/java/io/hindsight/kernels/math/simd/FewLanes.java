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
  private static final int FOUR = 4; // blocks at a time
  private static final int EIGHT = 8;

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
    for (; lanes == 1 && row + EIGHT * ROWS <= m; row += EIGHT * ROWS) {
      eightBlocks(k, a, ai + row * k, b, bi, c, ci + row * ROWS);
    }
    for (; row + FOUR * ROWS <= m; row += FOUR * ROWS) {
      fourBlocks(lanes, k, a, ai + row * k, b, bi, c, ci + row * ROWS);
    }
    for (; row + ROWS <= m; row += ROWS) {
      oneBlock(lanes, k, a, ai + row * k, b, bi, c, ci + row * ROWS);
    }
    return row;
  }

  /** Of one lane, whose four sums would wait for each other. */
  private static void eightBlocks(
      int k, double[] a, int a0, double[] b, int bi, double[] c, int c0) {
    transpose(EIGHT, 1, c, c0);
    LaneTiles.tile1x8(k, a, a0, k * ROWS, b, bi, c, c0);
    transpose(EIGHT, 1, c, c0);
  }

  private static void fourBlocks(
      int lanes, int k, double[] a, int a0, double[] b, int bi, double[] c, int c0) {
    int a1 = a0 + k * ROWS;
    int a2 = a1 + k * ROWS;
    int a3 = a2 + k * ROWS;
    int c1 = c0 + BLOCK;
    int c2 = c1 + BLOCK;
    int c3 = c2 + BLOCK;
    transpose(FOUR, lanes, c, c0);
    switch (lanes) {
      case 1 -> LaneTiles.tile1x4(k, a, a0, a1, a2, a3, b, bi, c, c0, c1, c2, c3);
      case 2 -> LaneTiles.tile2x4(k, a, a0, a1, a2, a3, b, bi, c, c0, c1, c2, c3);
      default -> LaneTiles.tile4x4(k, a, a0, a1, a2, a3, b, bi, c, c0, c1, c2, c3);
    }
    transpose(FOUR, lanes, c, c0);
  }

  private static void oneBlock(
      int lanes, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    transpose(c, ci, lanes);
    int lane = 0;
    for (; lane + 2 <= lanes; lane += 2) {
      LaneTiles.tile2x1(k, a, ai, b, bi + lane, c, ci + lane * ROWS);
    }
    if (lane < lanes) {
      LaneTiles.tile1x1(k, a, ai, b, bi + lane, c, ci + lane * ROWS);
    }
    transpose(c, ci, lanes);
  }

  private static void transpose(int blocks, int lanes, double[] c, int from) {
    for (int block = 0; block < blocks; block++) {
      transpose(c, from + block * BLOCK, lanes);
    }
  }

  /** c (8, 8) = cᵀ, in place, as far as some lanes need it. */
  private static void transpose(double[] c, int from, int lanes) {
    for (int row = 1; row < ROWS; row++) {
      for (int lane = 0; lane < Math.min(row, lanes); lane++) {
        int i = from + row * ROWS + lane;
        int j = from + lane * ROWS + row;
        double element = c[i];
        c[i] = c[j];
        c[j] = element;
      }
    }
  }
}
