package io.hindsight.kernels.math.simd;

/** Transposes blocks of 8 by 8. */
final class Transposition {
  private Transposition() {}

  /** t (8, 8) = sᵀ, both row-major. */
  static void eightByEight(double[] s, int si, double[] t, int ti) {
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
