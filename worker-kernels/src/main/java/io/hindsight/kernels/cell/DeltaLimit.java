package io.hindsight.kernels.cell;

import io.hindsight.kernels.panel.Lanes;
import java.util.Arrays;

/**
 * Limits dE/dh_t of each lane: {@code dh_t ← dh_t · c/‖dh_t‖₂} where ‖dh_t‖₂ > c.
 *
 * <p>A lane's squares are added in the order of its units, so its bits depend on nothing else. A
 * norm that is NaN or infinite leaves its lane as it is, to be seen where gradients are checked.
 */
public final class DeltaLimit {
  private static final int LANES = Lanes.LANES;

  /** Above this sum of squares, the sum is about to overflow. */
  private static final double LARGEST_SUM = 0x1p1000;

  private final double[] sums = new double[LANES];
  private final double[] factors = new double[LANES];

  /**
   * Limits a panel.
   *
   * @param c above 0
   * @param dh panels of (H, 8)
   * @param from where the panel starts
   * @param size H·8
   */
  public void apply(double c, double[] dh, int from, int size) {
    addSquares(dh, from, size);
    boolean any = false;
    for (int lane = 0; lane < LANES; lane++) {
      double norm =
          sums[lane] <= LARGEST_SUM
              ? Math.sqrt(sums[lane])
              : normOfLarge(dh, from + lane, from + size);
      boolean limited = norm > c && norm < Double.POSITIVE_INFINITY;
      factors[lane] = limited ? c / norm : 1;
      any |= limited;
    }
    if (any) {
      scale(dh, from, size);
    }
  }

  private void addSquares(double[] dh, int from, int size) {
    Arrays.fill(sums, 0);
    for (int i = from; i < from + size; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] += dh[i + lane] * dh[i + lane];
      }
    }
  }

  private void scale(double[] dh, int from, int size) {
    for (int i = from; i < from + size; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        dh[i + lane] *= factors[lane];
      }
    }
  }

  /** The norm of one lane without overflow on the way: its elements are divided by a power of 2. */
  private static double normOfLarge(double[] dh, int from, int end) {
    double largest = 0;
    for (int i = from; i < end; i += LANES) {
      largest = Math.max(largest, Math.abs(dh[i]));
    }
    if (!Double.isFinite(largest)) {
      return largest;
    }
    int exponent = Math.getExponent(largest);
    double factor = Math.scalb(1.0, -exponent);
    double sum = 0;
    for (int i = from; i < end; i += LANES) {
      sum += (dh[i] * factor) * (dh[i] * factor);
    }
    return Math.scalb(Math.sqrt(sum), exponent);
  }
}
