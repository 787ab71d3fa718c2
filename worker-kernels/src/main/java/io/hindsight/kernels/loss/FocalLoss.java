package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.special.LogOfSum;
import io.hindsight.kernels.network.OutputSpec;

/**
 * −(1 − p)^γ log p with p = p_τ (Lin et al., ICCV 2017), where 1 − p is the sum of the other
 * probabilities. With g = (1 − p)^γ (1 − γ p log p / (1 − p)): dE/dz = g·p_c, at τ g·(p − 1).
 */
final class FocalLoss implements OutputLoss {
  private static final int LANES = LaneTargets.LANES;

  private final SoftmaxCrossEntropy plain;
  private final int outputs; // C
  private final double gamma; // γ

  FocalLoss(SoftmaxCrossEntropy plain, OutputSpec output) {
    this.plain = plain;
    outputs = output.size();
    gamma = output.options().focalGamma();
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    plain.forward(z, from, targets);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        double focus = power(others(z, from + lane, targets.classOf(lane)));
        loss[lossFrom + lane] += targets.weight(lane) * (focus * plain.surprise(lane));
      }
    }
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    targets.clearOthers(outputs, y, from);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        backward(y, from + lane, targets.classOf(lane));
      }
    }
  }

  private void backward(double[] y, int first, int aim) {
    double p = y[first + aim * LANES];
    double others = others(y, first, aim);
    double surprise = others < 0.5 ? -LogOfSum.log1p(-others) : -ScalarMath.log(p);
    double ratio = others > 0 ? surprise / others : 1;
    double slope = power(others) * (1 + gamma * p * ratio);
    for (int i = first; i < first + outputs * LANES; i += LANES) {
      y[i] *= slope;
    }
    y[first + aim * LANES] = -slope * others;
  }

  /** 1 − p. */
  private double others(double[] y, int first, int aim) {
    double sum = 0;
    for (int c = 0; c < outputs; c++) {
      sum += c == aim ? 0 : y[first + c * LANES];
    }
    return sum;
  }

  /** x^γ; NaN stays NaN. */
  private double power(double x) {
    return x == 0 ? 0 : ScalarMath.exp(gamma * ScalarMath.log(x));
  }
}
