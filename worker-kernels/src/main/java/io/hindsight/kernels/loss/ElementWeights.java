package io.hindsight.kernels.loss;

import io.hindsight.kernels.network.OutputSpec;

/** What the elements of targets count: 0 where one is missing, else 1 or as the loss is told. */
final class ElementWeights {
  private final int elements; // E; 0 for classes
  private final double[] weights; // (E), or null where all are 1

  ElementWeights(OutputSpec output) {
    elements = output.loss().targetsAreClasses() ? 0 : output.size();
    weights =
        output.options().elementWeights().isEmpty()
            ? null
            : output.options().elementWeights().stream().mapToDouble(w -> w).toArray();
  }

  /** E. */
  int elements() {
    return elements;
  }

  /** Whether a lane's target has all of its elements, each of weight 1. */
  boolean isWhole(LaneTargets targets, int lane) {
    if (weights != null) {
      return false;
    }
    for (int e = 0; e < elements; e++) {
      if (isMissing(targets, lane, e)) {
        return false;
      }
    }
    return true;
  }

  boolean isMissing(LaneTargets targets, int lane, int e) {
    return Double.isNaN(targets.element(lane, e, elements));
  }

  /** What an element counts that is there. */
  double of(int e) {
    return weights == null ? 1 : weights[e];
  }

  /**
   * What the loss of a lane's step counts: the weight of the step times the mean of those of its
   * elements.
   */
  double ofStep(LaneTargets targets, int lane) {
    if (!targets.has(lane)) {
      return 1;
    }
    if (elements == 0 || isWhole(targets, lane)) {
      return targets.weight(lane);
    }
    double sum = 0;
    for (int e = 0; e < elements; e++) {
      if (!isMissing(targets, lane, e)) {
        sum += of(e);
      }
    }
    return sum / elements * targets.weight(lane);
  }
}
