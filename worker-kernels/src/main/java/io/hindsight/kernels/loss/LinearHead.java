package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.layer.Activations;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;

/**
 * A linear map at every step: logits {@code a_t = Wy h_t + by}, the loss of the lanes that are
 * scored there, and the derivatives of both. Steps of a block without a scored lane are left out.
 */
final class LinearHead implements Head {
  private static final int LANES = SequenceBatch.LANES;

  private final VectorOps ops;
  private final Activations top; // h
  private final HeadGradients gradients;
  private final OutputLoss loss;
  private final LaneTargets targets = new LaneTargets();
  private final int outputs; // O
  private final boolean lastStepOnly;
  private HeadWorkspace s;

  LinearHead(ParameterLayout layout, Activations top, VectorOps ops) {
    this.ops = ops;
    this.top = top;
    OutputSpec output = layout.spec().output();
    loss = OutputLoss.of(output, ops);
    gradients = new HeadGradients(ops, layout);
    outputs = output.size();
    lastStepOnly = output.at() == OutputSpec.At.LAST_STEP;
    s = new HeadWorkspace(outputs, 0, 0);
  }

  @Override
  public void reserve(int maxSteps, int blocks) {
    if (!s.fits(maxSteps, blocks)) {
      s = new HeadWorkspace(outputs, maxSteps, blocks);
    }
  }

  @Override
  public void forward(PackedHead w, WindowPanels window) {
    s.clearLoss();
    listScored(window);
    Panels scored = s.scored;
    ops.matrix().affine(w.bias, w.weight, scored, 0, scored.count(), top.values(), s.logits);
    for (int i = 0; i < s.scored.count(); i++) {
      int panel = s.scored.get(i);
      lossForward(window.batch(), window.step(panel), window.block(panel));
    }
  }

  private void listScored(WindowPanels window) {
    s.scored.clear();
    for (int i = 0; i < window.all().count(); i++) {
      int panel = window.all().get(i);
      if (isScored(window.batch(), window.step(panel), window.block(panel))) {
        s.scored.add(panel, window.all().lanes(i));
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

  private void lossForward(SequenceBatch batch, int t, int block) {
    targets.set(batch, block, t, lastStepOnly);
    loss.forward(s.out, s.outAt(t, block), targets, s.loss, block * LANES);
    s.targets[block] += targets.scored();
  }

  @Override
  public void backward(PackedHead w, WindowPanels window, GradientSum[] sums) {
    s.clearGradients();
    for (int i = s.scored.count() - 1; i >= 0; i--) {
      int panel = s.scored.get(i);
      int block = window.block(panel);
      lossBackward(window.batch(), window.step(panel), block);
      ops.gates().add(s.stride(), s.out, panel * s.stride(), s.dBias, s.dBiasAt(block));
    }
    PackedMatrix transposed = w.weightTransposed;
    Panels scored = s.scored;
    ops.matrix().affine(w.zeros, transposed, scored, 0, scored.count(), s.logits, top.gradients());
    top.setGradientPanels(scored);
    gradients.add(s, top.values(), window.blocks(), sums);
  }

  private void lossBackward(SequenceBatch batch, int t, int block) {
    targets.set(batch, block, t, lastStepOnly);
    targets.requireAll();
    loss.backward(s.out, s.outAt(t, block), targets);
  }

  @Override
  public double loss(int block) {
    return s.loss(block);
  }

  @Override
  public double laneLoss(int lane) {
    return s.laneLoss(lane);
  }

  @Override
  public long targets(int block) {
    return s.targets(block);
  }

  @Override
  public double output(int lane, int t, int o) {
    return s.output(lane, t, o);
  }

  @Override
  public long bytes() {
    return s.bytes() + gradients.bytes();
  }
}
