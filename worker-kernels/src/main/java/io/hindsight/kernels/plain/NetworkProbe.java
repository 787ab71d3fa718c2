package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.plain.loss.TrivialLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * What a few windows show of a network: how far back gradients reach in each layer, which gates are
 * saturated, the loss and its gradient, and the loss of the best constant answer.
 *
 * <p>The gradient against lag is that of the last target of each window, followed through the whole
 * window. Of a layer of two directions it is that of the states from the start, and the gates are
 * those of both. Dropout and noise of states are as in evaluation.
 */
public final class NetworkProbe {
  private final PlainBptt bptt;
  private final List<RecurrentSpec> layers; // [L]
  private final List<PlainCell> cells = new ArrayList<>(); // [L]
  private final List<LagGradients> lags = new ArrayList<>(); // [L]
  private final List<List<GateCounts>> gates = new ArrayList<>(); // [L][G]
  private final TrivialLoss trivial;
  private final double[] gradient; // (P), summed over targets
  private final double[] ofOneTarget; // (P), of no use
  private double loss;
  private double weight; // of the targets
  private int windows;

  /** Of a network with these weights: the live array is read. */
  public NetworkProbe(Parameters parameters) {
    NetworkSpec spec = parameters.layout().spec();
    bptt = new PlainBptt(parameters);
    layers = spec.recurrent();
    for (RecurrentSpec layer : layers) {
      PlainCell cell = PlainCell.of(layer.cell());
      cells.add(cell);
      lags.add(new LagGradients());
      gates.add(counts(cell, layer.outputs(0)));
    }
    trivial = new TrivialLoss(spec.output());
    gradient = new double[parameters.values().length];
    ofOneTarget = new double[gradient.length];
  }

  private static List<GateCounts> counts(PlainCell cell, int hidden) {
    List<GateCounts> counts = new ArrayList<>();
    for (int gate = 0; gate < cell.gates().size(); gate++) {
      counts.add(new GateCounts(cell.gates().get(gate), cell.activations().get(gate), hidden));
    }
    return counts;
  }

  /**
   * Looks at a window of a sequence with targets, from the zero state.
   *
   * @param how the gradient of all targets flows back
   */
  public void add(Window window, Backpropagation how) {
    bptt.forward(window);
    look(window, how);
  }

  /**
   * As the other, from another state.
   *
   * @param h0 h before the first step // [L](H)
   * @param c0 c before the first step // [L](H)
   */
  public void add(Window window, double[][] h0, double[][] c0, Backpropagation how) {
    bptt.forward(window, h0, c0);
    look(window, how);
  }

  private void look(Window window, Backpropagation how) {
    windows++;
    addGates(window.steps());
    int last = addTargets(window);
    if (last < 0) {
      return;
    }
    loss += bptt.loss();
    bptt.backwardFrom(last, ofOneTarget);
    int direction = 0;
    for (int layer = 0; layer < layers.size(); layer++) {
      lags.get(layer).add(norms(direction, last));
      direction += layers.get(layer).directions();
    }
    bptt.backward(how, gradient);
  }

  private void addGates(int steps) {
    int direction = 0;
    for (int layer = 0; layer < layers.size(); layer++) {
      for (int i = 0; i < layers.get(layer).directions(); i++) {
        addGates(layer, direction++, i * layers.get(layer).hidden(), steps);
      }
    }
  }

  /** Those of one direction, whose units count from {@code firstUnit} on. */
  private void addGates(int layer, int direction, int firstUnit, int steps) {
    List<GateCounts> counts = gates.get(layer);
    for (int t = 0; t < steps; t++) {
      PlainStep step = bptt.step(direction, t);
      for (int gate = 0; gate < counts.size(); gate++) {
        for (int unit = 0; unit < step.h.length; unit++) {
          counts.get(gate).add(firstUnit + unit, cells.get(layer).gate(step, gate, unit));
        }
      }
    }
  }

  /** The last step that is scored; −1 if none is. */
  private int addTargets(Window window) {
    int last = -1;
    for (int t = 0; t < window.steps(); t++) {
      if (bptt.isScored(t)) {
        trivial.add(window.sequence(), window.start() + t);
        weight += bptt.weight(t);
        last = t;
      }
    }
    return last;
  }

  /** By lag, from the step of the target back to the first. */
  private double[] norms(int direction, int target) {
    double[] norms = new double[target + 1];
    for (int lag = 0; lag <= target; lag++) {
      double sum = 0;
      for (double dh : bptt.hiddenGradient(direction, target - lag + 1)) {
        sum += dh * dh;
      }
      norms[lag] = Math.sqrt(sum);
    }
    return norms;
  }

  /** Windows that were looked at. */
  public int windows() {
    return windows;
  }

  /** Their targets. */
  public long targets() {
    return trivial.targets();
  }

  /** Mean loss of a target by weight; NaN without targets. */
  public double loss() {
    return loss / weight;
  }

  /** Mean loss of a target if all had the best constant answer; NaN without targets. */
  public double trivialLoss() {
    return trivial.mean();
  }

  /** The gradient of {@link #loss}, a copy // (P). */
  public double[] gradient() {
    double[] mean = gradient.clone();
    for (int i = 0; i < mean.length && targets() > 0; i++) {
      mean[i] /= weight;
    }
    return mean;
  }

  /** L: how many layers there are. */
  public int layers() {
    return lags.size();
  }

  /** How far back gradients reach in a layer. */
  public LagGradients lags(int layer) {
    return lags.get(layer);
  }

  /** How much of each gate of a layer is saturated. */
  public List<GateShare> gates(int layer) {
    return gates.get(layer).stream().map(GateCounts::share).toList();
  }
}
