package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.LossOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/**
 * Connectionist temporal classification: −log p of each lane's string of labels, by {@link
 * CtcLattice}. A lane counts as one target, if any of its steps is scored.
 */
final class CtcLoss implements WindowLoss {
  private static final int LANES = SequenceBatch.LANES;

  private final int outputs; // O
  private final LossOps ops;
  private final GateOps gates;
  private final CtcLattice lattice;
  private final double[] max = new double[LANES];
  private final double[] sum = new double[LANES];

  CtcLoss(OutputSpec output, VectorOps ops) {
    outputs = output.size();
    this.ops = ops.losses();
    gates = ops.gates();
    lattice = new CtcLattice(output.blank());
  }

  @Override
  public boolean reads(SequenceBatch batch, int t, int block) {
    return true;
  }

  @Override
  public void forward(WindowPanels window, HeadWorkspace s) {
    softmax(s);
    SequenceBatch batch = window.batch();
    for (int lane = 0; lane < batch.lanes(); lane++) {
      if (isScored(batch, lane)) {
        s.targets[lane / LANES]++;
        s.weight[lane] = weight(batch.window(lane));
        if (batch.sequence(lane).hasTargets()) {
          s.loss[lane] = s.weight[lane] * loss(batch.window(lane), lane, s);
        }
      }
    }
  }

  /** By itself: compiled together with the rest, its vectors were objects for seconds. */
  private void softmax(HeadWorkspace s) {
    for (int i = 0; i < s.scored.count(); i++) {
      ops.softmax(outputs, s.out, s.scored.get(i) * s.stride(), max, sum);
    }
  }

  /** All steps of a window have the same, which is what its string counts. */
  private static double weight(Window window) {
    return window.sequence().hasTargets() ? window.sequence().weight(window.start()) : 1;
  }

  private static boolean isScored(SequenceBatch batch, int lane) {
    return batch.length(lane) > 0
        && weight(batch.window(lane)) > 0
        && batch.window(lane).scoredFrom() < batch.startInWindow(lane) + batch.length(lane);
  }

  private double loss(Window window, int lane, HeadWorkspace s) {
    return lattice.loss(window, s.out, firstOf(lane, s), s.stepStride(), LANES);
  }

  private static int firstOf(int lane, HeadWorkspace s) {
    return s.outAt(0, lane / LANES) + lane % LANES;
  }

  @Override
  public void backward(WindowPanels window, HeadWorkspace s) {
    SequenceBatch batch = window.batch();
    for (int lane = 0; lane < batch.lanes(); lane++) {
      boolean scored = isScored(batch, lane);
      if (scored) {
        requireTargets(batch.window(lane));
        loss(batch.window(lane), lane, s); // again, as there is one lattice for all lanes
        lattice.backward(batch.window(lane), s.out, firstOf(lane, s), s.stepStride(), LANES);
      }
      if (scored && s.weight[lane] != 1) {
        scale(lane, s.weight[lane], batch.length(lane), s);
      }
      int from = scored ? batch.length(lane) : 0;
      clear(lane, 0, scored ? batch.window(lane).scoredFrom() : 0, s);
      clear(lane, from, window.steps(lane / LANES), s);
    }
    for (int i = s.scored.count() - 1; i >= 0; i--) {
      s.addToBias(gates, s.scored.get(i));
    }
  }

  /** Zeroes a lane at some steps. */
  private void clear(int lane, int from, int to, HeadWorkspace s) {
    for (int t = from; t < to; t++) {
      int first = s.outAt(t, lane / LANES) + lane % LANES;
      for (int i = first; i < first + outputs * LANES; i += LANES) {
        s.out[i] = 0;
      }
    }
  }

  /** Multiplies a lane's derivatives at all of its steps. */
  private void scale(int lane, double weight, int steps, HeadWorkspace s) {
    for (int t = 0; t < steps; t++) {
      int first = s.outAt(t, lane / LANES) + lane % LANES;
      for (int i = first; i < first + outputs * LANES; i += LANES) {
        s.out[i] *= weight;
      }
    }
  }

  private static void requireTargets(Window window) {
    if (!window.sequence().hasTargets()) {
      throw new IllegalStateException(
          "a gradient needs targets, but sequence '%s' has none; train on sequences with targets"
              .formatted(window.id()));
    }
  }

  @Override
  public long bytes() {
    return lattice.bytes();
  }
}
