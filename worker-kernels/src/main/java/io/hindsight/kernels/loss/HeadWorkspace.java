package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import java.util.Arrays;

/** What a linear head keeps between its forward and its backward pass. */
final class HeadWorkspace {
  private static final int LANES = SequenceBatch.LANES;

  private final int outputs; // O
  private final int blocks; // NB

  final double[] out; // (T, NB, O, 8): logits, then outputs, then dE/dlogits
  final PanelView logits; // panels of (O, 8) in out
  final double[] dBias; // (NB, O, 8): bias gradients, lane by lane
  final double[] loss; // (NB, 8): loss sums, lane by lane
  final double[] weight; // (NB, 8): sums of the weights of targets, lane by lane
  final long[] targets; // (NB)
  final Panels scored; // blocks and steps with a scored lane, steps ascending

  /**
   * Workspace for windows of up to {@code maxSteps} steps of {@code blocks} blocks.
   *
   * @throws ArithmeticException if an array would have more than 2^31 elements
   */
  HeadWorkspace(int outputs, int maxSteps, int blocks) {
    this.outputs = outputs;
    this.blocks = blocks;
    int step = Math.multiplyExact(blocks, Math.multiplyExact(outputs, LANES));
    out = new double[Math.multiplyExact(maxSteps, step)];
    logits = new PanelView(out, 0, outputs * LANES);
    dBias = new double[step];
    loss = new double[blocks * LANES];
    weight = new double[blocks * LANES];
    targets = new long[blocks];
    scored = new Panels(Math.multiplyExact(maxSteps, blocks));
  }

  /** Forgets the losses of the pass before. */
  void clearLoss() {
    Arrays.fill(loss, 0);
    Arrays.fill(weight, 0);
    Arrays.fill(targets, 0);
  }

  /** Zeroes what the backward pass adds to. */
  void clearGradients() {
    Arrays.fill(dBias, 0);
  }

  /** Adds a panel's dE/dlogits to the gradient of its block's bias. */
  void addToBias(GateOps ops, int panel) {
    ops.add(stride(), out, panel * stride(), dBias, dBiasAt(panel % blocks));
  }

  /** Sum of a block's losses, its lanes in the fixed order. */
  double loss(int block) {
    return Lanes.sum(loss, block * LANES);
  }

  /** Sum of one lane's losses. */
  double laneLoss(int lane) {
    return loss[lane];
  }

  /** Sum of the weights of a block's targets, its lanes in the fixed order. */
  double weight(int block) {
    return Lanes.sum(weight, block * LANES);
  }

  /** Sum of the weights of one lane's targets. */
  double laneWeight(int lane) {
    return weight[lane];
  }

  /** Targets of a block. */
  long targets(int block) {
    return targets[block];
  }

  /** One output of one lane at step t. */
  double output(int lane, int t, int o) {
    return out[outAt(t, lane / LANES) + o * LANES + lane % LANES];
  }

  /** Elements of a panel of {@link #out}: O·8. */
  int stride() {
    return outputs * LANES;
  }

  /** Elements from a step of {@link #out} to the next. */
  int stepStride() {
    return blocks * outputs * LANES;
  }

  int outAt(int t, int block) {
    return (t * blocks + block) * outputs * LANES;
  }

  int dBiasAt(int block) {
    return block * outputs * LANES;
  }

  /** Bytes held. */
  long bytes() {
    return Double.BYTES * ((long) out.length + dBias.length + loss.length + weight.length);
  }
}
