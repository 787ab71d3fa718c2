package io.hindsight.kernels.plain;

import java.util.Arrays;

/**
 * How strongly the loss of one target depends on the hidden state of a layer k steps before it: the
 * norm of dE_t/dh_{t−k}, relative to that at lag 0 and averaged over windows.
 *
 * <p>A window that is too short for a lag has no part in either of the two means that are divided.
 */
public final class LagGradients {
  private double[] sums = {}; // (lags), norms of the windows that have the lag
  private double[] bases = {}; // (lags), their norms at lag 0

  LagGradients() {}

  /** Takes in a window's norms by lag; one without a gradient at lag 0 tells nothing. */
  void add(double[] norms) {
    if (norms[0] == 0) {
      return;
    }
    if (norms.length > sums.length) {
      sums = Arrays.copyOf(sums, norms.length);
      bases = Arrays.copyOf(bases, norms.length);
    }
    for (int lag = 0; lag < norms.length; lag++) {
      sums[lag] += norms[lag];
      bases[lag] += norms[0];
    }
  }

  /** Lags that are known, from 0 on; 0 if no window had a gradient. */
  public int lags() {
    return sums.length;
  }

  /**
   * The gradient at a lag as a multiple of that at lag 0.
   *
   * @param lag in [0, {@link #lags})
   */
  public double relative(int lag) {
    return sums[lag] / bases[lag];
  }

  /** The furthest lag at which it is at least this share of that at lag 0. */
  public int reach(double share) {
    int lag = sums.length - 1;
    while (lag > 0 && relative(lag) < share) {
      lag--;
    }
    return Math.max(0, lag);
  }

  /** The largest multiple of any lag; NaN if one is not a number, 0 if no lag is known. */
  public double largest() {
    double largest = 0;
    for (int lag = 0; lag < sums.length; lag++) {
      largest = Math.max(largest, relative(lag));
    }
    return largest;
  }
}
