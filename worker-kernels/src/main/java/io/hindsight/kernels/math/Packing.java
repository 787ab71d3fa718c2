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

  /**
   * Packs a row-major matrix.
   *
   * @param a (m, k), from {@code aFrom}
   * @return packed (m, k)
   */
  public static double[] pack(int m, int k, double[] a, int aFrom) {
    double[] packed = new double[size(m, k)];
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < k; column++) {
        packed[index(row, column, k)] = a[aFrom + row * k + column];
      }
    }
    return packed;
  }

  /**
   * Packs the transpose of a row-major matrix.
   *
   * @param a (m, k), from {@code aFrom}
   * @return packed (k, m)
   */
  public static double[] packTransposed(int m, int k, double[] a, int aFrom) {
    double[] packed = new double[size(k, m)];
    for (int row = 0; row < m; row++) {
      for (int column = 0; column < k; column++) {
        packed[index(column, row, m)] = a[aFrom + row * k + column];
      }
    }
    return packed;
  }
}
