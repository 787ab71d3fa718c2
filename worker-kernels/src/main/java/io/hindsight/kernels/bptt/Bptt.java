package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.layer.Activations;
import io.hindsight.kernels.layer.Layer;
import io.hindsight.kernels.loss.Head;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.random.Noise;
import io.hindsight.kernels.team.Team;
import io.hindsight.kernels.team.TeamMatrixOps;

/**
 * Back-propagation through time over one window of a batch: layers forward through time, then
 * backward.
 *
 * <p>{@link #forward} keeps what {@link #backward} needs, so one object serves one caller; its
 * workspace is reused and grows to the largest shape seen. What is computed for a lane block is a
 * function of that block alone, whatever else is in the batch.
 */
public final class Bptt {
  private final NetworkSpec spec;
  private final Layer[] layers; // [L]
  private final Head head;
  private final WindowCheck windowCheck;
  private final AlignedMemory ofSums; // of the gradients of weights
  private WindowPanels window = new WindowPanels(0, 0);
  private final AlignedMemory ofWindow; // of the activations of such a window

  /** For a network of this shape. */
  public Bptt(NetworkSpec spec) {
    this(spec, Team.ALONE);
  }

  /** For a network of this shape, the work of each time step shared by a team, to the same bits. */
  public Bptt(NetworkSpec spec, Team team) {
    this(spec, OpsProvider.get(), team);
  }

  /** With a given implementation of the operations. */
  Bptt(NetworkSpec spec, VectorOps ops) {
    this(spec, ops, Team.ALONE);
  }

  private Bptt(NetworkSpec spec, VectorOps ops, Team team) {
    this.spec = spec;
    ofWindow = ops.memory();
    ParameterLayout layout = new ParameterLayout(spec);
    ofSums = ops.memory();
    layers = Layer.stack(layout, ops, ofSums, team);
    Activations top = layers[layers.length - 1].output();
    head = Head.of(layout, top, TeamMatrixOps.share(ops, team), ofSums);
    windowCheck = new WindowCheck(spec);
  }

  /** As below, for evaluation. */
  public void forward(PackedWeights weights, SequenceBatch batch, CarriedState initial) {
    forward(weights, batch, initial, Noise.NONE);
  }

  /**
   * Runs the window of every lane.
   *
   * @param initial states that the windows start from, as many blocks as the batch; null for zero
   * @param noise of training, or {@link Noise#NONE} for evaluation
   * @throws IllegalArgumentException if a sequence does not fit the network, naming it
   */
  public void forward(
      PackedWeights weights, SequenceBatch batch, CarriedState initial, Noise noise) {
    check(weights, batch, initial);
    reserve(Math.max(1, batch.steps()), batch.blocks());
    window.set(batch, noise);
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer].forward(weights.layer(layer), window, initial);
    }
    head.forward(weights.head(), window);
  }

  /**
   * Adds the gradients of the last {@link #forward}'s loss; call it at most once after each.
   *
   * <p>Within a block gradients are added for steps descending; blocks that share a sum are added
   * block after block at each step.
   *
   * @param how how far gradients flow back, and how large they may be on the way
   * @param sums (NB): the sum each block adds its gradient, loss and targets to; blocks of one
   *     shard share one
   */
  public void backward(PackedWeights weights, Backpropagation how, GradientSum[] sums) {
    head.backward(weights.head(), window, sums);
    for (int layer = layers.length - 1; layer >= 0; layer--) {
      layers[layer].backward(weights.layer(layer), window, how, sums);
    }
    for (int block = 0; block < window.blocks(); block++) {
      sums[block].addLoss(loss(block), weight(block), targets(block));
    }
  }

  /**
   * Sum of the losses of a block's targets, each times its weight, in the last {@link #forward}.
   */
  public double loss(int block) {
    return head.loss(block);
  }

  /**
   * Sum of the losses of one lane's targets, each times its weight, in the last {@link #forward}.
   */
  public double laneLoss(int lane) {
    return head.laneLoss(lane);
  }

  /**
   * Sum of the weights of a block's targets in the last {@link #forward}: what its loss is divided
   * by for a mean. A target whose step has no weight and that lacks no element has weight 1.
   */
  public double weight(int block) {
    return head.weight(block);
  }

  /** Sum of the weights of one lane's targets in the last {@link #forward}. */
  public double laneWeight(int lane) {
    return head.laneWeight(lane);
  }

  /** Number of a block's targets in the last {@link #forward}. */
  public long targets(int block) {
    return head.targets(block);
  }

  /**
   * Copies what one lane answers in the last {@link #forward}: values or probabilities. Defined
   * where the step is scored, until {@link #backward}.
   *
   * @param t step within the window
   * @param into (A), from {@code from}
   */
  public void outputs(int lane, int t, double[] into, int from) {
    head.outputs(lane, t, into, from);
  }

  /**
   * Copies every lane's state after its window into {@code state}, or after the step of it at which
   * it is {@linkplain SequenceBatch#handedOnAfter handed on}.
   */
  public void finalState(CarriedState state) {
    for (Layer layer : layers) {
      layer.copyFinalState(window, state);
    }
  }

  /**
   * Copies the state of one lane after a step of the last {@link #forward}, from which its sequence
   * can be continued otherwise.
   *
   * @param t step of the lane's piece
   * @param into of another batch of this network
   * @param toLane of {@code into}
   * @throws UnsupportedOperationException if the network reads sequences from their ends too
   */
  public void copyState(int lane, int t, CarriedState into, int toLane) {
    for (Layer layer : layers) {
      layer.copyState(lane, t, into, toLane);
    }
  }

  /**
   * Copies dE/d(initial state) into {@code gradient}, after {@link #backward}; with truncation it
   * is that of the first piece's loss.
   */
  public void initialStateGradient(CarriedState gradient) {
    for (Layer layer : layers) {
      layer.copyInitialStateGradient(gradient);
    }
  }

  /** Bytes held for activations and their gradients, and for summing those of the weights. */
  public long workspaceBytes() {
    long bytes = ofSums.bytes() + ofWindow.bytes() + head.bytes();
    for (Layer layer : layers) {
      bytes += layer.bytes();
    }
    return bytes;
  }

  private void reserve(int steps, int blocks) {
    if (window.fits(steps, blocks)) {
      return;
    }
    window = new WindowPanels(steps, blocks);
    ofWindow.clear();
    for (Layer layer : layers) {
      layer.reserve(steps, blocks, ofWindow);
    }
    head.reserve(steps, blocks);
  }

  private void check(PackedWeights weights, SequenceBatch batch, CarriedState initial) {
    if (!weights.spec().equals(spec)) {
      throw new IllegalArgumentException(
          "weights of %s cannot run a network %s".formatted(weights.spec(), spec));
    }
    if (initial != null && initial.blocks() != batch.blocks()) {
      throw new IllegalArgumentException(
          "an initial state of %d blocks for a batch of %d"
              .formatted(initial.blocks(), batch.blocks()));
    }
    windowCheck.check(batch);
  }
}
