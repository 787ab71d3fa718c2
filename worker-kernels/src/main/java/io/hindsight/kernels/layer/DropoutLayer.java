package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.UnitFactors;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.random.Noise;
import io.hindsight.kernels.random.Noise.Kind;
import io.hindsight.kernels.random.Noise.Site;

/**
 * Dropout: in training y = m∘x/(1 − p) with m = 0 for a unit that is struck and 1 for another; in
 * evaluation y = x. Backward, dx = m∘dy/(1 − p), in the place of dy.
 */
final class DropoutLayer implements Layer {
  private static final int LANES = Lanes.LANES;

  private final LayerInput input;
  private final boolean variational;
  private final Site site;
  private final GateOps ops;
  private final UnitFactors factors; // (T·NB, rows); (NB, rows) if variational
  private final Activations output;
  private boolean dropped; // by the last forward pass
  private int blocks;

  /**
   * The layer.
   *
   * @param number its place in the network's list
   */
  DropoutLayer(DropoutSpec spec, int number, LayerInput input, GateOps ops) {
    this.input = input;
    this.ops = ops;
    variational = spec.variational();
    site = new Site(number, Kind.DROPOUT, spec.rate(), input.rows());
    factors = new UnitFactors(input.rows(), 0, 1 / (1 - spec.rate()));
    output = new Activations(input.rows(), input.wantsGradients());
  }

  @Override
  public Activations output() {
    return output;
  }

  @Override
  public void reserve(int maxSteps, int blockCount, AlignedMemory memory) {
    blocks = blockCount;
    int panels = Math.multiplyExact(maxSteps, blocks);
    factors.reserve(variational ? blocks : panels, memory);
    output.set(memory.panels(panels, input.rows()), gradients());
  }

  /** Those of the layer below, which get dx in the place of dy. */
  private PanelView gradients() {
    return input instanceof Activations below
        ? below.gradients()
        : new PanelView(new double[0], 0, input.rows() * LANES);
  }

  @Override
  public void forward(PackedLayer weights, WindowPanels window, CarriedState initial) {
    dropped = window.isNoisy();
    PanelView read = output.values();
    if (dropped && input instanceof Activations below) {
      read = below.values();
    } else {
      input.load(window, read);
    }
    if (dropped) {
      draw(window);
      multiply(window.all(), read, output.values());
    }
  }

  private void draw(WindowPanels window) {
    Noise noise = window.noise();
    if (variational) {
      for (int block = 0; block < blocks; block++) {
        noise.draw(site, block, 0, ops, factors.struck(), factors.at(block));
      }
      return;
    }
    Panels panels = window.all();
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      int block = window.block(panel);
      noise.draw(site, block, window.step(panel), ops, factors.struck(), factors.at(panel));
    }
  }

  /** y = m∘x/(1 − p): the views may be the same. */
  private void multiply(Panels panels, PanelView x, PanelView y) {
    for (int i = 0; i < panels.count(); i++) {
      int panel = panels.get(i);
      int drawn = variational ? panel % blocks : panel;
      ops.scale(factors, drawn, x.array(), x.at(panel), y.array(), y.at(panel));
    }
  }

  @Override
  public void backward(
      PackedLayer weights, WindowPanels window, Backpropagation how, GradientSum[] sums) {
    if (input instanceof Activations below) {
      Panels panels = output.gradientPanels();
      if (dropped) {
        multiply(panels, output.gradients(), output.gradients());
      }
      below.setGradientPanels(panels);
    }
  }

  @Override
  public void copyFinalState(WindowPanels window, CarriedState into) {}

  @Override
  public void copyState(int lane, int t, CarriedState into, int toLane) {}

  @Override
  public void copyInitialStateGradient(CarriedState into) {}

  @Override
  public long bytes() {
    return factors.bytes();
  }
}
