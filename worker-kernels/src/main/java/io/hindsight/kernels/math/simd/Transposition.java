package io.hindsight.kernels.math.simd;

/** Transposes blocks of 8 by 8. */
final class Transposition {
  private Transposition() {}

  /**
   * T_b (8, 8) = S_bᵀ for blocks that follow each other, both row-major.
   *
   * @param s block b from {@code sFrom + 64·b}
   * @param t block b from {@code tFrom + tStep·b}
   */
  static void blocks(int count, double[] s, int sFrom, double[] t, int tFrom, int tStep) {
    if (Species.LANES == 8) {
      WideTransposition.blocks(count, s, sFrom, t, tFrom, tStep);
    } else if (Species.LANES == 4) {
      NarrowTransposition.blocks(count, s, sFrom, t, tFrom, tStep);
    } else {
      for (int block = 0; block < count; block++) {
        eightByEight(s, sFrom + block * 64, t, tFrom + block * tStep);
      }
    }
  }

  /** t (8·count, 8): lane l is 8·count elements of {@code sources[l]} from {@code from[l]}. */
  static void gather(int count, double[][] sources, int[] from, double[] t, int tFrom) {
    if (Species.LANES == 8) {
      WideTransposition.gather(count, sources, from, t, tFrom);
    } else if (Species.LANES == 4) {
      NarrowTransposition.gather(count, sources, from, t, tFrom);
    } else {
      gatherRows(0, 8 * count, sources, from, t, tFrom);
    }
  }

  /** Rows [row, end) of {@link #gather}, one by one. */
  static void gatherRows(int row, int end, double[][] sources, int[] from, double[] t, int tFrom) {
    for (int lane = 0; lane < 8; lane++) {
      double[] s = sources[lane];
      int si = from[lane];
      for (int i = row; i < end; i++) {
        t[tFrom + (i << 3) + lane] = s[si + i];
      }
    }
  }

  private static void eightByEight(double[] s, int si, double[] t, int ti) {
    for (int i = 0; i < 8; i++) {
      int x = si + i;
      int y = ti + (i << 3);
      double e0 = s[x];
      double e1 = s[x + 8];
      double e2 = s[x + 16];
      double e3 = s[x + 24];
      double e4 = s[x + 32];
      double e5 = s[x + 40];
      double e6 = s[x + 48];
      double e7 = s[x + 56];
      t[y] = e0;
      t[y + 1] = e1;
      t[y + 2] = e2;
      t[y + 3] = e3;
      t[y + 4] = e4;
      t[y + 5] = e5;
      t[y + 6] = e6;
      t[y + 7] = e7;
    }
  }
}
