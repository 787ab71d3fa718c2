package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellNorm;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.NormOps;
import io.hindsight.kernels.math.Normalized;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.NormBlocks;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;

/**
 * z_t = b + LN(W x_t) + LN(U h_{t−1}), with LN(v) = gain∘v̂ + bias: each product is normalised over
 * all its G·H rows. Every bias is in b; the rows of z lie as the cell's kernel wants them.
 */
final class NormalizedProducts implements Products {
  private static final int LANES = Lanes.LANES;

  private final CellKernel kernel;
  private final LayerInput input;
  private final VectorOps ops;
  private final NormBlocks norms;
  private final int hidden; // H
  private final int firstStateRow; // of z
  private final double[] zeros; // (rowBlocks·H)
  private CellWorkspace s;
  private Normalized inputs; // W x // (T·NB, inputGates·H, 8)
  private Normalized states; // U h // (T·NB, G·H, 8)
  private PanelView inputView; // at their rows of z
  private PanelView stateView;

  NormalizedProducts(LayerBlocks blocks, CellKernel kernel, LayerInput input, VectorOps ops) {
    this.kernel = kernel;
    this.input = input;
    this.ops = ops;
    norms = blocks.norms().orElseThrow();
    hidden = blocks.weightHh().columns();
    firstStateRow = kernel.firstRecurrentGate() * hidden;
    zeros = new double[kernel.rowBlocks() * hidden];
  }

  @Override
  public void reserve(AlignedMemory memory, CellWorkspace workspace, int panels, int blocks) {
    s = workspace;
    inputs = new Normalized(memory, kernel.inputGates() * hidden, panels, blocks);
    states = new Normalized(memory, zeros.length - firstStateRow, panels, blocks);
    inputView = inputs.asRows(0);
    stateView = states.asRows(firstStateRow);
  }

  @Override
  public void start(PackedRecurrent w) {
    inputs.clear();
    states.clear();
    CellNorm cell = s.norm();
    if (cell != null) {
      cell.clear();
      cell.setWeights(w.norms.cellGain, w.norms.cellBias);
    }
  }

  @Override
  public void forward(PackedRecurrent w, WindowPanels window, int t) {
    Panels panels = window.all();
    int first = window.first(t);
    int count = window.count(t);
    if (input instanceof BatchTokens tokens) {
      tokens.gather(w, window, first, count, inputView);
    } else {
      ops.matrix().affine(zeros, w.inputOnly, panels, first, count, s.inputs(), inputView);
    }
    double[] z = s.gates().array();
    for (int i = first; i < first + count; i++) {
      int from = s.gates().at(panels.get(i));
      ops.norms().normalize(inputs, panels.get(i), w.norms.inputGain, w.start, z, from);
      int fed = inputs.rows();
      Lanes.broadcast(zeros.length - fed, w.start, fed, z, from + fed * LANES);
    }
    ops.matrix().affine(zeros, w.recurrentOnly, panels, first, count, s.inputs(), stateView);
    for (int i = first; i < first + count; i++) {
      int from = s.gates().at(panels.get(i)) + firstStateRow * LANES;
      ops.norms().addNormalized(states, panels.get(i), w.norms.stateGain, z, from);
    }
  }

  @Override
  public void backward(PackedRecurrent w, WindowPanels window, int t) {
    for (int i = window.first(t); i < window.first(t + 1); i++) {
      int panel = window.all().get(i);
      normalizeBackward(w, panel, window.block(panel));
    }
  }

  /**
   * dz → d(W x) in the place of v̂; then d(U h) in the place of dz, of which nothing else has need:
   * what is written once less need not come from far memory and go back to it.
   */
  private void normalizeBackward(PackedRecurrent w, int panel, int block) {
    NormOps op = ops.norms();
    double[] dz = s.gates().array();
    int from = s.gates().at(panel);
    double[] dv = inputs.values();
    int at = inputs.at(panel);
    op.normalizeBackward(inputs, panel, block, w.norms.inputGain, dz, from, dv, at);
    from += firstStateRow * LANES;
    op.normalizeBackward(states, panel, block, w.norms.stateGain, dz, from, dz, from);
  }

  @Override
  public PanelView dInput() {
    return inputView;
  }

  @Override
  public PanelView dState() {
    return s.gates();
  }

  @Override
  public void addGradients(GradientSum[] sums) {
    for (int block = 0; block < sums.length; block++) {
      double[] gradient = sums[block].gradient();
      int gain = norms.input().gain().offset();
      for (int row = 0; row < inputs.rows(); row++) {
        int gate = kernel.inputGate(row / hidden);
        gradient[gain + gate * hidden + row % hidden] += inputs.dGain(block, row);
      }
      gain = norms.state().gain().offset();
      for (int row = 0; row < states.rows(); row++) {
        gradient[gain + row] += states.dGain(block, row);
      }
      if (s.norm() != null) {
        s.norm().addGradients(block, norms.cell().orElseThrow(), gradient);
      }
    }
  }

  @Override
  public long bytes() {
    long reserved = inputs == null ? 0 : inputs.bytes() + states.bytes();
    return reserved + Double.BYTES * (long) zeros.length;
  }
}
