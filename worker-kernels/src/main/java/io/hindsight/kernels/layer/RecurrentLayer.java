package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.PackedMatrix;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.noise.NoisyState;
import io.hindsight.kernels.noise.RecurrentDropout;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.PanelView;
import io.hindsight.kernels.panel.Panels;
import io.hindsight.kernels.team.Team;
import io.hindsight.kernels.team.TeamMatrixOps;

/**
 * A recurrent layer: the products around the cell's gates.
 *
 * <p>Forward, {@link Products} make z_t of x_t and h_{t−1}, and the cell h_t of z_t; backward
 * differentiates line by line. Every product runs over all blocks that are still there, and those
 * that need no state run over many steps at once. A lane past the end of its window keeps its
 * state; no gradient reaches it from above or from later steps, so its dz is zero without a mask.
 */
final class RecurrentLayer implements Layer {
  private static final int LANES = SequenceBatch.LANES;

  private final CellKernel kernel;
  private final VectorOps ops;
  private final LayerInput input;
  private final int state; // which of the carried states is its own
  private final int hidden; // H
  private final double[] zeros; // (max(I, H))
  private final Products products;
  private final LayerGradients gradients;
  private final Activations output; // h: its values lie in the workspace
  private final StepGates gates;
  private final NoisyState noise; // null for none
  private CellWorkspace s;

  /**
   * The layer, or the direction of one, whose parameters are {@code blocks}.
   *
   * @param number its place in the network's list; of a direction from the end −1 − place
   * @param state which of the carried states is its own
   * @param memory for summing the gradients of the weights
   */
  RecurrentLayer(
      LayerBlocks blocks,
      int number,
      int state,
      LayerInput input,
      VectorOps ops,
      AlignedMemory memory,
      Team team) {
    kernel = CellKernel.of(blocks.spec(), ops);
    this.ops = TeamMatrixOps.share(ops, team);
    this.input = input;
    this.state = state;
    hidden = blocks.weightHh().columns();
    zeros = new double[Math.max(hidden, input.rows())];
    products = Products.of(blocks, kernel, input, ops, team);
    gradients = new LayerGradients(kernel, this.ops, memory, blocks, input);
    output = new Activations(hidden, true);
    gates = new StepGates(kernel, ops.gates(), gradients, output, team);
    boolean noisy = !blocks.spec().noise().equals(StateNoise.NONE);
    noise = noisy ? new NoisyState(blocks.spec(), number, ops.gates()) : null;
  }

  @Override
  public Activations output() {
    return output;
  }

  @Override
  public void reserve(int maxSteps, int blocks, AlignedMemory memory) {
    reserve(maxSteps, blocks, memory, memory.panels(Math.multiplyExact(maxSteps, blocks), hidden));
  }

  /**
   * As above, with a place for dE/dh of its output.
   *
   * @param dOut panels whose first H rows they are
   */
  void reserve(int maxSteps, int blocks, AlignedMemory memory, PanelView dOut) {
    boolean apart = noise != null && noise.readsApart();
    s = new CellWorkspace(memory, kernel, input.rows(), hidden, maxSteps, blocks, apart);
    output.set(s.statesAfter(), dOut);
    products.reserve(memory, s, Math.multiplyExact(maxSteps, blocks), blocks);
    gradients.reserve(memory, blocks);
    if (noise != null) {
      noise.reserve(maxSteps, blocks, memory);
    }
  }

  @Override
  public void forward(PackedLayer weights, WindowPanels window, CarriedState initial) {
    PackedRecurrent w = (PackedRecurrent) weights;
    double[] h = initial == null ? null : initial.hidden(state);
    double[] c = initial == null ? null : initial.cell(state);
    for (int block = 0; block < window.blocks(); block++) {
      s.setInitialState(block, h, c);
    }
    input.load(window, s.inputs());
    products.start(w);
    if (noise != null) {
      noise.start(window);
    }
    for (int t = 0; t < window.steps(); t++) {
      if (noise != null) {
        noise.beforeProducts(s, window, t);
      }
      products.forward(w, window, t);
      gates.forward(s, window, t);
      for (int i = window.first(t); i < window.first(t + 1); i++) {
        int panel = window.all().get(i);
        if (noise != null) {
          noise.afterCell(s, window, panel);
        }
        holdEndedLanes(window.batch(), t, window.block(panel));
      }
    }
  }

