package io.hindsight.kernels.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.Noise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainBpttTest {
  private static final double TOLERANCE = 1e-12;
  private static final double FLOOR = 1e-3;

  /** Of gradients that are differences of probabilities, known as sums of logarithms. */
  private static final double STRING_FLOOR = 0.1;

  private static final double STEP = 0x1p-17; // of differences
  private static final Integer[][] STACKS = {{9}, {4, 5}, {2, 5, 3}};
  private static final List<Backpropagation> WAYS =
      List.of(
          Backpropagation.truncated(1),
          Backpropagation.truncated(2),
          Backpropagation.truncated(3),
          Backpropagation.FULL,
          new Backpropagation(Backpropagation.WHOLE_WINDOW, 0.2),
          new Backpropagation(3, 0.05));

  /** A normalisation of few numbers may magnify their rounding. */
  private static final Integer[][] NORMALIZED_STACKS = {{9}, {12, 9}, {10, 12, 9}};

  /** Every cell × input × loss × place of targets. */
  static List<Arguments> networks() {
    return networks(Samples.cells());
  }

  /** The same of normalised layers. */
  static List<Arguments> kinds() {
    return networks(Samples.kinds());
  }

  private static List<Arguments> networks(List<Cell> cells) {
    List<Arguments> networks = new ArrayList<>();
    for (Cell cell : cells) {
      for (boolean tokens : new boolean[] {false, true}) {
        for (Loss loss : Samples.stepLosses(cell)) {
          for (At at : At.values()) {
            networks.add(Arguments.of(cell, tokens, loss, at));
          }
        }
      }
    }
    return networks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeWhatTheKernelsDo(Cell cell, boolean tokens, Loss loss, At at) {
    long limited = 0;
    for (Integer[] hidden : STACKS) {
      for (Backpropagation how : WAYS) {
        limited += compare(Samples.spec(cell, tokens, loss, at, hidden), how);
      }
    }
    assertTrue(limited > 0);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeWhatTheKernelsDoInBothDirections(Cell cell, boolean tokens, Loss loss, At at) {
    for (Backpropagation how : WAYS) {
      for (Integer[] hidden : STACKS) {
        compare(Samples.bothWays(Samples.spec(cell, tokens, loss, at, hidden)), how);
      }
    }
  }

  @Test
  void shouldComputeWhatTheKernelsDoWhereDirectionsAreMixed() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          for (NetworkSpec spec : Samples.mixedDirections(cell, tokens, Loss.SQUARED_ERROR, at)) {
            compare(spec, Backpropagation.FULL);
            compare(spec, Backpropagation.truncated(2), new CounterNoise(1, 3, 8));
          }
        }
      }
    }
  }

  @Test
  void shouldComputeWhatTheKernelsDoUnderNoise() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          for (NetworkSpec spec : Samples.noisy(cell, tokens, at)) {
            compare(spec, Backpropagation.FULL, new CounterNoise(1, 2, 0));
            compare(spec, Backpropagation.truncated(2), new CounterNoise(1, 3, 8));
            compare(spec, new Backpropagation(4, 0.1), new CounterNoise(1, 4, 0));
            compare(Samples.bothWays(spec), Backpropagation.FULL, new CounterNoise(1, 4, 0));
            compare(spec, Backpropagation.FULL, Noise.NONE);
          }
        }
      }
    }
  }

  @Test
  void shouldScoreStringsAsTheKernelsDo() {
    for (Cell cell : Samples.cells()) {
      for (boolean tokens : new boolean[] {false, true}) {
        for (Backpropagation how : WAYS) {
          NetworkSpec spec = Samples.spec(cell, tokens, Loss.CTC, At.EVERY_STEP, 4, 5);
          compare(spec, how);
          compare(Samples.bothWays(spec), how, new CounterNoise(1, 2, 0));
        }
      }
      assertDifferentiates(Samples.spec(cell, false, Loss.CTC, At.EVERY_STEP, 3, 2));
    }
  }

  @Test
  void shouldAddWhatLayersReadAsTheKernelsDo() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          for (NetworkSpec spec : Samples.residual(cell, tokens, at)) {
            compare(spec, Backpropagation.FULL);
            compare(spec, new Backpropagation(2, 0.1), new CounterNoise(1, 3, 8));
          }
        }
      }
    }
  }

  @Test
  void shouldComputeWhatTheKernelsDoWhereInputsAreComposed() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (NetworkSpec spec : Samples.composed(cell, at)) {
          compare(spec, Backpropagation.FULL, new CounterNoise(1, 2, 0));
          compare(spec, Backpropagation.truncated(2), Noise.NONE);
          compare(spec, new Backpropagation(4, 0.1), new CounterNoise(1, 4, 8));
        }
      }
    }
  }

  @Test
  void shouldDifferentiateItsLossInEveryTable() {
    for (Cell cell : Samples.kinds()) {
      for (InputSpec input : Samples.composedInputs()) {
        NetworkSpec spec = Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 3, 2);
        assertDifferentiates(Samples.reading(input, spec));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldNormalizeAsTheKernelsDo(Cell cell, boolean tokens, Loss loss, At at) {
    for (Integer[] hidden : NORMALIZED_STACKS) {
      for (Backpropagation how : WAYS) {
        compare(Samples.normalized(Samples.spec(cell, tokens, loss, at, hidden)), how);
      }
    }
  }

  @Test
  void shouldNormalizeAsTheKernelsDoUnderNoise() {
    for (Cell cell : Samples.kinds()) {
      StateNoise noise = new StateNoise(0.4, 0.2, cell.hasCellState() ? 0.3 : 0);
      LayerSpec layer = new RecurrentSpec(cell, 9, false, true, false, noise);
      NetworkSpec plain = Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 1);
      NetworkSpec spec = new NetworkSpec(plain.input(), List.of(layer, layer), plain.output());
      compare(spec, Backpropagation.FULL, new CounterNoise(1, 2, 0));
      compare(spec, Backpropagation.truncated(2), Noise.NONE);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldDifferentiateItsLossWhereLayersAreNormalized(
      Cell cell, boolean tokens, Loss loss, At at) {
    assertDifferentiates(Samples.normalized(Samples.spec(cell, tokens, loss, at, 5, 4)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldDifferentiateItsLoss(Cell cell, boolean tokens, Loss loss, At at) {
    NetworkSpec spec = Samples.spec(cell, tokens, loss, at, 3, 2);
    assertDifferentiates(spec);
    assertDifferentiates(Samples.bothWays(spec));
  }

  private static void assertDifferentiates(NetworkSpec spec) {
    Parameters parameters = Samples.parameters(spec, 1);
    double[] values = parameters.values();
    Window window = Window.whole(Samples.sequence(spec, 6, 1));
    PlainBptt plain = new PlainBptt(parameters);
    double[] gradient = new double[values.length];
    plain.forward(window);
    plain.backward(Backpropagation.FULL, gradient);
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + STEP;
      plain.forward(window);
      double above = plain.loss();
      values[i] = value - STEP;
      plain.forward(window);
      values[i] = value;
      double tolerance = 1e-8 * Math.max(1, Math.abs(gradient[i]));
      assertEquals((above - plain.loss()) / (2 * STEP), gradient[i], tolerance, "parameter " + i);
    }
  }

  private static long compare(NetworkSpec spec, Backpropagation how) {
    return compare(spec, how, Noise.NONE);
  }

  /**
   * Ragged lanes in two blocks, all from an initial state, their gradients in one sum.
   *
   * @return how many gradients of a layer at a step were limited
   */
  private static long compare(NetworkSpec spec, Backpropagation how, Noise noise) {
    Parameters parameters = Samples.parameters(spec, 1);
    SequenceBatch batch = batch(spec);
    CarriedState initial = Samples.state(spec, batch.blocks(), 2);
    PackedWeights weights = PackedWeights.of(parameters);
    GradientSum[] sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, new GradientSum(parameters.layout()));
    Bptt bptt = new Bptt(spec);
    CarriedState end = new CarriedState(spec, batch.blocks());
    CarriedState initialGradient = new CarriedState(spec, batch.blocks());

    PlainBptt plain = new PlainBptt(parameters);
    double[] gradient = new double[parameters.layout().size()];
    double loss = 0;
    long limited = 0;
    boolean ofLikelihood = Samples.isOfRawValues(spec.output().loss());
    double floor = spec.output().loss().targetsAreStrings() || ofLikelihood ? STRING_FLOOR : FLOOR;
    bptt.forward(weights, batch, initial, noise);
    bptt.finalState(end);
    List<double[][]> outputs = outputs(bptt, batch, spec.output().answers());
    bptt.backward(weights, how, sums);
    bptt.initialStateGradient(initialGradient);
    for (int lane = 0; lane < Samples.RAGGED.length; lane++) {
      Window window = batch.window(lane);
      double[][] h0 = states(initial, lane, true);
      plain.forward(window, h0, states(initial, lane, false), noise, lane);
      plain.backward(how, gradient);
      loss += plain.loss();
      limited += limited(plain, spec, window);
      assertClose(plain.loss(), bptt.laneLoss(lane));
      assertOutputs(plain, window, outputs.get(lane));
      for (int layer = 0; layer < end.layers(); layer++) {
        assertUnits(plain.hidden(layer, window.steps()), units(end, layer, lane, true));
        assertUnits(
            plain.initialHiddenGradient(layer), units(initialGradient, layer, lane, true), floor);
        if (spec.directions().get(layer).cell().hasCellState()) {
          assertUnits(plain.cell(layer, window.steps()), units(end, layer, lane, false));
          assertUnits(
              plain.initialCellGradient(layer), units(initialGradient, layer, lane, false), floor);
        }
      }
    }
    assertClose(loss, sums[0].loss());
    assertUnits(gradient, sums[0].toArray(gradient.length), floor);
    return limited;
  }

  /** How often the gradient of a layer at a step was scaled. */
  private static long limited(PlainBptt plain, NetworkSpec spec, Window window) {
    int layers = spec.recurrent().size();
    return IntStream.range(0, layers * window.steps())
        .filter(i -> plain.deltaFactor(i % layers, i / layers) < 1)
        .count();
  }

  /** Of one lane some steps lack their target; another is scored from its third step on. */
  private static SequenceBatch batch(NetworkSpec spec) {
    Sequence[] sequences = Samples.sequences(spec, Samples.RAGGED);
    sequences[2] = Samples.masked(sequences[2], 1, 4);
    sequences[4] = sequences[4].scoredFrom(2);
    return SequenceBatch.of(sequences);
  }

  /** Copies, since the backward pass overwrites them // [lane][T](O), null where not scored. */
  private static List<double[][]> outputs(Bptt bptt, SequenceBatch batch, int size) {
    List<double[][]> outputs = new ArrayList<>();
    for (int lane = 0; lane < batch.lanes(); lane++) {
      double[][] ofLane = new double[batch.length(lane)][size];
      for (int t = 0; t < ofLane.length; t++) {
        bptt.outputs(lane, t, ofLane[t], 0);
      }
      outputs.add(ofLane);
    }
    return outputs;
  }

  private static void assertOutputs(PlainBptt plain, Window window, double[][] outputs) {
    for (int t = 0; t < window.steps(); t++) {
      if (plain.isScored(t)) {
        assertUnits(plain.output(t), outputs[t]);
      }
    }
  }

  private static double[][] states(CarriedState state, int lane, boolean hidden) {
    double[][] layers = new double[state.layers()][];
    Arrays.setAll(layers, layer -> units(state, layer, lane, hidden));
    return layers;
  }

  private static double[] units(CarriedState state, int layer, int lane, boolean hidden) {
    double[] units =
        new double[state.hidden(layer).length / (state.blocks() * SequenceBatch.LANES)];
    if (hidden || state.cell(layer).length > 0) {
      Arrays.setAll(units, j -> hidden ? state.hidden(layer, lane, j) : state.cell(layer, lane, j));
    }
    return units;
  }

  private static void assertUnits(double[] expected, double[] actual) {
    assertUnits(expected, actual, FLOOR);
  }

  private static void assertUnits(double[] expected, double[] actual, double floor) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertClose(expected[i], actual[i], floor);
    }
  }

  private static void assertClose(double expected, double actual) {
    assertClose(expected, actual, FLOOR);
  }

  private static void assertClose(double expected, double actual, double floor) {
    assertEquals(expected, actual, TOLERANCE * Math.max(floor, Math.abs(expected)));
  }
}
