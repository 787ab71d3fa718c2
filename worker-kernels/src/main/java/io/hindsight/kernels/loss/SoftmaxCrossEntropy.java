package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.LossOps;
import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.VectorOps;

/**
 * −log p_τ with p = softmax(z), as log Σ e^(z−m) − (z_τ − m) with m = max z; dE/dz = p − 1{o = τ}.
 */
final class SoftmaxCrossEntropy implements OutputLoss {
  private static final int LANES = LaneTargets.LANES;

  private final int outputs; // O
  private final LossOps ops;
  private final double[] aim = new double[LANES]; // z_τ
  private final double[] max = new double[LANES]; // m
  private final double[] sum = new double[LANES]; // Σ e^(z−m)

  /** For O classes. */
  SoftmaxCrossEntropy(int outputs, VectorOps ops) {
    this.outputs = outputs;
    this.ops = ops.losses();
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    forward(z, from, targets);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        loss[lossFrom + lane] += targets.weight(lane) * surprise(lane);
      }
    }
  }

  /** Logits → probabilities in place, for {@link #surprise}. */
  void forward(double[] z, int from, LaneTargets targets) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        aim[lane] = z[from + targets.classOf(lane) * LANES + lane];
      }
    }
    ops.softmax(outputs, z, from, max, sum);
  }

  /** −log p_τ of a lane that has a target. */
  double surprise(int lane) {
    return ScalarMath.log(sum[lane]) - (aim[lane] - max[lane]);
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    targets.clearOthers(outputs, y, from);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        y[from + targets.classOf(lane) * LANES + lane] -= 1.0;
      }
    }
  }
}
