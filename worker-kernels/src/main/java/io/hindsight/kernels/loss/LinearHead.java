package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.layer.Activations;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Panels;

/**
 * A linear map at every step: logits {@code a_t = Wy h_t + by}, the loss of those of a window, and
 * the derivatives of both. Steps of a block that the loss does not read are left out.
 */
final class LinearHead implements Head {
  private final VectorOps ops;
  private final Activations top; // h
  private final HeadGradients gradients;
  private final WindowLoss loss;
  private final int outputs; // O
  private final boolean ordered; // whether outputs are thresholds between classes
  private HeadWorkspace s;

  LinearHead(ParameterLayout layout, Activations top, VectorOps ops, AlignedMemory memory) {
    this.ops = ops;
    this.top = top;
    OutputSpec output = layout.spec().output();
    loss = WindowLoss.of(output, ops);
    gradients = new HeadGradients(ops, memory, layout);
    outputs = output.logits();
    ordered = output.loss() == OutputSpec.Loss.CUMULATIVE_LOGITS;
    s = new HeadWorkspace(outputs, 0, 0);
  }

  @Override
  public void reserve(int maxSteps, int blocks) {
    s = new HeadWorkspace(outputs, maxSteps, blocks);
  }

  @Override
  public void forward(PackedHead w, WindowPanels window) {
    s.clearLoss();
    listScored(window);
    Panels scored = s.scored;
    ops.matrix().affine(w.bias, w.weight, scored, 0, scored.count(), top.values(), s.logits);
    loss.forward(window, s);
  }

  private void listScored(WindowPanels window) {
    s.scored.clear();
    for (int i = 0; i < window.all().count(); i++) {
      int panel = window.all().get(i);
      if (loss.reads(window.batch(), window.step(panel), window.block(panel))) {
        s.scored.add(panel, window.all().lanes(i));
      }
    }
  }

  @Override
  public void backward(PackedHead w, WindowPanels window, GradientSum[] sums) {
    s.clearGradients();
    loss.backward(window, s);
    PackedMatrix transposed = w.weightTransposed;
    Panels scored = s.scored;
    ops.matrix().affine(w.zeros, transposed, scored, 0, scored.count(), s.logits, top.gradients());
    top.setGradientPanels(scored);
    gradients.add(s, top.values(), window.blocks(), sums);
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
  public double weight(int block) {
    return s.weight(block);
  }

  @Override
  public double laneWeight(int lane) {
    return s.laneWeight(lane);
  }

  @Override
  public long targets(int block) {
    return s.targets(block);
  }

  @Override
  public void outputs(int lane, int t, double[] into, int from) {
    for (int o = 0; o < outputs; o++) {
      into[from + o] = s.output(lane, t, o);
    }
    if (ordered) {
      CumulativeLogits.answer(into, from, outputs + 1);
    }
  }

  @Override
  public long bytes() {
    return s.bytes() + gradients.bytes() + loss.bytes();
  }
}
