package io.hindsight.kernels.loss;

import io.hindsight.kernels.network.OutputSpec;
import java.util.function.DoubleBinaryOperator;

/**
 * Scratch of a loss that is a mean over E elements of one output each: the targets of a block,
 * lanes side by side. Lanes whose elements are not all there, or count differently, are summed one
 * by one.
 */
final class ElementTargets {
  private static final int LANES = LaneTargets.LANES;

  final int outputs; // E
  final double[] sum = new double[LANES]; // Σ over e
  private final double[] values; // (E, 8)
  private final ElementWeights weights;
  private final DoubleBinaryOperator loss; // (z, τ) → l

  /**
   * For targets of E numbers.
   *
   * @param loss of one element, from its output and its target
   */
  ElementTargets(OutputSpec output, DoubleBinaryOperator loss) {
    outputs = output.size();
    values = new double[Math.multiplyExact(outputs, LANES)];
    weights = new ElementWeights(output);
    this.loss = loss;
  }

  /** The targets (E, 8), until the next call; any numbers where a lane has none. */
  double[] of(LaneTargets targets) {
    targets.copy(outputs, values);
    return values;
  }

  /**
   * Adds the mean, which is sum/E if all elements count 1, to the losses of the lanes that have
   * targets.
   *
   * @param z (E, 8), from {@code from}
   */
  void addMeans(double[] z, int from, LaneTargets targets, double[] losses, int lossFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        double all =
            weights.isWhole(targets, lane) ? sum[lane] : weighted(z, from + lane, targets, lane);
        losses[lossFrom + lane] += targets.weight(lane) * (all / outputs);
      }
    }
  }

  private double weighted(double[] z, int first, LaneTargets targets, int lane) {
    double all = 0;
    for (int e = 0; e < outputs; e++) {
      if (!weights.isMissing(targets, lane, e)) {
        double target = targets.element(lane, e, outputs);
        all += weights.of(e) * loss.applyAsDouble(z[first + e * LANES], target);
      }
    }
    return all;
  }

  /**
   * Weighs derivatives by elements: 0 where one is missing.
   *
   * @param d (E, 8), from {@code from}
   */
  void weigh(LaneTargets targets, double[] d, int from) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane) && !weights.isWhole(targets, lane)) {
        for (int e = 0; e < outputs; e++) {
          int i = from + e * LANES + lane;
          d[i] = weights.isMissing(targets, lane, e) ? 0 : weights.of(e) * d[i];
        }
      }
    }
  }
}
