package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/** A layer around another: y = x + f(x), so that dx = dy + what f makes of dy. */
final class ResidualLayer implements Layer {
  private final Layer inner; // f
  private final LayerInput input; // x
  private final GateOps ops;
  private final int size; // of a panel: rows·8
  private final Activations output; // y: its gradients lie where those of f(x) do

  /** Around a layer that makes as many rows as {@code input} has, which it reads. */
  ResidualLayer(Layer inner, LayerInput input, VectorOps ops) {
    this.inner = inner;
    this.input = input;
    this.ops = ops.gates();
    size = input.rows() * Lanes.LANES;
    output = new Activations(input.rows(), true);
  }

  @Override
  public Activations output() {
    return output;
  }

  @Override
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    inner.reserve(maxSteps, blocks, memory);
    int panels = Math.multiplyExact(maxSteps, blocks);
    output.set(memory.panels(panels, output.rows()), inner.output().gradients());
  }

  @Override
  public void forward(PackedLayer weights, WindowPanels window, CarriedState initial) {
    inner.forward(weights, window, initial);
    input.load(window, output.values());
    add(window.all(), inner.output().values(), output.values());
  }

  @Override
  public void backward(
      PackedLayer weights, WindowPanels window, Backpropagation how, GradientSum[] sums) {
    Panels panels = output.gradientPanels();
    inner.output().setGradientPanels(panels);
    inner.backward(weights, window, how, sums);
    if (input.wantsGradients()) {
      add(panels, output.gradients(), ((Activations) input).gradients());
    }
  }

  /** y += x. */
  private void add(Panels panels, PanelView x, PanelView y) {
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      ops.add(size, x.array(), x.at(panel), y.array(), y.at(panel));
    }
  }

  @Override
  public void copyFinalState(WindowPanels window, CarriedState into) {
    inner.copyFinalState(window, into);
  }

  @Override
  public void copyState(int lane, int t, CarriedState into, int toLane) {
    inner.copyState(lane, t, into, toLane);
  }

  @Override
  public void copyInitialStateGradient(CarriedState into) {
    inner.copyInitialStateGradient(into);
  }

  @Override
  public long bytes() {
    return inner.bytes();
  }
}
