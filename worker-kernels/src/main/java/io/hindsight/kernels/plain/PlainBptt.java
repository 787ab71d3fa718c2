package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.LabelString;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.ctc.PlainCtc;
import io.hindsight.kernels.embedding.PlainInput;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.plain.loss.PlainLoss;
import io.hindsight.kernels.random.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Back-propagation through time of one window, in plain loops: no lanes, no panels, no reuse of
 * memory. It computes what {@link io.hindsight.kernels.bptt.Bptt} does, up to rounding, and says
 * how.
 *
 * <p>Forward, each layer runs through all time steps, reads the h of the layer below, and keeps
 * every value. Backward visits the same lines in reverse: layers downwards, time steps descending.
 * The same weights serve every step, so their gradients are sums over time. Dimensions: T steps, I
 * inputs, H hidden units, G gates, O outputs, P parameters; L layers, one of two directions counted
 * twice: its second reads the window from the end, and its step 0 is the window's last.
 */
public final class PlainBptt {
  private final NetworkSpec spec;
  private final PlainInput input;
  private final PlainLayer[] layers; // all of the network's list
  private final PlainRecurrent[] recurrent; // [L] of them, each direction by itself
  private final PlainLinear output;
  private final PlainLoss loss;

  private Window window;
  private double[][] top; // [T](H): what the output reads
  private double[][] logits; // [T](O)

  /** For these weights: the live array is read. */
  public PlainBptt(Parameters parameters) {
    ParameterLayout layout = parameters.layout();
    double[] values = parameters.values();
    spec = layout.spec();
    input = new PlainInput(parameters);
    layers = new PlainLayer[spec.layers().size()];
    List<PlainRecurrent> withState = new ArrayList<>();
    for (int layer = 0; layer < layers.length; layer++) {
      if (spec.layers().get(layer) instanceof DropoutSpec dropout) {
        layers[layer] = new PlainDropout(dropout, layer);
      } else {
        PlainLayer made = recurrent(parameters, layer, withState);
        boolean residual = ((RecurrentSpec) spec.layers().get(layer)).residual();
        layers[layer] = residual ? new PlainLayer.Residual(made) : made;
      }
    }
    recurrent = withState.toArray(PlainRecurrent[]::new);
    output = new PlainLinear(values, layout.outWeight(), Optional.of(layout.outBias()));
    loss = new PlainLoss(spec.output());
  }

  /** A recurrent layer, whose directions are added to those there are. */
  private static PlainLayer recurrent(Parameters of, int number, List<PlainRecurrent> directions) {
    List<LayerBlocks> blocks = of.layout().layers();
    RecurrentSpec spec = blocks.get(directions.size()).spec();
    PlainRecurrent forward = new PlainRecurrent(of.values(), blocks.get(directions.size()), number);
    directions.add(forward);
    if (!spec.bidirectional()) {
      return forward;
    }
    PlainRecurrent backward =
        new PlainRecurrent(of.values(), blocks.get(directions.size()), ~number);
    directions.add(backward);
    boolean readAtItsEnd = of.layout().spec().isReadAtItsEnd(number);
    return new PlainBidirectional(forward, backward, readAtItsEnd);
  }

  /** Runs a window from the zero state, for evaluation. */
  public void forward(Window window) {
    double[][] zero = new double[recurrent.length][];
    Arrays.setAll(zero, layer -> new double[recurrent[layer].hidden()]);
    forward(window, zero, zero);
  }

  /**
   * Runs a window, for evaluation.
   *
   * @param h0 h before the first step // [L](H)
   * @param c0 c before the first step, read by cells that have one // [L](H)
   */
  public void forward(Window window, double[][] h0, double[][] c0) {
    forward(window, h0, c0, Noise.NONE, 0);
  }

  /**
   * Runs a window.
   *
   * @param h0 h before the first step // [L](H)
   * @param c0 c before the first step, read by cells that have one // [L](H)
   * @param lane of the batch that the noise is for
   */
  public void forward(Window window, double[][] h0, double[][] c0, Noise noise, int lane) {
    this.window = window;
    for (int layer = 0; layer < recurrent.length; layer++) {
      recurrent[layer].start(h0[layer], c0[layer]);
    }
    PlainNoise masks = new PlainNoise(noise, lane);
    top = input.forward(window);
    for (PlainLayer layer : layers) {
      top = layer.forward(top, masks);
    }
    logits = new double[window.steps()][];
    for (int t = 0; t < window.steps(); t++) {
      logits[t] = output.forward(top[t]);
    }
  }

  /**
   * Adds the gradient of the last {@link #forward}'s loss.
   *
   * @param how how far gradients flow back, and how large they may be on the way
   * @param gradient (P)
   */
  public void backward(Backpropagation how, double[] gradient) {
    double[][] dh = new double[window.steps()][spec.topRows()];
    double[][] dz = logitGradients();
    for (int t = 0; t < dh.length; t++) {
      outputBackward(t, dz[t], dh[t], gradient);
    }
    backward(dh, how, gradient);
  }

