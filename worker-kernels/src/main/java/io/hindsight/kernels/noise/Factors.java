package io.hindsight.kernels.noise;

import io.hindsight.kernels.math.Lanes;

/** Multiplies the units of a panel by one of two numbers, by whether noise strikes them. */
public final class Factors {
  private static final int LANES = Lanes.LANES;
  private static final int MASKS = 1 << LANES;

  private final double[] ofMask = new double[MASKS * LANES]; // (256, 8): of each byte of lanes

  /**
   * The two numbers.
   *
   * @param struck of a unit that is struck
   * @param other of any other
   */
  public Factors(double struck, double other) {
    for (int mask = 0; mask < MASKS; mask++) {
      for (int lane = 0; lane < LANES; lane++) {
        ofMask[mask * LANES + lane] = (mask >> lane & 1) == 1 ? struck : other;
      }
    }
  }

  /**
   * y = f∘x + (1 − f)∘y: takes x where the number is 1, and leaves y where it is 0.
   *
   * @param struck (rows) from {@code at} on
   */
  public void take(int rows, byte[] struck, int at, double[] x, int from, double[] y, int to) {
    for (int row = 0; row < rows; row++) {
      int f = (struck[at + row] & 0xFF) * LANES;
      int offset = row * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        double taken = ofMask[f + lane];
        y[to + offset + lane] =
            taken * x[from + offset + lane] + (1 - taken) * y[to + offset + lane];
      }
    }
  }

  /**
   * y = f∘x: the arrays may be the same.
   *
   * @param struck (rows) from {@code at} on: bit l of a unit's byte is lane l
   * @param x (rows, 8) from {@code from} on
   * @param y (rows, 8) from {@code to} on
   */
  public void multiply(int rows, byte[] struck, int at, double[] x, int from, double[] y, int to) {
    for (int row = 0; row < rows; row++) {
      int f = (struck[at + row] & 0xFF) * LANES;
      int offset = row * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        y[to + offset + lane] = x[from + offset + lane] * ofMask[f + lane];
      }
    }
  }
}
