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

  /**
   * The first row of one of {@code parts} nearly equal shares of m rows, in whole blocks; of the
   * share behind the last it is m.
   */
  public static int cut(int m, int part, int parts) {
    int blocks = paddedRows(m) / ROWS;
    return Math.min(m, (int) ((long) blocks * part / parts) * ROWS);
  }

  /** Index of element (row, column) of a packed matrix with k columns. */
  public static int index(int row, int column, int k) {
    return row / ROWS * ROWS * k + column * ROWS + row % ROWS;
  }

  /**
   * Packs a row-major matrix as a part of a larger one; the rest, and padding, are left alone.
   *
   * @param first row of the packed matrix that the first row becomes
   * @param column column of the packed matrix that the first column becomes
   * @param k columns of the packed matrix
   * @param a (count, n), from {@code aFrom}
   * @param packed (m/8, k, 8)
   */
  static void pack(
      int first, int column, int count, int n, int k, double[] a, int aFrom, double[] packed) {
    int end = first + count;
    for (int row = first; row < end; ) {
      int from = aFrom + (row - first) * n;
      int to = index(row, column, k);
      if (row % ROWS == 0 && end - row >= ROWS) {
        packBlock(n, a, from, packed, to);
        row += ROWS;
      } else {
        packRow(n, a, from, packed, to);
        row++;
      }
    }
  }

  private static void packRow(int k, double[] a, int from, double[] packed, int to) {
    for (int column = 0; column < k; column++) {
      packed[to + column * ROWS] = a[from + column];
    }
  }

  /** Eight rows at once, so that what is written is contiguous. */
  private static void packBlock(int k, double[] a, int from, double[] packed, int to) {
    for (int column = 0; column < k; column++) {
      int x = from + column;
      int y = to + (column << 3);
      packed[y] = a[x];
      packed[y + 1] = a[x + k];
      packed[y + 2] = a[x + 2 * k];
      packed[y + 3] = a[x + 3 * k];
      packed[y + 4] = a[x + 4 * k];
      packed[y + 5] = a[x + 5 * k];
      packed[y + 6] = a[x + 6 * k];
      packed[y + 7] = a[x + 7 * k];
    }
  }

  /**
   * Packs rows of a row-major matrix as columns; the others, and padding, are left alone.
   *
   * <p>Eight rows at a time, so that both what is read and what is written stays in the first cache
   * until the lines are complete.
   *
   * @param first column of the packed matrix that the first of them becomes
   * @param m rows of the packed matrix
   * @param k columns of the packed matrix
   * @param a (count, m), from {@code aFrom}
   * @param packed (m/8, k, 8)
   */
  static void packTransposed(
      int first, int count, int m, int k, double[] a, int aFrom, double[] packed) {
    for (int tile = 0; tile < count; tile += ROWS) {
      int rows = Math.min(ROWS, count - tile);
      int from = aFrom + tile * m;
      int to = (first + tile) * ROWS;
      int block = 0;
      for (; block + ROWS <= m; block += ROWS) {
        copyEights(rows, a, from + block, m, packed, to + block * k);
      }
      for (int row = 0; row < rows && block < m; row++) {
        int x = from + row * m + block;
        System.arraycopy(a, x, packed, to + block * k + row * ROWS, m - block);
      }
    }
  }

  private static void copyEights(
      int rows, double[] a, int from, int stride, double[] packed, int to) {
    for (int row = 0; row < rows; row++) {
      int x = from + row * stride;
      int y = to + (row << 3);
      packed[y] = a[x];
      packed[y + 1] = a[x + 1];
      packed[y + 2] = a[x + 2];
      packed[y + 3] = a[x + 3];
      packed[y + 4] = a[x + 4];
      packed[y + 5] = a[x + 5];
      packed[y + 6] = a[x + 6];
      packed[y + 7] = a[x + 7];
    }
  }
}
