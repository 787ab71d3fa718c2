package io.hindsight.kernels.math;

/**
 * The order of a packed matrix A (m, k): blocks of 8 rows, {@code (m/8, k, 8)}, the last one padded
 * with zeros. The 8 weights that meet one input row are then neighbours, as a register-blocked
 * product wants them.
 */
public final class Packing {
  /** Rows of a packed block. */
  public static final int ROWS = 8;

  private Packing() {}

  /** Doubles needed for a packed (m, k) matrix. */
  public static int size(int m, int k) {
    return Math.multiplyExact((m + ROWS - 1) / ROWS * ROWS, k);
  }

  /** Index of element (row, column) of a packed matrix with k columns. */
  public static int index(int row, int column, int k) {
    return row / ROWS * ROWS * k + column * ROWS + row % ROWS;
  }
}