  /**
   * As the other, of the loss of one step's target alone and through the whole window.
   *
   * @param t a step that is scored
   */
  void backwardFrom(int t, double[] gradient) {
    double[][] dh = new double[window.steps()][spec.topRows()];
    outputBackward(t, logitGradients()[t], dh[t], gradient);
    backward(dh, Backpropagation.FULL, gradient);
  }

  /** Adds the gradient of step t's loss to dh (H) at the top; of no loss if it is not scored. */
  private void outputBackward(int t, double[] dz, double[] dh, double[] gradient) {
    if (isScored(t)) {
      output.backward(top[t], dz, dh, gradient);
    }
  }

  /** dE/dz of the steps that are scored // [T](O), null at others. */
  private double[][] logitGradients() {
    double[][] dz = new double[window.steps()][];
    if (spec.output().loss().targetsAreStrings() && window.scoredFrom() < dz.length) {
      double[][] scored = ofString().gradient();
      for (double[] row : scored) {
        Arrays.setAll(row, o -> stringWeight() * row[o]);
      }
      System.arraycopy(scored, 0, dz, window.scoredFrom(), scored.length);
      return dz;
    }
    for (int t = 0; t < dz.length; t++) {
      dz[t] = isScored(t) ? loss.backward(logits[t], window.sequence(), window.start() + t) : null;
    }
    return dz;
  }

  /** All steps of a window have the same, which is what its string counts. */
  private double stringWeight() {
    return window.sequence().weight(window.start());
  }

  /** Of all scored steps together. */
  private PlainCtc ofString() {
    double[][] scored = Arrays.copyOfRange(logits, window.scoredFrom(), logits.length);
    return new PlainCtc(scored, LabelString.of(window));
  }

  /** Layers downwards, from the gradient at the top [T](H). */
  private void backward(double[][] atTop, Backpropagation how, double[] gradient) {
    double[][] dh = atTop;
    for (int layer = layers.length - 1; layer >= 0; layer--) {
      dh = layers[layer].backward(dh, how, gradient);
    }
    input.backward(dh, gradient);
  }

  /** Sum of the losses of the window's targets, each times its weight. */
  public double loss() {
    double sum = 0;
    for (int t = 0; t < window.steps(); t++) {
      sum += loss(t);
    }
    return sum;
  }

  /** Whether a step has a target, or would have one if the sequence had any. */
  public boolean isScored(int t) {
    if (spec.output().loss().targetsAreStrings()) {
      boolean counts = !window.sequence().hasTargets() || stringWeight() > 0;
      return counts && t >= window.scoredFrom();
    }
    boolean asked = spec.output().at() == At.EVERY_STEP || t == window.steps() - 1;
    return asked && window.isScored(t);
  }

  /** What step t answers: values or probabilities // (A). */
  public double[] output(int t) {
    return loss.outputs(logits[t]);
  }

  /** The live values of a layer at step t. */
  PlainStep step(int layer, int t) {
    return recurrent[layer].step(t);
  }

  /** The live logits of step t // (O). */
  double[] logits(int t) {
    return logits[t];
  }

  /** What the target of step t, which is scored, counts beside others. */
  double weight(int t) {
    return spec.output().loss().targetsAreStrings()
        ? stringWeight()
        : loss.weight(window.sequence(), window.start() + t);
  }

  /**
   * The loss of step t's target times its weight; 0 if it has none. That of a string is at the last
   * step.
   */
  double loss(int t) {
    if (spec.output().loss().targetsAreStrings()) {
      boolean last = isScored(t) && t == window.steps() - 1;
      return last && window.sequence().hasTargets() ? stringWeight() * ofString().loss() : 0;
    }
    return isScored(t) && window.sequence().hasTargets()
        ? loss.forward(logits[t], window.sequence(), window.start() + t)
        : 0;
  }

  /** The live h of a layer after {@code step} steps, in [0, T] // (H). */
  public double[] hidden(int layer, int step) {
    return recurrent[layer].state(step).h;
  }

  /** The live c of a layer after {@code step} steps, in [0, T]; without meaning if it has none. */
  public double[] cell(int layer, int step) {
    return recurrent[layer].state(step).c;
  }

  /** After {@link #backward}: what dE/dh_t of a layer was multiplied by; 1 if it was small. */
  public double deltaFactor(int layer, int t) {
    return recurrent[layer].state(t + 1).deltaFactor;
  }

  /** After a backward pass: the live dE/dh of a layer after {@code step} steps // (H). */
  double[] hiddenGradient(int layer, int step) {
    return recurrent[layer].state(step).dh;
  }

  /** After {@link #backward}: the live dE/dh before the first step // (H). */
  public double[] initialHiddenGradient(int layer) {
    return hiddenGradient(layer, 0);
  }

  /** After {@link #backward}: the live dE/dc before the first step // (H). */
  public double[] initialCellGradient(int layer) {
    return recurrent[layer].state(0).dc;
  }
}
