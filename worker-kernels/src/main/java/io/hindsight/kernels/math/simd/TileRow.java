package io.hindsight.kernels.math.simd;

import io.hindsight.kernels.panel.Panels;

/** Cuts some rows of a product into register tiles, as many registers as the machine has. */
sealed interface TileRow permits WideTileRow, NarrowTileRow {
  /** Rows to give at a time, a multiple of 8; at the end of a matrix there may be fewer. */
  int rows();

  /**
   * C_p (rows, 8) = start (rows) + A (rows, k) · B_p (k, 8) for some panels.
   *
   * @param start from {@code si}
   * @param a packed blocks, from {@code ai}
   */
  void affine(
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
      int cStride);

  /**
   * C_p (rows, 8) += A (rows, k) · B_p (k, 8) for some panels.
   *
   * @param a packed blocks, from {@code ai}
   */
  void product(
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
}
