package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.Panels;

/** Tiles of {@link NarrowTiles}: a panel is one or two pairs of vectors. */
final class NarrowTileRow implements TileRow {
  private static final int LANES = 8;
  private static final int VECTOR = Species.LANES;
  private static final int PAIR = 2 * VECTOR;
  private static final int HALF = 4;

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
        half(rows, k, a, ai, b, bi, c, ci);
      } else {
        for (int lane = 0; lane < panels.lanes(i); lane += PAIR) {
          pair(rows, k, a, ai, b, bi + lane, c, ci + lane);
        }
      }
    }
  }

  private static void pair(
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
