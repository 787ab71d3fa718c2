package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.math.Panels;

/** Cuts up to 8 rows of a product into register tiles, as many registers as the machine has. */
sealed interface TileRow permits WideTileRow, NarrowTileRow {
  /**
   * C_p (rows, 8) += A (rows, k) · B_p (k, 8) for some panels.
   *
   * @param a a packed block, from {@code ai}
   */
  void panels(
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
      int cStride);

  /**
   * W (rows, columns) += Σ_i D (rows, i) · X (columns, i) for up to 24 columns.
   *
   * @param columns 8, 16 or 24
   * @param d a packed block, from {@code di}
   * @param x packed blocks, from {@code xi}
   */
  void columns(
      int rows,
      int columns,
      int n,
      double[] d,
      int di,
      double[] x,
      int xi,
      double[] w,
      int wi,
      int wStride);
}
