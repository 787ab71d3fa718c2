package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.Packing;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.Panels;

/** Tiles of {@link NarrowTiles}: a panel is one or two pairs of vectors. */
final class NarrowTileRow implements TileRow {
  private static final int LANES = Lanes.LANES;
  private static final int VECTOR = Species.LANES;
  private static final int PAIR = 2 * VECTOR;
  private static final int HALF = 4;
  private static final int BLOCK = Packing.ROWS;
  private static final int MOST_ROWS = 24;

  @Override
  public int rows() {
    return MOST_ROWS;
  }

  @Override
  public void affine(
      int rows,
      int k,
      double[] start,
      int si,
      double[] a,
      int ai,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride) {
    for (int i = first; i < first + count; i++) {
      RowStart.broadcast(rows, start, si, c, cFrom + panels.get(i) * cStride);
    }
    product(rows, k, a, ai, panels, first, count, b, bFrom, bStride, c, cFrom, cStride);
  }

  @Override
  public void product(
      int rows,
      int k,
      double[] a,
      int ai,
      Panels panels,
      int first,
      int count,
      double[] b,
      int bFrom,
      int bStride,
      double[] c,
      int cFrom,
      int cStride) {
    for (int i = first; i < first + count; i++) {
      int bi = bFrom + panels.get(i) * bStride;
      int ci = cFrom + panels.get(i) * cStride;
      if (VECTOR == HALF && panels.lanes(i) <= HALF) {
        for (int row = 0; row < rows; row += BLOCK) {
          int here = Math.min(BLOCK, rows - row);
          half(here, k, a, ai + row * k, b, bi, c, ci + row * LANES);
        }
      } else {
        for (int lane = 0; lane < panels.lanes(i); lane += PAIR) {
          pair(rows, k, a, ai, b, bi + lane, c, ci + lane);
        }
      }
    }
  }

  /** Two neighbouring vectors of each row. */
  private static void pair(
      int rows, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    if (rows == MOST_ROWS) {
      threeBlocks(k, a, ai, b, bi, c, ci);
      return;
    }
    for (int row = 0; row < rows; row += BLOCK) {
      int count = Math.min(BLOCK, rows - row);
      block(count, k, a, ai + row * k, b, bi, c, ci + row * LANES);
    }
  }

  private static void threeBlocks(
      int k, double[] a, int a0, double[] b, int b0, double[] c, int ci) {
    int a1 = a0 + k * BLOCK;
    int a2 = a1 + k * BLOCK;
    int b1 = b0 + VECTOR;
    int c1 = ci + 5 * LANES;
    int c2 = ci + 10 * LANES;
    int c3 = ci + 15 * LANES;
    int c4 = ci + 20 * LANES;
    NarrowTiles.tile5x2(k, a, a0, b, b0, b1, c, ci, ci + VECTOR);
    NarrowTiles.tile3And2x2(k, a, a0 + 5, a1, b, b0, b1, c, c1, c1 + VECTOR);
    NarrowTiles.tile5x2(k, a, a1 + 2, b, b0, b1, c, c2, c2 + VECTOR);
    NarrowTiles.tile1And4x2(k, a, a1 + 7, a2, b, b0, b1, c, c3, c3 + VECTOR);
    NarrowTiles.tile4x2(k, a, a2 + 4, b, b0, b1, c, c4, c4 + VECTOR);
  }

  private static void block(
      int rows, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      int to = ci + row * LANES;
      NarrowTiles.tile4x2(k, a, ai + row, b, bi, bi + VECTOR, c, to, to + VECTOR);
    }
    for (; row < rows; row++) {
      int to = ci + row * LANES;
      NarrowTiles.tile1x2(k, a, ai + row, b, bi, bi + VECTOR, c, to, to + VECTOR);
    }
  }

  /** C (rows, 4 lanes) += A (rows, k) · B (k, 4 lanes). */
  private static void half(
      int rows, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    if (rows == 8) {
      HalfTiles.tile8(k, a, ai, b, bi, c, ci);
      return;
    }
    int row = 0;
    if (rows >= 4) {
      HalfTiles.tile4(k, a, ai, b, bi, c, ci);
      row = 4;
    }
    for (; row < rows; row++) {
      HalfTiles.tile1(k, a, ai + row, b, bi, c, ci + row * LANES);
    }
  }
}
