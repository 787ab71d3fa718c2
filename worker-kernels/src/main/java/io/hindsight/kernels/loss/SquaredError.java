package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.LossOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/** Mean over the O elements of (z − τ)²; dE/dz = 2(z − τ)/O. */
final class SquaredError implements OutputLoss {
  private final LossOps ops;
  private final ElementTargets elements;

  /** For O numbers. */
  SquaredError(OutputSpec output, VectorOps ops) {
    this.ops = ops.losses();
    elements = new ElementTargets(output, (z, target) -> (z - target) * (z - target));
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    if (targets.hasAny()) {
      ops.squaredError(elements.outputs, z, from, elements.of(targets), elements.sum);
      elements.addMeans(z, from, targets, loss, lossFrom);
    }
    // The output is the logit.
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    ops.scaledError(elements.outputs, 2.0, y, from, elements.of(targets));
    elements.weigh(targets, y, from);
    targets.clearOthers(elements.outputs, y, from);
  }
}
