package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.random.Noise;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds where a window's computation stops being finite: which layer, gate and unit at which time
 * step, in the order in which values follow from each other.
 *
 * <p>It computes by {@link PlainBptt}, so a value that is only just finite in the kernels may be
 * found here, or the reverse.
 */
public final class NonFiniteSearch {
  /**
   * A value that is NaN or infinite.
   *
   * @param step time step within the window, from 0
   * @param what which value it is, such as {@code gate f of unit 3 in layer 0, before its sigmoid}
   * @param value it
   */
  public record Place(int step, String what, double value) {}

  private final PlainBptt bptt;
  private final List<RecurrentSpec> layers;
  private final double[] gradient; // (P)
  private Noise noise = Noise.NONE;
  private int lane;

  /** In a network with these weights. */
  public NonFiniteSearch(Parameters parameters) {
    bptt = new PlainBptt(parameters);
    layers = parameters.layout().spec().recurrent();
    gradient = new double[parameters.values().length];
  }

  /** Takes the noise of a training step; without it the search is one in evaluation. */
  public void under(Noise ofStep, int laneOfBatch) {
    noise = ofStep;
    lane = laneOfBatch;
  }

  /** The first weight that is not finite, by the name of its block and its index there. */
  public static Optional<String> weight(Parameters parameters) {
    double[] values = parameters.values();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        var block = parameters.layout().blockAt(i);
        return Optional.of(
            "weight %d of block %s is %s".formatted(i - block.offset(), block.name(), values[i]));
      }
    }
    return Optional.empty();
  }

  /**
   * The first value of a window that is not finite, forward and then backward.
   *
   * @param h0 h before the first step // [L](H)
   * @param c0 c before the first step // [L](H)
   * @param how as for {@link PlainBptt#backward}
   * @return empty if all are finite
   */
  public Optional<Place> first(Window window, double[][] h0, double[][] c0, Backpropagation how) {
    bptt.forward(window, h0, c0, noise, lane);
    for (int t = 0; t < window.steps(); t++) {
      Optional<Place> found = forward(t);
      if (found.isPresent()) {
        return found;
      }
    }
    if (!window.sequence().hasTargets()) {
      return Optional.empty();
    }
    bptt.backward(how, gradient);
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      for (int t = window.steps() - 1; t >= 0; t--) {
        Optional<Place> found = backward(layer, t);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Step t upwards: what it reads, each layer, the output, the loss. */
  private Optional<Place> forward(int t) {
    Optional<Place> found = units(t, "input %d", bptt.step(0, t).x);
    for (int layer = 0; layer < layers.size() && found.isEmpty(); layer++) {
      PlainStep s = bptt.step(layer, t);
      Cell cell = layers.get(layer).cell();
      String of = " of unit %d in layer " + layer;
      String ofInput = inputSum(layer);
      String ofState = stateSum(layer);
      found =
          rows(t, cell, ofInput + " for gate %s" + of, s.a)
              .or(() -> rows(t, cell, ofState + " for gate %s" + of, s.u))
              .or(() -> rows(t, cell, "gate %s" + of, s.gates))
              .or(() -> cell.hasCellState() ? units(t, "c" + of, s.c) : Optional.empty())
              .or(() -> units(t, "h" + of, s.h));
    }
    return found
        .or(() -> bptt.isScored(t) ? units(t, "output %d", bptt.logits(t)) : Optional.empty())
        .or(() -> units(t, "the loss of target %d", new double[] {bptt.loss(t)}));
  }

  private String inputSum(int layer) {
    return layers.get(layer).layerNorm() ? "LN(W x) + b" : "W x + b";
  }

  private String stateSum(int layer) {
    return layers.get(layer).layerNorm() ? "LN(U h)" : "U h + b'";
  }

  /** The gradients of a layer at step t. */
  private Optional<Place> backward(int layer, int t) {
    PlainStep s = bptt.step(layer, t);
    Cell cell = layers.get(layer).cell();
    String of = " of unit %d in layer " + layer;
    return units(t, "the gradient of h" + of, s.dh)
        .or(() -> cell.hasCellState() ? units(t, "the gradient of c" + of, s.dc) : Optional.empty())
        .or(() -> rows(t, cell, "the gradient of gate %s" + of, s.da))
        .or(() -> rows(t, cell, "the gradient of " + stateSum(layer) + " for gate %s" + of, s.du));
  }

  private static Optional<Place> units(int t, String what, double[] values) {
    int index = firstOf(values);
    return index < 0
        ? Optional.empty()
        : Optional.of(new Place(t, what.formatted(index), values[index]));
  }

  /** Of (G·H) values, gate after gate. */
  private static Optional<Place> rows(int t, Cell cell, String what, double[] values) {
    int index = firstOf(values);
    if (index < 0) {
      return Optional.empty();
    }
    List<String> gates = PlainCell.of(cell).gates();
    int hidden = values.length / gates.size();
    String described = String.format(Locale.ROOT, what, gates.get(index / hidden), index % hidden);
    return Optional.of(new Place(t, described, values[index]));
  }

  private static int firstOf(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
