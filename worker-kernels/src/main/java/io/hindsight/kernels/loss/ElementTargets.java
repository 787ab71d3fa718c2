package io.hindsight.kernels.loss;

/** Scratch of a loss that is a mean over O elements: the targets of a block, lanes side by side. */
final class ElementTargets {
  private static final int LANES = LaneTargets.LANES;

  final int outputs; // O
  final double[] sum = new double[LANES]; // Σ over o
  private final double[] values; // (O, 8)

  /** For targets of O numbers. */
  ElementTargets(int outputs) {
    this.outputs = outputs;
    values = new double[Math.multiplyExact(outputs, LANES)];
  }

  /** The targets (O, 8), until the next call; any numbers where a lane has none. */
  double[] of(LaneTargets targets) {
    targets.copy(outputs, values);
    return values;
  }

  /** Adds sum/O to the losses of the lanes that have targets. */
  void addMeans(LaneTargets targets, double[] loss, int lossFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      if (targets.has(lane)) {
        loss[lossFrom + lane] += sum[lane] / outputs;
      }
    }
  }
}
