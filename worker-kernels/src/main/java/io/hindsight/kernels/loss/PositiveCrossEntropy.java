package io.hindsight.kernels.loss;

import io.hindsight.kernels.math.ScalarMath;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/**
 * Mean over the O labels of −w τ log σ(z) − (1 − τ) log(1 − σ(z)), where w is the weight of the
 * label's positives, as w τ softplus(−z) + (1 − τ) softplus(z); dE/dz = ((1 − τ) σ(z) − w τ (1 −
 * σ(z)))/O. This is {@code pos_weight} of PyTorch's {@code BCEWithLogitsLoss}.
 */
final class PositiveCrossEntropy implements OutputLoss {
  private static final int LANES = LaneTargets.LANES;

  private final VectorOps ops;
  private final ElementWeights weights;
  private final double[] positive; // w (O)

  PositiveCrossEntropy(OutputSpec output, VectorOps ops) {
    this.ops = ops;
    weights = new ElementWeights(output);
    positive = output.options().positiveWeights().stream().mapToDouble(w -> w).toArray();
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] loss, int lossFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        double own = ofLane(z, from + lane, targets, lane);
        loss[lossFrom + lane] += targets.weight(lane) * (own / positive.length);
      }
    }
    ops.gates().sigmoid(positive.length * LANES, z, from);
  }

  private double ofLane(double[] z, int first, LaneTargets targets, int lane) {
    double sum = 0;
    for (int o = 0; o < positive.length; o++) {
      if (!weights.isMissing(targets, lane, o)) {
        double logit = z[first + o * LANES];
        double target = targets.element(lane, o, positive.length);
        double there = positive[o] * target * ScalarMath.softplus(-logit);
        sum += weights.of(o) * Math.fma(1 - target, ScalarMath.softplus(logit), there);
      }
    }
    return sum;
  }

  @Override
  public void backward(double[] y, int from, LaneTargets targets) {
    targets.clearOthers(positive.length, y, from);
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        backward(y, from + lane, targets, lane);
      }
    }
  }

  private void backward(double[] y, int first, LaneTargets targets, int lane) {
    for (int o = 0; o < positive.length; o++) {
      int i = first + o * LANES;
      if (weights.isMissing(targets, lane, o)) {
        y[i] = 0;
      } else {
        double target = targets.element(lane, o, positive.length);
        double slope = (1 - target) * y[i] - positive[o] * target * (1 - y[i]);
        y[i] = weights.of(o) * slope / positive.length;
      }
    }
  }
}
