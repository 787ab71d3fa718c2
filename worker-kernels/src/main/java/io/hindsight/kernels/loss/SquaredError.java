package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.LossOps;
import io.hindsight.kernels.math.VectorOps;

/** Mean over the O elements of (z − τ)²; dE/dz = 2(z − τ)/O. */
final class SquaredError implements OutputLoss {
  private final LossOps ops;
  private final ElementTargets elements;

  /** For O numbers. */
  SquaredError(int outputs, VectorOps ops) {
    this.ops = ops.losses();
    elements = new ElementTargets(outputs);
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    if (targets.hasAny()) {
      ops.squaredError(elements.outputs, z, from, elements.of(targets), elements.sum);
      elements.addMeans(targets, loss, lossFrom);
    }
    // The output is the logit.
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    ops.scaledError(elements.outputs, 2.0, y, from, elements.of(targets));
    targets.clearOthers(elements.outputs, y, from);
  }
}
