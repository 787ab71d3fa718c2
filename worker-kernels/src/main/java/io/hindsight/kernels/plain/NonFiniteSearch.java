package io.hindsight.kernels.plain;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.random.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

  /**
   * A direction of a recurrent layer.
   *
   * @param name the layer's number, and whether it reads from the end
   */
  private record Direction(RecurrentSpec layer, String name, boolean fromEnd) {
    Cell cell() {
      return layer.cell();
    }

    String inputSum() {
      return layer.layerNorm() ? "LN(W x) + b" : "W x + b";
    }

    String stateSum() {
      return layer.layerNorm() ? "LN(U h)" : "U h + b'";
    }

    /** The window's step that it reads as its t-th of so many. */
    int step(int t, int steps) {
      return fromEnd ? steps - 1 - t : t;
    }
  }

  private final PlainBptt bptt;
  private final List<Direction> directions = new ArrayList<>();
  private final boolean bothWays;
  private final double[] gradient; // (P)
  private Noise noise = Noise.NONE;
  private int lane;

  /** In a network with these weights. */
  public NonFiniteSearch(Parameters parameters) {
    bptt = new PlainBptt(parameters);
    NetworkSpec spec = parameters.layout().spec();
    bothWays = spec.readsBothWays();
    for (int layer = 0; layer < spec.recurrent().size(); layer++) {
      RecurrentSpec of = spec.recurrent().get(layer);
      directions.add(new Direction(of, "layer " + layer, false));
      if (of.bidirectional()) {
        directions.add(new Direction(of, "layer " + layer + " from the end", true));
      }
    }
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
   * The first value of a window that is not finite, forward and then backward. Where no layer reads
   * from the end, values follow from each other step by step, else layer by layer.
   *
   * @param h0 h before the first step // [L](H)
   * @param c0 c before the first step // [L](H)
   * @param how as for {@link PlainBptt#backward}
   * @return empty if all are finite
   */
  public Optional<Place> first(Window window, double[][] h0, double[][] c0, Backpropagation how) {
    bptt.forward(window, h0, c0, noise, lane);
    int steps = window.steps();
    Optional<Place> found = bothWays ? byLayer(steps) : firstOf(steps, this::step);
    if (found.isPresent() || !window.sequence().hasTargets()) {
      return found;
    }
    bptt.backward(how, gradient);
    for (int i = directions.size() - 1; i >= 0 && found.isEmpty(); i--) {
      int layer = i;
      found = firstOf(steps, fromEnd -> gradients(layer, steps - 1 - fromEnd, steps));
    }
    return found;
  }

  private Optional<Place> byLayer(int steps) {
    Optional<Place> found = firstOf(steps, this::input);
    for (int i = 0; i < directions.size() && found.isEmpty(); i++) {
      int layer = i;
      found = firstOf(steps, t -> values(layer, t, steps));
    }
    return found.or(() -> firstOf(steps, this::answer));
  }

  private static Optional<Place> firstOf(int steps, IntFunction<Optional<Place>> look) {
    return IntStream.range(0, steps).mapToObj(look).flatMap(Optional::stream).findFirst();
  }

  /** Step t upwards: what it reads, each layer, the output, the loss. */
  private Optional<Place> step(int t) {
    Optional<Place> found = input(t);
    for (int layer = 0; layer < directions.size() && found.isEmpty(); layer++) {
      found = values(layer, t, t + 1);
    }
    return found.or(() -> answer(t));
  }

  private Optional<Place> input(int t) {
    return units(t, "input %d", bptt.step(0, t).x);
  }

  /** The values of a layer at the t-th step that it reads of so many. */
  private Optional<Place> values(int layer, int t, int steps) {
    PlainStep s = bptt.step(layer, t);
    Direction direction = directions.get(layer);
    Cell cell = direction.cell();
    int at = direction.step(t, steps);
    String of = " of unit %d in " + direction.name();
    return rows(at, cell, direction.inputSum() + " for gate %s" + of, s.a)
        .or(() -> rows(at, cell, direction.stateSum() + " for gate %s" + of, s.u))
        .or(() -> rows(at, cell, "gate %s" + of, s.gates))
        .or(() -> cell.hasCellState() ? units(at, "c" + of, s.c) : Optional.empty())
        .or(() -> units(at, "h" + of, s.h));
  }

  private Optional<Place> answer(int t) {
    Optional<Place> output =
        bptt.isScored(t) ? units(t, "output %d", bptt.logits(t)) : Optional.empty();
    return output.or(() -> units(t, "the loss of target %d", new double[] {bptt.loss(t)}));
  }

  /** The gradients of a layer at the t-th step that it reads of so many. */
  private Optional<Place> gradients(int layer, int t, int steps) {
    PlainStep s = bptt.step(layer, t);
    Direction direction = directions.get(layer);
    Cell cell = direction.cell();
    int at = direction.step(t, steps);
    String of = " of unit %d in " + direction.name();
    return units(at, "the gradient of h" + of, s.dh)
        .or(
            () ->
                cell.hasCellState() ? units(at, "the gradient of c" + of, s.dc) : Optional.empty())
        .or(() -> rows(at, cell, "the gradient of gate %s" + of, s.da))
        .or(
            () ->
                rows(
                    at,
                    cell,
                    "the gradient of " + direction.stateSum() + " for gate %s" + of,
                    s.du));
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
