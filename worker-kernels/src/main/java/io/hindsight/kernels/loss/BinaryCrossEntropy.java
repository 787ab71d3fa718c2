package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/**
 * Mean over the O labels of −τ log σ(z) − (1 − τ) log(1 − σ(z)), as softplus(z) − τz; dE/dz = (σ(z)
 * − τ)/O.
 */
final class BinaryCrossEntropy implements OutputLoss {
  private final VectorOps ops;
  private final ElementTargets elements;

  /** For O labels. */
  BinaryCrossEntropy(OutputSpec output, VectorOps ops) {
    this.ops = ops;
    elements = new ElementTargets(output, BinaryCrossEntropy::ofLabel);
  }

  private static double ofLabel(double z, double target) {
    return Math.fma(-target, z, ScalarMath.softplus(z));
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    if (targets.hasAny()) {
      ops.losses()
          .binaryCrossEntropy(elements.outputs, z, from, elements.of(targets), elements.sum);
      elements.addMeans(z, from, targets, loss, lossFrom);
    }
    ops.gates().sigmoid(elements.outputs * LaneTargets.LANES, z, from);
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    ops.losses().scaledError(elements.outputs, 1.0, y, from, elements.of(targets));
    elements.weigh(targets, y, from);
    targets.clearOthers(elements.outputs, y, from);
  }
}
