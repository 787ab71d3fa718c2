package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.Panels;

/** Tiles of {@link NarrowTiles}: a panel or 8 columns are one or two pairs of vectors. */
final class NarrowTileRow implements TileRow {
  private static final int LANES = 8;
  private static final int VECTOR = Species.LANES;
  private static final int PAIR = 2 * VECTOR;

  @Override
  public void panels(
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
      eight(rows, k, a, ai, b, bi, c, ci, LANES);
    }
  }

  @Override
  public void columns(
      int rows,
      int columns,
      int n,
      double[] d,
      int di,
      double[] x,
      int xi,
      double[] w,
      int wi,
      int wStride) {
    for (int column = 0; column < columns; column += LANES) {
      eight(rows, n, d, di, x, xi + column * n, w, wi + column, wStride);
    }
  }

  /** Eight neighbours of each row. */
  private static void eight(
      int rows, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci, int stride) {
    for (int lane = 0; lane < LANES; lane += PAIR) {
      pair(rows, k, a, ai, b, bi + lane, c, ci + lane, stride);
    }
  }

  private static void pair(
      int rows, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci, int stride) {
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      int to = ci + row * stride;
      NarrowTiles.tile4x2(k, a, ai + row, b, bi, bi + VECTOR, c, to, to + VECTOR, stride);
    }
    for (; row < rows; row++) {
      int to = ci + row * stride;
      NarrowTiles.tile1x2(k, a, ai + row, b, bi, bi + VECTOR, c, to, to + VECTOR, stride);
    }
  }
}
