package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.network.OutputSpec;

/**
 * −log p_y of the class y of an order of K, with θ₀ = z₀, θ_k = θ_{k−1} − softplus(z_k) and P(y >
 * k) = σ(θ_k).
 *
 * <p>σ(a) − σ(b) = σ(a) σ(−b) (1 − e^{b−a}), and 1 − e^{−softplus(z)} = σ(z), so that p_k =
 * σ(θ_{k−1}) σ(−θ_k) σ(z_k), without the first factor at the lowest class, without the others at
 * the highest: nothing cancels. The outputs are the logits.
 */
final class CumulativeLogits implements OutputLoss {
  private static final int LANES = LaneTargets.LANES;

  private final int logits; // K − 1

  CumulativeLogits(OutputSpec output) {
    logits = output.logits();
  }

  /**
   * Replaces the logits of a step by the probabilities of all classes.
   *
   * @param z K − 1 logits, then room for one more, from {@code from}
   */
  static void answer(double[] z, int from, int classes) {
    double threshold = z[from];
    double above = ScalarMath.sigmoid(threshold); // P(y ≥ k)
    z[from] = ScalarMath.sigmoid(-threshold);
    for (int k = 1; k < classes - 1; k++) {
      double gap = z[from + k];
      threshold -= ScalarMath.softplus(gap);
      z[from + k] = above * ScalarMath.sigmoid(-threshold) * ScalarMath.sigmoid(gap);
      above = ScalarMath.sigmoid(threshold);
    }
    z[from + classes - 1] = above;
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        double own = forward(z, from + lane, targets.classOf(lane));
        loss[lossFrom + lane] += targets.weight(lane) * own;
      }
    }
  }

  private double forward(double[] z, int first, int aim) {
    if (aim == 0) {
      return ScalarMath.softplus(z[first]);
    }
    double lower = threshold(z, first, aim - 1);
    double loss = ScalarMath.softplus(-lower);
    if (aim == logits) {
      return loss;
    }
    double gap = z[first + aim * LANES];
    return loss + ScalarMath.softplus(lower - ScalarMath.softplus(gap)) + ScalarMath.softplus(-gap);
  }

  @Override
  public void backward(double[] z, int from, LaneTargets targets) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        backward(z, from + lane, targets.classOf(lane));
      }
    }
    targets.clearOthers(logits, z, from);
  }

  /** dE/dz_j = −σ(z_j)·Σ dE/dθ_k over k ≥ j, and of the gap at y also −σ(−z_y). */
  private void backward(double[] z, int first, int aim) {
    double lower = aim == 0 ? 0 : threshold(z, first, aim - 1);
    double dLower = aim == 0 ? 0 : -ScalarMath.sigmoid(-lower);
    double dUpper = 0;
    if (aim == 0) {
      dUpper = ScalarMath.sigmoid(z[first]);
    } else if (aim < logits) {
      double gap = z[first + aim * LANES];
      dUpper = ScalarMath.sigmoid(lower - ScalarMath.softplus(gap));
      z[first + aim * LANES] = -ScalarMath.sigmoid(gap) * dUpper - ScalarMath.sigmoid(-gap);
    }
    for (int j = 1; j < aim; j++) {
      int at = first + j * LANES;
      z[at] = -ScalarMath.sigmoid(z[at]) * (dLower + dUpper);
    }
    for (int j = aim + 1; j < logits; j++) {
      z[first + j * LANES] = 0;
    }
    z[first] = dLower + dUpper;
  }

  /** θ_k. */
  private static double threshold(double[] z, int first, int k) {
    double threshold = z[first];
    for (int j = 1; j <= k; j++) {
      threshold -= ScalarMath.softplus(z[first + j * LANES]);
    }
    return threshold;
  }
}
