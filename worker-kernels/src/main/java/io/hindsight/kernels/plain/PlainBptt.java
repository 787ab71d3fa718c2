package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Back-propagation through time of one window, in plain loops: no lanes, no panels, no reuse of
 * memory. It computes what {@link io.hindsight.kernels.bptt.Bptt} does, up to rounding, and says
 * how.
 *
 * <p>Forward, each layer runs through all time steps, reads the h of the layer below, and keeps
 * every value. Backward visits the same lines in reverse: layers downwards, time steps descending.
 * The same weights serve every step, so their gradients are sums over time. Dimensions: T steps, I
 * inputs, H hidden units, G gates, O outputs, L layers, P parameters.
 */
public final class PlainBptt {
  private final NetworkSpec spec;
  private final PlainLinear[] input; // [L], W x + b
  private final PlainLinear[] recurrent; // [L], U h + b'
  private final PlainCell[] cells; // [L]
  private final PlainLinear output;
  private final PlainLoss loss;

  private final PlainStep[][] steps; // [L][T+1], step 0 the initial state
  private Window window;
  private double[][] logits; // [T](O)

  /** For these weights: the live array is read. */
  public PlainBptt(Parameters parameters) {
    ParameterLayout layout = parameters.layout();
    double[] values = parameters.values();
    spec = layout.spec();
    int layers = spec.recurrent().size();
    input = new PlainLinear[layers];
    recurrent = new PlainLinear[layers];
    cells = new PlainCell[layers];
    for (int layer = 0; layer < layers; layer++) {
      LayerBlocks blocks = layout.layers().get(layer);
      input[layer] = new PlainLinear(values, blocks.weightIh(), blocks.biasIh());
      recurrent[layer] = new PlainLinear(values, blocks.weightHh(), blocks.biasHh());
      cells[layer] = PlainCell.of(blocks.spec().cell());
    }
    output = new PlainLinear(values, layout.outWeight(), layout.outBias());
    loss = new PlainLoss(spec.output().loss());
    steps = new PlainStep[layers][];
  }

  /** Runs a window from the zero state. */
  public void forward(Window window) {
    double[][] zero = new double[steps.length][];
    List<Integer> hidden = spec.hidden();
    Arrays.setAll(zero, layer -> new double[hidden.get(layer)]);
    forward(window, zero, zero);
  }

  /**
   * Runs a window.
   *
   * @param h0 h before the first step // [L](H)
   * @param c0 c before the first step, read by cells that have one // [L](H)
   */
  public void forward(Window window, double[][] h0, double[][] c0) {
    this.window = window;
    double[][] x = inputs();
    for (int layer = 0; layer < steps.length; layer++) {
      steps[layer] = new PlainStep[window.steps() + 1];
      steps[layer][0] = new PlainStep(h0[layer], c0[layer]);
      x = layerForward(layer, x);
    }
    logits = new double[window.steps()][];
    for (int t = 0; t < window.steps(); t++) {
      logits[t] = output.forward(x[t]);
    }
  }

  /** A layer through time: x [T](I) → h [T](H). */
  private double[][] layerForward(int layer, double[][] x) {
    double[][] h = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      PlainStep before = steps[layer][t];
      double[] a = input[layer].forward(x[t]);
      double[] u = recurrent[layer].forward(before.h);
      PlainStep step = new PlainStep(before, x[t], a, u);
      cells[layer].forward(step);
      steps[layer][t + 1] = step;
      h[t] = step.h;
    }
    return h;
  }

  /**
   * Adds the gradient of the last {@link #forward}'s loss; call it once after each.
   *
   * @param truncation gradients stop at multiples of this many steps from the window's start; at
   *     least T for full back-propagation
   * @param gradient (P)
   */
  public void backward(int truncation, double[] gradient) {
    double[][] dh = new double[window.steps()][spec.topRows()];
    for (int t = 0; t < dh.length; t++) {
      if (isScored(t)) {
        double[] dz = loss.backward(output(t), window.sequence(), window.start() + t);
        output.backward(steps[steps.length - 1][t + 1].h, dz, dh[t], gradient);
      }
    }
    for (int layer = steps.length - 1; layer >= 0; layer--) {
      dh = layerBackward(layer, dh, truncation, gradient);
    }
  }

  /** Of {@link #layerForward}: dE/dh from above [T](H) → dE/dx [T](I). */
  private double[][] layerBackward(int layer, double[][] dh, int truncation, double[] gradient) {
    double[][] dx = new double[dh.length][input[layer].inputs()];
    for (int t = dh.length - 1; t >= 0; t--) {
      PlainStep step = steps[layer][t + 1];
      for (int j = 0; j < step.dh.length; j++) {
        step.dh[j] += dh[t][j]; // to what came from step t + 1
      }
      cells[layer].backward(step);
      recurrent[layer].backward(step.before.h, step.du, step.before.dh, gradient);
      input[layer].backward(step.x, step.da, dx[t], gradient);
      if (t > 0 && t % truncation == 0) {
        Arrays.fill(step.before.dh, 0);
        Arrays.fill(step.before.dc, 0);
      }
    }
    return dx;
  }

  /** Sum of the losses of the window's targets. */
  public double loss() {
    double sum = 0;
    for (int t = 0; t < window.steps(); t++) {
      sum += loss(t);
    }
    return sum;
  }

  /** Whether a step has a target, or would have one if the sequence had any. */
  public boolean isScored(int t) {
    boolean asked = spec.output().at() == At.EVERY_STEP || t == window.steps() - 1;
    return asked && window.isScored(t);
  }

  /** What step t answers: values or probabilities // (O). */
  public double[] output(int t) {
    return loss.outputs(logits[t]);
  }

  /** The live values of a layer at step t. */
  PlainStep step(int layer, int t) {
    return steps[layer][t + 1];
  }

  /** The live logits of step t // (O). */
  double[] logits(int t) {
    return logits[t];
  }

  /** The loss of step t's target; 0 if it has none. */
  double loss(int t) {
    return isScored(t) && window.sequence().hasTargets()
        ? loss.forward(logits[t], window.sequence(), window.start() + t)
        : 0;
  }

  /** The live h of a layer after {@code step} steps, in [0, T] // (H). */
  public double[] hidden(int layer, int step) {
    return steps[layer][step].h;
  }

  /** The live c of a layer after {@code step} steps, in [0, T]; without meaning if it has none. */
  public double[] cell(int layer, int step) {
    return steps[layer][step].c;
  }

  /** After {@link #backward}: the live dE/dh before the first step // (H). */
  public double[] initialHiddenGradient(int layer) {
    return steps[layer][0].dh;
  }

  /** After {@link #backward}: the live dE/dc before the first step // (H). */
  public double[] initialCellGradient(int layer) {
    return steps[layer][0].dc;
  }

  /** x_t of every step: features, or the vector that is 1 at the token // [T](I). */
  private double[][] inputs() {
    Sequence sequence = window.sequence();
    double[][] x = new double[window.steps()][spec.input().size()];
    for (int t = 0; t < x.length; t++) {
      int step = window.start() + t;
      if (!sequence.isTokens()) {
        System.arraycopy(sequence.features(), step * x[t].length, x[t], 0, x[t].length);
      } else if (sequence.tokens()[step] != Sequence.NO_TOKEN) {
        x[t][sequence.tokens()[step]] = 1;
      }
    }
    return x;
  }
}
