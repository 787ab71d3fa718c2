package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.cell.LayerWorkspace;
import io.hindsight.kernels.math.Lanes;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;

/**
 * The output layer at one step of one lane block: logits {@code a_t = Wy h_t + by}, the loss of the
 * lanes that are scored there, and the derivatives of both.
 */
public final class OutputHead {
  private static final int LANES = SequenceBatch.LANES;

  private final VectorOps ops;
  private final ParameterLayout layout;
  private final OutputLoss loss;
  private final boolean lastStepOnly;

  /** The head of a network. */
  public OutputHead(VectorOps ops, ParameterLayout layout) {
    this.ops = ops;
    this.layout = layout;
    OutputSpec output = layout.spec().output();
    loss = OutputLoss.of(output);
    lastStepOnly = output.at() == OutputSpec.At.LAST_STEP;
  }

  /** Whether any lane of a block is scored at step t. */
  public boolean isScored(SequenceBatch batch, int t, int block) {
    for (int lane = block * LANES; lane < (block + 1) * LANES; lane++) {
      if (batch.isScored(lane, t, lastStepOnly)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Computes the outputs of the scored lanes of a block at step t and adds their losses.
   *
   * @param top workspace of the top layer, which has h_t
   */
  public void forward(
      PackedHead w, HeadWorkspace s, LayerWorkspace top, SequenceBatch batch, int t, int block) {
    int out = s.outAt(t, block);
    Lanes.broadcast(w.outputs, w.bias, s.out, out);
    int h = top.hiddenAt(t + 1, block);
    ops.product(w.outputs, w.hidden, w.weight, 0, top.inputAndHidden(), h, s.out, out);
    for (int lane = block * LANES; lane < (block + 1) * LANES; lane++) {
      if (batch.isScored(lane, t, lastStepOnly)) {
        int z = out + lane % LANES;
        s.loss[lane] += loss.loss(s.out, z, batch.sequence(lane), batch.start(lane) + t);
        loss.activate(s.out, z);
        s.targets[block]++;
      }
    }
  }

  /**
   * Adds the gradients of {@link #forward} and sets dE/dh_t in the top layer; outputs are
   * overwritten by dE/dlogits.
   *
   * @param gradient (P), of the block's shard
   */
  public void backward(
      PackedHead w,
      HeadWorkspace s,
      LayerWorkspace top,
      SequenceBatch batch,
      int t,
      int block,
      double[] gradient) {
    int out = s.outAt(t, block);
    lossBackward(batch, t, block, s.out, out);
    Lanes.add(w.outputs * LANES, s.out, out, s.dBias, s.dBiasAt(block));
    int weight = layout.outWeight().offset();
    int h = top.hiddenAt(t + 1, block);
    ops.outerProduct(w.outputs, w.hidden, s.out, out, top.inputAndHidden(), h, gradient, weight);
    int dh = top.dOutAt(t, block);
    ops.product(w.hidden, w.outputs, w.weightTransposed, 0, s.out, out, top.dOut(), dh);
  }

  private void lossBackward(SequenceBatch batch, int t, int block, double[] out, int outFrom) {
    for (int lane = 0; lane < LANES; lane++) {
      int global = block * LANES + lane;
      if (batch.isScored(global, t, lastStepOnly)) {
        int step = batch.start(global) + t;
        loss.backward(out, outFrom + lane, batch.sequence(global), step);
      } else {
        for (int o = 0; o < layout.outWeight().rows(); o++) {
          out[outFrom + o * LANES + lane] = 0;
        }
      }
    }
  }

  /** Adds a block's bias gradient, its lanes summed in the fixed order. */
  public void addBiasGradient(HeadWorkspace s, int block, double[] gradient) {
    ParameterLayout.Block bias = layout.outBias();
    for (int o = 0; o < bias.rows(); o++) {
      gradient[bias.offset() + o] += Lanes.sum(s.dBias, s.dBiasAt(block) + o * LANES);
    }
  }
}
