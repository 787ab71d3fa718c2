package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.math.ScalarMath;
import java.util.Arrays;

/**
 * The paths of one lane's outputs through its string of U labels, with blanks around and between
 * them: S = 2U + 1 states, of which those with an even number are blanks.
 *
 * <p>All in logarithms, −∞ for impossible: {@code α_t(s) = log Σ(α_{t−1}(s), α_{t−1}(s−1),
 * α_{t−1}(s−2)) + log y_t(s)}, the last where state s is a label other than that of s − 2; {@code
 * β_t(s) = log Σ} of the same steps forward, {@code β_{t+1}(s') + log y_{t+1}(s')}. With {@code log
 * p} of all paths, state s has at step t the part {@code γ_t(s) = e^(α + β − log p)} of them, and
 * {@code dE/dz_t(o) = y_t(o) − Σ γ_t(s)} over the states whose output is o.
 */
final class CtcLattice {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private final int blank;
  private int[] labels = {}; // (U)
  private double[] logs = {}; // (n, U+1): log y of the blank, then of each label
  private double[] alpha = {}; // (n, S)
  private double[] beta = {}; // (S), of the step that is looked at
  private double[] next = {}; // (S), β + log y of the step after it
  private int length; // U
  private int states; // S
  private int steps; // n

  CtcLattice(int blank) {
    this.blank = blank;
  }

  /**
   * Sums over all paths.
   *
   * @param y outputs: that of o at the window's step t is {@code y[from + t·perStep + o·perOutput]}
   * @return −log p
   */
  double loss(Window window, double[] y, int from, int perStep, int perOutput) {
    reserve(window);
    for (int t = 0; t < steps; t++) {
      int row = from + (window.scoredFrom() + t) * perStep;
      logs[t * (length + 1)] = ScalarMath.log(y[row + blank * perOutput]);
      for (int u = 0; u < length; u++) {
        logs[t * (length + 1) + u + 1] = ScalarMath.log(y[row + labels[u] * perOutput]);
      }
    }
    Arrays.fill(alpha, 0, states, NEVER);
    alpha[0] = log(0, 0);
    if (length > 0) {
      alpha[1] = log(0, 1);
    }
    for (int t = 1; t < steps; t++) {
      forward(t);
    }
    return -logOfAll();
  }

  private void reserve(Window window) {
    length = LabelString.length(window);
    states = 2 * length + 1;
    steps = window.steps() - window.scoredFrom();
    if (labels.length < length) {
      labels = new int[length];
    }
    if (beta.length < states) {
      beta = new double[states];
      next = new double[states];
    }
    if (logs.length < steps * (length + 1) || alpha.length < steps * states) {
      logs = new double[Math.multiplyExact(steps, length + 1)];
      alpha = new double[Math.multiplyExact(steps, states)];
    }
    LabelString.copy(window, labels);
  }

  private void forward(int t) {
    int before = (t - 1) * states;
    for (int s = 0; s < states; s++) {
      double stay = alpha[before + s];
      double step = s > 0 ? alpha[before + s - 1] : NEVER;
      double skip = skips(s) ? alpha[before + s - 2] : NEVER;
      alpha[t * states + s] = logSum(stay, step, skip) + log(t, s);
    }
  }

  /** Whether a path may come to a state from two before it, past a blank. */
  private boolean skips(int s) {
    return s % 2 == 1 && s > 1 && labels[s / 2] != labels[s / 2 - 1];
  }

  /** log y of a state. */
  private double log(int t, int s) {
    return logs[t * (length + 1) + (s % 2 == 0 ? 0 : s / 2 + 1)];
  }

  private double logOfAll() {
    int last = steps * states - 1;
    return logSum(alpha[last], length > 0 ? alpha[last - 1] : NEVER, NEVER);
  }

  /**
   * Of the last {@link #loss}: y → dE/dz, in place and with the same places.
   *
   * <p>Steps descending, the states of a step ascending.
   */
  void backward(Window window, double[] y, int from, int perStep, int perOutput) {
    double all = logOfAll();
    for (int t = steps - 1; t >= 0; t--) {
      backward(t);
      int row = from + (window.scoredFrom() + t) * perStep;
      for (int s = 0; s < states; s++) {
        double share = alpha[t * states + s] + beta[s] - all;
        if (share > -ScalarMath.EXP_LIMIT) {
          int output = s % 2 == 0 ? blank : labels[s / 2];
          y[row + output * perOutput] -= ScalarMath.exp(share);
        }
        next[s] = beta[s] + log(t, s);
      }
    }
  }

  /** β of a step, from that of the next. */
  private void backward(int t) {
    if (t == steps - 1) {
      Arrays.fill(beta, 0, states, NEVER);
      beta[states - 1] = 0;
      beta[Math.max(0, states - 2)] = 0;
      return;
    }
    for (int s = 0; s < states; s++) {
      double step = s + 1 < states ? next[s + 1] : NEVER;
      double skip = s + 2 < states && skips(s + 2) ? next[s + 2] : NEVER;
      beta[s] = logSum(next[s], step, skip);
    }
  }

  /** log(e^a + e^b + e^c). */
  private static double logSum(double a, double b, double c) {
    double max = Math.max(a, Math.max(b, c));
    if (max == NEVER) {
      return NEVER;
    }
    double sum = ScalarMath.exp(a - max) + ScalarMath.exp(b - max) + ScalarMath.exp(c - max);
    return max + ScalarMath.log(sum);
  }

  /** Bytes held. */
  long bytes() {
    long doubles = (long) logs.length + alpha.length + beta.length + next.length;
    return Double.BYTES * doubles + (long) Integer.BYTES * labels.length;
  }
}
