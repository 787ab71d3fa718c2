package io.hindsight.kernels.math;

/**
 * The order of packed data: blocks of 8 rows, {@code (m/8, k, 8)}, the rows of the last block that
 * the matrix does not have being padding.
 */
public final class Packing {
  /** Rows of a packed block. */
  public static final int ROWS = 8;

  private Packing() {}

  /** Doubles needed for a packed (m, k) matrix. */
  public static int size(int m, int k) {
    return Math.multiplyExact(paddedRows(m), k);
  }

  /** m rounded up to whole blocks. */
  public static int paddedRows(int m) {
    return (m + ROWS - 1) / ROWS * ROWS;
  }

  /** Index of element (row, column) of a packed matrix with k columns. */
  public static int index(int row, int column, int k) {
    return row / ROWS * ROWS * k + column * ROWS + row % ROWS;
  }

  /**
   * Packs a row-major matrix; padding is left alone.
   *
   * @param a (m, k), from {@code aFrom}
   * @param packed (m/8, k, 8)
   */
  static void pack(int m, int k, double[] a, int aFrom, double[] packed) {
    for (int row = 0; row < m; row++) {
      int to = index(row, 0, k);
      int from = aFrom + row * k;
      for (int column = 0; column < k; column++) {
        packed[to + column * ROWS] = a[from + column];
      }
    }
  }

  /**
   * Packs the transpose of a row-major matrix; padding is left alone.
   *
   * @param a (m, k), from {@code aFrom}
   * @param packed (k/8, m, 8)
   */
  static void packTransposed(int m, int k, double[] a, int aFrom, double[] packed) {
    for (int block = 0; block < k; block += ROWS) {
      int columns = Math.min(ROWS, k - block);
      for (int row = 0; row < m; row++) {
        int from = aFrom + row * k + block;
        System.arraycopy(a, from, packed, block * m + row * ROWS, columns);
      }
    }
  }
}
