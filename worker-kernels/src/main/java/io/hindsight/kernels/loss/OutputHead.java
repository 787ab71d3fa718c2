package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.cell.LayerWorkspace;
import io.hindsight.kernels.cell.WindowPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;

/**
 * The output layer over a window: logits {@code a_t = Wy h_t + by}, the loss of the lanes that are
 * scored there, and the derivatives of both. Steps of a block without a scored lane are left out.
 */
public final class OutputHead {
  private static final int LANES = SequenceBatch.LANES;

  private final VectorOps ops;
  private final HeadGradients gradients;
  private final OutputLoss loss;
  private final LaneTargets targets = new LaneTargets();
  private final boolean lastStepOnly;

  /** The head of a network. */
  public OutputHead(VectorOps ops, ParameterLayout layout) {
    this.ops = ops;
    OutputSpec output = layout.spec().output();
    loss = OutputLoss.of(output, ops);
    gradients = new HeadGradients(ops, layout);
    lastStepOnly = output.at() == OutputSpec.At.LAST_STEP;
  }

  /**
   * Computes the outputs of the scored lanes of a window and adds their losses.
   *
   * @param top workspace of the top layer, which has h_t
   */
  public void forward(
      PackedHead w, HeadWorkspace s, LayerWorkspace top, SequenceBatch batch, WindowPanels panels) {
    listScored(s, batch, panels);
    int stride = s.stride();
    ops.matrix()
        .affine(
            w.bias,
            0,
            w.weight,
            s.scored,
            0,
            s.scored.count(),
            top.inputAndHidden(),
            top.hiddenAt(1, 0),
            top.inputStride(),
            s.out,
            0,
            stride);
    for (int i = 0; i < s.scored.count(); i++) {
      int panel = s.scored.get(i);
      lossForward(s, batch, panel / batch.blocks(), panel % batch.blocks());
    }
  }

  private void listScored(HeadWorkspace s, SequenceBatch batch, WindowPanels panels) {
    s.scored.clear();
    for (int i = 0; i < panels.all().count(); i++) {
      int panel = panels.all().get(i);
      if (isScored(batch, panel / batch.blocks(), panel % batch.blocks())) {
        s.scored.add(panel, panels.all().lanes(i));
      }
    }
  }

  /** Whether any lane of a block is scored at step t. */
  private boolean isScored(SequenceBatch batch, int t, int block) {
    for (int lane = block * LANES; lane < (block + 1) * LANES; lane++) {
      if (batch.isScored(lane, t, lastStepOnly)) {
        return true;
      }
    }
    return false;
  }

  private void lossForward(HeadWorkspace s, SequenceBatch batch, int t, int block) {
    targets.set(batch, block, t, lastStepOnly);
    loss.forward(s.out, s.outAt(t, block), targets, s.loss, block * LANES);
    s.targets[block] += targets.scored();
  }

  /**
   * Adds the gradients of {@link #forward} and sets dE/dh_t in the top layer, for scored panels;
   * outputs are overwritten by dE/dlogits.
   *
   * @param sums (NB), the sum each block adds to; blocks of one shard share one
   */
  public void backward(
      PackedHead w, HeadWorkspace s, LayerWorkspace top, SequenceBatch batch, GradientSum[] sums) {
    for (int i = s.scored.count() - 1; i >= 0; i--) {
      int panel = s.scored.get(i);
      int block = panel % batch.blocks();
      lossBackward(batch, panel / batch.blocks(), block, s.out, panel * s.stride());
      ops.gates().add(s.stride(), s.out, panel * s.stride(), s.dBias, s.dBiasAt(block));
    }
    ops.matrix()
        .affine(
            w.zeros,
            0,
            w.weightTransposed,
            s.scored,
            0,
            s.scored.count(),
            s.out,
            0,
            s.stride(),
            top.dOut(),
            0,
            top.stateSize());
    gradients.add(s, top, batch.blocks(), sums);
  }

  /** Bytes held for summing the gradients of the weights. */
  public long scratchBytes() {
    return gradients.bytes();
  }

  private void lossBackward(SequenceBatch batch, int t, int block, double[] out, int outFrom) {
    targets.set(batch, block, t, lastStepOnly);
    targets.requireAll();
    loss.backward(out, outFrom, targets);
  }
}
