package io.hindsight.kernels.loss;

import io.hindsight.kernels.loss.element.ElementLoss;
import io.hindsight.kernels.network.OutputSpec;

/**
 * Mean over the E elements of a target of a loss of P raw values each: the outputs are the logits.
 * Elements that are missing are left out of the sum.
 */
final class ElementLosses implements OutputLoss {
  private static final int LANES = LaneTargets.LANES;

  private final int outputs; // E·P
  private final int elements; // E
  private final int stride; // of an element: P·8
  private final ElementLoss[] of; // (E)
  private final ElementWeights weights;

  ElementLosses(OutputSpec output) {
    outputs = output.logits();
    elements = output.size();
    stride = output.parameters() * LANES;
    of = new ElementLoss[elements];
    for (int e = 0; e < elements; e++) {
      of[e] = ElementLoss.of(output, e);
    }
    weights = new ElementWeights(output);
  }

  @Override
  public void forward(double[] z, int from, LaneTargets targets, double[] losses, int lossFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        losses[lossFrom + lane] += targets.weight(lane) * (sum(z, from, targets, lane) / elements);
      }
    }
  }

  private double sum(double[] z, int from, LaneTargets targets, int lane) {
    double sum = 0;
    for (int e = 0; e < elements; e++) {
      if (!weights.isMissing(targets, lane, e)) {
        int at = from + e * stride + lane;
        sum += weights.of(e) * of[e].forward(z, at, targets.element(lane, e, elements));
      }
    }
    return sum;
  }

  @Override
  public void backward(double[] z, int from, LaneTargets targets) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        backward(z, from + lane, targets, lane);
      }
    }
    targets.clearOthers(outputs, z, from);
  }

  private void backward(double[] z, int first, LaneTargets targets, int lane) {
    for (int e = 0; e < elements; e++) {
      int at = first + e * stride;
      if (weights.isMissing(targets, lane, e)) {
        for (int i = at; i < at + stride; i += LANES) {
          z[i] = 0;
        }
      } else {
        double target = targets.element(lane, e, elements);
        of[e].backward(z, at, target, weights.of(e) / elements);
      }
    }
  }
}
