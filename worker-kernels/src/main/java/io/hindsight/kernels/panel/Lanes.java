package io.hindsight.kernels.panel;

/** Passes over a lane block {@code (rows, 8)} that are plain additions and copies. */
public final class Lanes {
  /** Lanes of a block: a constant of the format, on every machine. */
  public static final int LANES = 8;

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

  /**
   * Fills a panel with lanes of other panels: row r of lane l = {@code source[from[l] + 8·r]}.
   *
   * @param from (8)
   * @param z another array, (rows, 8) from {@code to}
   */
  public static void gather(int rows, double[] source, int[] from, double[] z, int to) {
    int f0 = from[0];
    int f1 = from[1];
    int f2 = from[2];
    int f3 = from[3];
    int f4 = from[4];
    int f5 = from[5];
    int f6 = from[6];
    int f7 = from[7];
    for (int i = 0; i < rows * LANES; i += LANES) {
      z[to + i] = source[f0 + i];
      z[to + i + 1] = source[f1 + i];
      z[to + i + 2] = source[f2 + i];
      z[to + i + 3] = source[f3 + i];
      z[to + i + 4] = source[f4 + i];
      z[to + i + 5] = source[f5 + i];
      z[to + i + 6] = source[f6 + i];
      z[to + i + 7] = source[f7 + i];
    }
  }

  /**
   * Fills a panel from a piece of memory for each lane: z (rows, 8), row r of lane l = {@code
   * sources[l][from[l] + r]}. A row is written at a time: its 8 stores meet in one piece of cache.
   *
   * @param sources (8), none of them z
   * @param from (8)
   * @param z from {@code to}
   */
  public static void gather(int rows, double[][] sources, int[] from, double[] z, int to) {
    double[] s0 = sources[0];
    double[] s1 = sources[1];
    double[] s2 = sources[2];
    double[] s3 = sources[3];
    double[] s4 = sources[4];
    double[] s5 = sources[5];
    double[] s6 = sources[6];
    double[] s7 = sources[7];
    int f0 = from[0];
    int f1 = from[1];
    int f2 = from[2];
    int f3 = from[3];
    int f4 = from[4];
    int f5 = from[5];
    int f6 = from[6];
    int f7 = from[7];
    for (int row = 0; row < rows; row++) {
      int y = to + (row << 3);
      double e0 = s0[f0 + row];
      double e1 = s1[f1 + row];
      double e2 = s2[f2 + row];
      double e3 = s3[f3 + row];
      double e4 = s4[f4 + row];
      double e5 = s5[f5 + row];
      double e6 = s6[f6 + row];
      double e7 = s7[f7 + row];
      z[y] = e0;
      z[y + 1] = e1;
      z[y + 2] = e2;
      z[y + 3] = e3;
      z[y + 4] = e4;
      z[y + 5] = e5;
      z[y + 6] = e6;
      z[y + 7] = e7;
    }
  }
}
