package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.LayerWorkspace;
import io.hindsight.kernels.cell.RecurrentLayer;
import io.hindsight.kernels.cell.WindowPanels;
import io.hindsight.kernels.loss.HeadWorkspace;
import io.hindsight.kernels.loss.OutputHead;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;

/**
 * Back-propagation through time over one window of a batch: layers forward through time, then
 * backward.
 *
 * <p>{@link #forward} keeps what {@link #backward} needs, so one object serves one thread; its
 * workspace is reused and grows to the largest shape seen. What is computed for a lane block is a
 * function of that block alone, whatever else is in the batch.
 */
public final class Bptt {
  /** No truncation: gradients flow to the start of the window. */
  public static final int WHOLE_WINDOW = Integer.MAX_VALUE;

  private final NetworkSpec spec;
  private final RecurrentLayer[] layers; // [L]
  private final OutputHead head;
  private final WindowCheck windowCheck;

  private LayerWorkspace[] workspaces = {}; // [L]
  private HeadWorkspace headWorkspace;
  private WindowPanels panels;
  private SequenceBatch batch;

  /** For a network of this shape. */
  public Bptt(NetworkSpec spec) {
    this(spec, OpsProvider.get());
  }

  /** With a given implementation of the operations. */
  Bptt(NetworkSpec spec, VectorOps ops) {
    this.spec = spec;
    ParameterLayout layout = new ParameterLayout(spec);
    CellKernel kernel = CellKernel.of(spec.cell(), ops.gates());
    layers = new RecurrentLayer[spec.layers()];
    for (int layer = 0; layer < layers.length; layer++) {
      boolean tokens = layer == 0 && spec.input().isTokens();
      layers[layer] = new RecurrentLayer(kernel, ops, layout.layer(layer), tokens);
    }
    head = new OutputHead(ops, layout);
    windowCheck = new WindowCheck(spec);
  }

  /**
   * Runs the window of every lane.
   *
   * @param initial states that the windows start from, as many blocks as the batch; null for zero
   * @throws IllegalArgumentException if a sequence does not fit the network, naming it
   */
  public void forward(PackedWeights weights, SequenceBatch window, CarriedState initial) {
    check(weights, window, initial);
    batch = window;
    reserve(weights, Math.max(1, window.steps()), window.blocks());
    panels.set(window);
    headWorkspace.clearLoss();
    for (int layer = 0; layer < layers.length; layer++) {
      for (int block = 0; block < window.blocks(); block++) {
        setInitialState(layer, block, initial);
        for (int t = 0; t < window.steps(block); t++) {
          loadInput(layer, t, block);
        }
      }
      layers[layer].forward(weights.layer(layer), workspaces[layer], window, panels);
    }
    head.forward(weights.head(), headWorkspace, top(), window, panels);
  }

  /**
   * Adds the gradients of the last {@link #forward}'s loss; call it at most once after each.
   *
   * <p>Within a block gradients are added for steps descending; blocks that share a sum are added
   * block after block at each step.
   *
   * @param truncation gradients stop at multiples of this many steps from the window's start;
   *     {@link #WHOLE_WINDOW} for full back-propagation
   * @param sums (NB): the sum each block adds its gradient, loss and targets to; blocks of one
   *     shard share one
   */
  public void backward(PackedWeights weights, int truncation, GradientSum[] sums) {
    if (truncation < 1) {
      throw new IllegalArgumentException("truncation must be at least 1, but is " + truncation);
    }
    headWorkspace.clearGradients();
    for (LayerWorkspace workspace : workspaces) {
      workspace.clearGradients();
    }
    head.backward(weights.head(), headWorkspace, top(), batch, sums);
    Panels above = headWorkspace.scored();
    for (int layer = layers.length - 1; layer >= 0; layer--) {
      LayerWorkspace below = layer > 0 ? workspaces[layer - 1] : null;
      layers[layer].backward(
          weights.layer(layer), workspaces[layer], batch, panels, above, truncation, sums, below);
      above = panels.all();
    }
    for (int block = 0; block < batch.blocks(); block++) {
      sums[block].addLoss(loss(block), targets(block));
    }
  }

  /** Sum of the losses of a block's targets in the last {@link #forward}. */
  public double loss(int block) {
    return headWorkspace.loss(block);
  }

  /** Sum of the losses of one lane's targets in the last {@link #forward}. */
  public double laneLoss(int lane) {
    return headWorkspace.laneLoss(lane);
  }

  /** Number of a block's targets in the last {@link #forward}. */
  public long targets(int block) {
    return headWorkspace.targets(block);
  }

  /**
   * One output of the last {@link #forward}: a value or a probability. Defined where the step is
   * scored, until {@link #backward}.
   *
   * @param t step within the window
   */
  public double output(int lane, int t, int o) {
    return headWorkspace.output(lane, t, o);
  }

  /** Copies every lane's state after its window into {@code state}. */
  public void finalState(CarriedState state) {
    for (int layer = 0; layer < layers.length; layer++) {
      for (int block = 0; block < batch.blocks(); block++) {
        int t = batch.steps(block);
        workspaces[layer].copyState(t, block, state.hidden(layer), state.cell(layer));
      }
    }
  }

  /**
   * Copies dE/d(initial state) into {@code gradient}, after {@link #backward}; with truncation it
   * is that of the first piece's loss.
   */
  public void initialStateGradient(CarriedState gradient) {
    for (int layer = 0; layer < layers.length; layer++) {
      workspaces[layer].copyInitialStateGradient(gradient.hidden(layer), gradient.cell(layer));
    }
  }

  /** Bytes held for activations and their gradients, and for summing those of the weights. */
  public long workspaceBytes() {
    long bytes = headWorkspace == null ? 0 : headWorkspace.bytes();
    for (LayerWorkspace workspace : workspaces) {
      bytes += workspace.bytes();
    }
    for (RecurrentLayer layer : layers) {
      bytes += layer.scratchBytes();
    }
    return bytes + head.scratchBytes();
  }

  private LayerWorkspace top() {
    return workspaces[workspaces.length - 1];
  }

  private void setInitialState(int layer, int block, CarriedState initial) {
    double[] h = initial == null ? null : initial.hidden(layer);
    double[] c = initial == null ? null : initial.cell(layer);
    workspaces[layer].setInitialState(block, h, c);
  }

  private void loadInput(int layer, int t, int block) {
    if (layer > 0) {
      workspaces[layer].copyInputFrom(workspaces[layer - 1], t, block);
    } else if (!spec.input().isTokens()) {
      workspaces[0].loadInput(batch, t, block);
    }
  }

  private void reserve(PackedWeights weights, int steps, int blocks) {
    if (workspaces.length > 0 && workspaces[0].fits(steps, blocks)) {
      return;
    }
    LayerWorkspace[] larger = new LayerWorkspace[layers.length];
    for (int layer = 0; layer < layers.length; layer++) {
      boolean hasCell = spec.cell().hasCellState();
      larger[layer] = new LayerWorkspace(weights.layer(layer), hasCell, steps, blocks);
    }
    workspaces = larger;
    panels = new WindowPanels(steps, blocks);
    headWorkspace = new HeadWorkspace(spec.output().size(), steps, blocks);
  }

  private void check(PackedWeights weights, SequenceBatch window, CarriedState initial) {
    if (!weights.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "weights of %s cannot run a network %s".formatted(weights.spec(), spec));
    }
    if (initial != null && initial.blocks() != window.blocks()) {
      throw new IllegalArgumentException(
          "an initial state of %d blocks for a batch of %d"
              .formatted(initial.blocks(), window.blocks()));
    }
    windowCheck.check(window);
  }
}
