package io.hindsight.kernels.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkProbeTest {
  private static final int STEPS = 9;
  private static final double STEP = 0x1p-17; // of differences

  static List<Cell> cells() {
    return Samples.cells();
  }

  private static double[][] zeros(NetworkSpec spec) {
    double[][] zeros = new double[spec.directions().size()][];
    Arrays.setAll(zeros, layer -> new double[spec.directions().get(layer).hidden()]);
    return zeros;
  }

  private static NetworkProbe probe(Parameters parameters, Window... windows) {
    NetworkProbe probe = new NetworkProbe(parameters);
    double[][] zeros = zeros(parameters.layout().spec());
    for (Window window : windows) {
      probe.add(window, zeros, zeros, Backpropagation.FULL);
    }
    return probe;
  }

  /** h_t = s Q h_{t−1} + W x_t with an orthogonal Q: ‖dE_t/dh_{t−k}‖ is s^k ‖dE_t/dh_t‖. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.7})
  void shouldMeasureThePowersOfAScaledOrthogonalMatrix(double scale) {
    NetworkSpec spec =
        Samples.spec(new RnnCell(Activation.IDENTITY), false, Loss.SQUARED_ERROR, At.LAST_STEP, 6);
    Parameters parameters =
        Initializer.initialize(new ParameterLayout(spec), InitialKind.ORTHOGONAL, 0, 3);
    Block recurrent = parameters.layout().layers().get(0).weightHh();
    for (int i = recurrent.offset(); i < recurrent.end(); i++) {
      parameters.values()[i] *= scale;
    }
    LagGradients lags =
        probe(
                parameters,
                Window.whole(Samples.sequence(spec, 33, 1)),
                Window.whole(Samples.sequence(spec, 20, 2)))
            .lags(0);
    assertEquals(33, lags.lags());
    for (int lag = 0; lag < lags.lags(); lag++) {
      double expected = Math.pow(scale, lag);
      assertEquals(expected, lags.relative(lag), 1e-11 * expected, "lag " + lag);
    }
    assertEquals(scale < 1 ? 6 : 32, lags.reach(0.01)); // 0.5^6 = 0.0156, 0.5^7 = 0.0078
    assertEquals(Math.max(1, Math.pow(scale, 32)), lags.largest(), 1e-4);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldDifferentiateTheLossOfTheLastTargetByEarlierStates(Cell cell) {
    differentiate(Samples.spec(cell, false, Loss.SOFTMAX_CROSS_ENTROPY, At.LAST_STEP, 4));
  }

  @Test
  void shouldDifferentiateWhereUnitsKeepTheirStates() {
    StateNoise noise = new StateNoise(0.4, 0.2, 0.3);
    differentiate(
        new NetworkSpec(
            InputSpec.dense(Samples.INPUTS),
            List.of(new RecurrentSpec(new LstmCell(), 4, false, false, false, noise)),
            new OutputSpec(Samples.OUTPUTS, Loss.SOFTMAX_CROSS_ENTROPY, At.LAST_STEP)));
  }

  /** From a state on, the loss of the last target is one of a shorter window. */
  private static void differentiate(NetworkSpec spec) {
    Parameters parameters = Samples.parameters(spec, 1);
    Sequence sequence = Samples.sequence(spec, STEPS, 1);
    PlainBptt plain = new PlainBptt(parameters);
    plain.forward(Window.whole(sequence));
    double[] norms = new double[STEPS];
    for (int lag = 1; lag < STEPS; lag++) {
      norms[lag] = norm(differences(parameters, plain, sequence, lag));
    }
    NetworkProbe probe = probe(parameters, Window.whole(sequence));
    double base = norms[1] / probe.lags(0).relative(1);
    for (int lag = 1; lag < STEPS; lag++) {
      assertEquals(norms[lag] / base, probe.lags(0).relative(lag), 1e-7, "lag " + lag);
    }
    assertEquals(base, norm(outputGradient(parameters, plain, sequence)), 1e-7);
  }

  private static double[] differences(
      Parameters parameters, PlainBptt whole, Sequence sequence, int lag) {
    int start = STEPS - lag;
    double[] h = whole.hidden(0, start).clone();
    double[] c = whole.cell(0, start).clone();
    PlainBptt rest = new PlainBptt(parameters);
    double[] slopes = new double[h.length];
    for (int unit = 0; unit < h.length; unit++) {
      double value = h[unit];
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        h[unit] = value + (side == 0 ? STEP : -STEP);
        rest.forward(Window.cut(sequence, start, lag), new double[][] {h}, new double[][] {c});
        losses[side] = rest.loss(lag - 1);
      }
      h[unit] = value;
      slopes[unit] = (losses[0] - losses[1]) / (2 * STEP);
    }
    return slopes;
  }

  /** Wᵀ (p − 1 at the class) // (H). */
  private static double[] outputGradient(
      Parameters parameters, PlainBptt plain, Sequence sequence) {
    Block weight = parameters.layout().outWeight();
    double[] dz = plain.output(STEPS - 1);
    dz[sequence.classes()[STEPS - 1]] -= 1;
    double[] dh = new double[weight.columns()];
    for (int o = 0; o < dz.length; o++) {
      for (int j = 0; j < dh.length; j++) {
        dh[j] += dz[o] * parameters.values()[weight.offset() + o * dh.length + j];
      }
    }
    return dh;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  /** Where W of the lowest layer is 1, dE/dx = (1 − h²) dE/dh, whatever lies above. */
  @Test
  void shouldFollowTheGradientOfALowerLayerThroughTheLayersAbove() {
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(3),
            new RnnCell(Activation.TANH),
            List.of(3, 5),
            new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP));
    Parameters parameters = Samples.parameters(spec, 4);
    Block weight = parameters.layout().layers().get(0).weightIh();
    for (int i = 0; i < weight.size(); i++) {
      parameters.values()[weight.offset() + i] = i % 4 == 0 ? 1 : 0;
    }
    Sequence sequence = Samples.sequence(spec, STEPS, 1);
    Window window = Window.whole(sequence);
    PlainBptt plain = new PlainBptt(parameters);
    plain.forward(window);
    double[] norms = new double[STEPS];
    for (int lag = 0; lag < STEPS; lag++) {
      int t = STEPS - 1 - lag;
      double[] dh = plain.hidden(0, t + 1).clone();
      for (int unit = 0; unit < 3; unit++) {
        dh[unit] = slope(parameters, sequence, 3 * t + unit) / (1 - dh[unit] * dh[unit]);
      }
      norms[lag] = norm(dh);
    }
    LagGradients lags = probe(parameters, window).lags(0);
    for (int lag = 0; lag < STEPS; lag++) {
      assertEquals(norms[lag] / norms[0], lags.relative(lag), 1e-7, "lag " + lag);
    }
  }

  /** Of the last target's loss by one input. */
  private static double slope(Parameters parameters, Sequence sequence, int input) {
    double value = sequence.features()[input];
    PlainBptt plain = new PlainBptt(parameters);
    sequence.features()[input] = value + STEP;
    plain.forward(Window.whole(sequence));
    double above = plain.loss(STEPS - 1);
    sequence.features()[input] = value - STEP;
    plain.forward(Window.whole(sequence));
    sequence.features()[input] = value;
    return (above - plain.loss(STEPS - 1)) / (2 * STEP);
  }

  @Test
  void shouldComputeTheMeanLossAndItsGradient() {
    NetworkSpec spec =
        Samples.spec(new GruCell(), true, Loss.BINARY_CROSS_ENTROPY, At.EVERY_STEP, 3, 2);
    computeTheMeanLossAndItsGradient(spec);
    computeTheMeanLossAndItsGradient(Samples.bothWays(spec));
  }

  private static void computeTheMeanLossAndItsGradient(NetworkSpec spec) {
    Parameters parameters = Samples.parameters(spec, 1);
    Window first = Window.whole(Samples.masked(Samples.sequence(spec, 7, 1), 4, 7));
    Window second = Window.whole(Samples.sequence(spec, 4, 2));
    NetworkProbe probe = probe(parameters, first, second);
    PlainBptt plain = new PlainBptt(parameters);
    double[] gradient = new double[parameters.values().length];
    double loss = 0;
    for (Window window : List.of(first, second)) {
      plain.forward(window);
      plain.backward(Backpropagation.FULL, gradient);
      loss += plain.loss();
    }
    assertEquals(8, probe.targets());
    assertEquals(2, probe.windows());
    assertEquals(loss / 8, probe.loss(), 1e-15);
    double[] mean = Arrays.stream(gradient).map(g -> g / 8).toArray();
    assertArrayEquals(mean, probe.gradient(), 1e-15);
    assertEquals(4, probe.lags(0).lags(), "the target of the first window is its fourth step");
  }

  @Test
  void shouldKnowTheLossOfTheBestConstantAnswer() {
    Sequence inputs = Sequence.ofFeatures("a", new double[3 * 4], 4);
    double[] numbers = {1, 0, 3, 0, 5, 1, 7, 1}; // means 4 and 1/2, variances 5 and 1/4
    assertEquals(
        (5 + 0.25) / 2, trivial(inputs.withTargets(numbers), Loss.SQUARED_ERROR, 2), 1e-15);
    double[] labels = {1, 0, 1, 0, 1, 1, 1, 1}; // 1 always, 1 in every second
    assertEquals(
        Math.log(2) / 2, trivial(inputs.withTargets(labels), Loss.BINARY_CROSS_ENTROPY, 2), 1e-15);
    Sequence classes = inputs.withClasses(new int[] {2, 0, 2, 1});
    assertEquals(1.5 * Math.log(2), trivial(classes, Loss.SOFTMAX_CROSS_ENTROPY, 3), 1e-15);
    assertEquals(1.5 * Math.log(2), trivial(classes, Loss.CUMULATIVE_LOGITS, 3), 1e-15);
  }

  /** Of a label in 3 of 4 targets that counts twice, the best p is 6/7. */
  @Test
  void shouldKnowTheLossOfTheBestConstantLabels() {
    Sequence inputs = Sequence.ofFeatures("a", new double[3 * 4], 4);
    Sequence labels = inputs.withTargets(new double[] {1, 1, 0, 1});
    LossOptions twice = LossOptions.NONE.withPositiveWeights(List.of(2.0));
    double expected = -1.5 * Math.log(6 / 7.0) - 0.25 * Math.log(1 / 7.0);
    OutputSpec output = new OutputSpec(1, Loss.BINARY_CROSS_ENTROPY, At.EVERY_STEP, twice);
    assertEquals(expected, trivial(labels, output), 1e-15);
  }

  /** The best constants: 2 for the mean, its quantiles; by weight, the last value counts twice. */
  @Test
  void shouldKnowTheLossOfTheBestConstantDistribution() {
    Sequence counts =
        Sequence.ofFeatures("a", new double[3 * 4], 4).withTargets(new double[] {0, 1, 3, 4});
    double gaussian = 0.5 * Math.log(2 * Math.PI * Math.E * 2.5); // variance 5/2
    assertEquals(gaussian, trivial(counts, Loss.GAUSSIAN, 1), 1e-14);
    assertEquals(gaussian, trivial(counts, Loss.STUDENT_T, 1), 1e-5);
    double factorials = Math.log(6) + Math.log(24);
    double poisson = 2 - 2 * Math.log(2) + factorials / 4;
    assertEquals(poisson, trivial(counts, Loss.POISSON, 1), 1e-14);
    assertTrue(trivial(counts, Loss.NEGATIVE_BINOMIAL, 1) < poisson + 1e-3);
    Sequence weighted = counts.withWeights(new double[] {1, 1, 1, 2});
    double mean = 12.0 / 5;
    double sum = factorials + Math.log(24);
    assertEquals(mean - mean * Math.log(mean) + sum / 5, trivial(weighted, Loss.POISSON, 1), 1e-14);
  }

  private static double trivial(Sequence sequence, Loss loss, int outputs) {
    return trivial(sequence, new OutputSpec(outputs, loss, At.EVERY_STEP));
  }

  private static double trivial(Sequence sequence, OutputSpec output) {
    NetworkSpec spec = NetworkSpec.plain(InputSpec.dense(3), new LstmCell(), List.of(2), output);
    return probe(Samples.parameters(spec, 1), Window.whole(sequence)).trivialLoss();
  }

  @Test
  void shouldCountWhatIsSaturated() {
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0), shares(new LstmCell(), 1e3));
    assertEquals(List.of(1.0, 1.0, 1.0), shares(new GruCell(), 1e3));
    assertEquals(List.of(0.0, 0.0, 0.0), shares(new GruCell(), 1e-3));
    assertEquals(List.of(1.0), shares(new RnnCell(Activation.TANH), -1e3));
    assertEquals(List.of(1.0), shares(new RnnCell(Activation.SIGMOID), -1e3));
    assertEquals(List.of(1.0), shares(new RnnCell(Activation.RELU), -1e3));
    assertEquals(List.of(0.0), shares(new RnnCell(Activation.RELU), 1e3));
    assertEquals(List.of(0.0), shares(new RnnCell(Activation.IDENTITY), 1e3));
  }

  @Test
  void shouldCountTheGatesOfBothDirections() {
    NetworkSpec spec = Samples.spec(new LstmCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 2, 3);
    Parameters parameters = new Parameters(new ParameterLayout(Samples.bothWays(spec)));
    Block block = parameters.layout().block("rnn.bias_ih_l1_reverse");
    Arrays.fill(parameters.values(), block.offset(), block.end(), 1e3);
    NetworkProbe probe = probe(parameters, Window.whole(Samples.sequence(spec, 5, 1)));
    assertEquals(2, probe.layers());
    for (GateShare gate : probe.gates(0)) {
      assertEquals(0, gate.saturated(), gate.toString());
    }
    for (GateShare gate : probe.gates(1)) {
      assertEquals(0.5, gate.saturated(), gate.toString());
    }
  }

  /** Of a network whose biases decide everything. */
  private static List<Double> shares(Cell cell, double bias) {
    NetworkSpec spec = Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 2);
    Parameters parameters = new Parameters(new ParameterLayout(spec));
    Block block = parameters.layout().layers().get(0).biasIh().orElseThrow();
    Arrays.fill(parameters.values(), block.offset(), block.end(), bias);
    Window window = Window.whole(Samples.sequence(spec, 5, 1));
    return probe(parameters, window).gates(0).stream().map(GateShare::saturated).toList();
  }
}
