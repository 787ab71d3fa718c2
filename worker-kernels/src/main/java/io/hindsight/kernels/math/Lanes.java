package io.hindsight.kernels.math;

/** Passes over a lane block {@code (rows, 8)} that are plain additions and copies. */
public final class Lanes {
  private static final int LANES = 8;

  private Lanes() {}

  /** Σ of eight neighbours in the fixed order ((0+1)+(2+3))+((4+5)+(6+7)). */
  public static double sum(double[] a, int from) {
    return ((a[from] + a[from + 1]) + (a[from + 2] + a[from + 3]))
        + ((a[from + 4] + a[from + 5]) + (a[from + 6] + a[from + 7]));
  }

  /**
   * Sets every lane of row r to {@code rows[rowsFrom + r]}.
   *
   * @param rows (m), from {@code rowsFrom}
   * @param y (m, 8)
   */
  public static void broadcast(int m, double[] rows, int rowsFrom, double[] y, int yFrom) {
    for (int row = 0; row < m; row++) {
      double value = rows[rowsFrom + row];
      int first = yFrom + row * LANES;
      for (int i = first; i < first + LANES; i++) {
        y[i] = value;
      }
    }
  }

  /** Copies one lane of a block, {@code rows} rows. */
  public static void copyLane(
      int rows, int lane, double[] source, int sourceFrom, double[] target, int targetFrom) {
    for (int i = lane; i < rows * LANES; i += LANES) {
      target[targetFrom + i] = source[sourceFrom + i];
    }
  }
}
