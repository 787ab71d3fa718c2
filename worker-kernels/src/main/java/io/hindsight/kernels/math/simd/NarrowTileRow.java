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
      eight(rows, k, a, ai, b, bi, c, ci);
    }
  }

  /** Eight neighbours of each row. */
  private static void eight(
      int rows, int k, double[] a, int ai, double[] b, int bi, double[] c, int ci) {
    for (int lane = 0; lane < LANES; lane += PAIR) {
      pair(rows, k, a, ai, b, bi + lane, c, ci + lane);
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
}
