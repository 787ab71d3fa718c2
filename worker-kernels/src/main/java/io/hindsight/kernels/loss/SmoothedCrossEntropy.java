package io.hindsight.kernels.loss;

import io.hindsight.kernels.network.OutputSpec;

/**
 * −Σ_c q_c log p_c with q = (1 − ε)·1{c = τ} + ε/C, as −log p_τ − ε/C·Σ_c (z_c − z_τ); dE/dz = p −
 * q.
 */
final class SmoothedCrossEntropy implements OutputLoss {
  private static final int LANES = LaneTargets.LANES;

  private final SoftmaxCrossEntropy plain;
  private final int outputs; // C
  private final double smoothing; // ε
  private final double share; // ε/C
  private final double[] beside = new double[LANES]; // Σ_c (z_c − z_τ)

  SmoothedCrossEntropy(SoftmaxCrossEntropy plain, OutputSpec output) {
    this.plain = plain;
    outputs = output.size();
    smoothing = output.options().labelSmoothing();
    share = smoothing / outputs;
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        double aim = z[from + targets.classOf(lane) * LANES + lane];
        beside[lane] = 0;
        for (int i = from + lane; i < from + outputs * LANES; i += LANES) {
          beside[lane] += z[i] - aim;
        }
      }
    }
    plain.forward(z, from, targets);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        double own = plain.surprise(lane) - share * beside[lane];
        loss[lossFrom + lane] += targets.weight(lane) * own;
      }
    }
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    targets.clearOthers(outputs, y, from);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        for (int i = from + lane; i < from + outputs * LANES; i += LANES) {
          y[i] -= share;
        }
        y[from + targets.classOf(lane) * LANES + lane] -= 1 - smoothing;
      }
    }
  }
}