  @Override
  public void backward(
      PackedLayer weights, WindowPanels window, Backpropagation how, GradientSum[] sums) {
    PackedRecurrent w = (PackedRecurrent) weights;
    s.clearGradients();
    gradients.clear(window.blocks());
    products.start(w);
    gates.start(how, noise);
    for (int t = window.steps() - 1; t >= 0; t--) {
      gates.backward(s, window, t);
      products.backward(w, window, t);
      recurrentBackward(w, window, t);
      if (how.stopsBefore(t)) {
        cutGradients(window, t);
      }
    }
    if (input.wantsGradients()) {
      inputBackward(w, window.all(), (Activations) input);
    }
    gradients.add(s, products, window, sums);
    products.addGradients(sums);
  }

  /** dh_{t−1} = Uᵀ d(U h_{t−1}), and what reaches h_{t−1} directly. */
  private void recurrentBackward(PackedRecurrent w, WindowPanels window, int t) {
    Panels panels = window.all();
    int first = window.first(t);
    int count = window.count(t);
    PackedMatrix u = w.recurrentTransposed;
    PanelView dz = products.dState();
    if (noise != null && noise.readsApart()) {
      RecurrentDropout dropout = noise.dropout();
      boolean direct = kernel.passesStateDirectly();
      PanelView dRead = dropout.dReadOfStep(s, t, direct);
      ops.matrix().affine(zeros, u, panels, first, count, dz, dRead);
      dropout.backward(s, window, t, direct);
    } else if (kernel.passesStateDirectly()) {
      ops.matrix().product(u, panels, first, count, dz, s.dhOfStep(t));
    } else {
      ops.matrix().affine(zeros, u, panels, first, count, dz, s.dhOfStep(t));
    }
    if (noise != null) {
      noise.afterProductsBackward(s, window, t);
    }
  }

  /** dx_t = Wᵀ d(W x_t), of all steps. */
  private void inputBackward(PackedRecurrent weights, Panels panels, Activations below) {
    PackedMatrix w = weights.inputTransposed;
    PanelView dz = products.dInput();
    ops.matrix().affine(zeros, w, panels, 0, panels.count(), dz, below.gradients());
    below.setGradientPanels(panels);
  }

  @Override
  public void copyFinalState(WindowPanels window, CarriedState into) {
    for (int block = 0; block < window.blocks(); block++) {
      s.copyState(window.steps(block), block, into.hidden(state), into.cell(state));
      copyInnerStates(window.batch(), block, into);
    }
  }

  @Override
  public void copyState(int lane, int t, CarriedState into, int toLane) {
    for (int unit = 0; unit < hidden; unit++) {
      into.setHidden(state, toLane, unit, s.state(t + 1, lane, unit));
    }
    for (int unit = 0; unit < hidden && s.hasCell(); unit++) {
      into.setCell(state, toLane, unit, s.cellState(t + 1, lane, unit));
    }
  }

  /** Of lanes that hand on a state from within their window. */
  private void copyInnerStates(SequenceBatch batch, int block, CarriedState into) {
    for (int lane = 0; lane < LANES; lane++) {
      int after = batch.handedOnAfter(block * LANES + lane);
      if (after < batch.length(block * LANES + lane)) {
        s.copyLane(after, block, lane, into.hidden(state), into.cell(state));
      }
    }
  }

  @Override
  public void copyInitialStateGradient(CarriedState into) {
    s.copyStateGradient(into.hidden(state), into.cell(state));
  }

  @Override
  public long bytes() {
    long noiseBytes = noise == null ? 0 : noise.bytes();
    return s.bytes() + products.bytes() + gradients.bytes() + noiseBytes;
  }

  /** A lane past its window: h_t = h_{t−1}, c_t = c_{t−1}. */
  private void holdEndedLanes(SequenceBatch batch, int t, int block) {
    for (int lane = 0; lane < LANES; lane++) {
      if (t >= batch.length(block * LANES + lane)) {
        s.holdState(t, block, lane);
      }
    }
  }

  private void cutGradients(WindowPanels window, int t) {
    for (int i = window.first(t); i < window.first(t + 1); i++) {
      s.clearGradients(window.block(window.all().get(i)));
    }
  }
}
