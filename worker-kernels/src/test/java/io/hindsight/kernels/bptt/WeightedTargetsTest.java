package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.plain.PlainBptt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps and elements of targets that count differently, and elements that are missing. */
class WeightedTargetsTest {
  private static final double TOLERANCE = 1e-7;

  /** A loss and all that can be told to it × place of targets, a cell each. */
  static List<NetworkSpec> networks() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (At at : At.values()) {
      for (OutputSpec output : Samples.outputs(at)) {
        Cell cell = Samples.kinds().get(networks.size() % Samples.kinds().size());
        InputSpec input = InputSpec.dense(Samples.INPUTS);
        networks.add(NetworkSpec.plain(input, cell, List.of(5, 3), output));
      }
    }
    return networks;
  }

  private static Sequence[] weighted(NetworkSpec spec) {
    Sequence[] sequences = Samples.sequences(spec, Samples.RAGGED);
    Arrays.setAll(sequences, i -> Samples.weighted(sequences[i], i));
    sequences[2] = sequences[2].withWeights(new double[sequences[2].length()]);
    return sequences;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldDifferentiateTheWeightedLoss(NetworkSpec spec) {
    assertDifferentiates(spec, weighted(spec));
  }

  private static void assertDifferentiates(NetworkSpec spec, Sequence[] sequences) {
    for (BlockError error :
        GradientCheck.check(
            Samples.parameters(spec, 1),
            SequenceBatch.of(sequences),
            Samples.state(spec, 2, 2),
            GradientCheck.ALL_ELEMENTS)) {
      assertTrue(error.isWithin(TOLERANCE), () -> spec.output() + ": " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeWhatPlainLoopsDo(NetworkSpec spec) {
    Sequence[] sequences = weighted(spec);
    Parameters parameters = Samples.parameters(spec, 1);
    GradientSum sum = new GradientSum(parameters.values().length);
    Bptt bptt = run(parameters, sequences, sum);
    PlainBptt plain = new PlainBptt(parameters);
    double[] gradient = new double[parameters.values().length];
    double all = 0;
    for (int lane = 0; lane < sequences.length; lane++) {
      plain.forward(Window.whole(sequences[lane]));
      plain.backward(Backpropagation.FULL, gradient);
      double loss = plain.loss();
      all += loss;
      assertEquals(loss, bptt.laneLoss(lane), 1e-12 * Math.max(1, Math.abs(loss)));
    }
    assertEquals(all, sum.loss(), 1e-12 * Math.max(1, Math.abs(all)));
    assertArrayEquals(gradient, sum.gradient(), 1e-11);
    assertEquals(weightOf(spec, sequences), sum.weight(), 1e-12);
    assertTrue(sum.isFinite());
  }

  /** Σ over scored steps and elements that are there, over E. */
  private static double weightOf(NetworkSpec spec, Sequence[] sequences) {
    OutputSpec output = spec.output();
    double sum = 0;
    for (Sequence sequence : sequences) {
      int first = output.at() == At.LAST_STEP ? sequence.length() - 1 : 0;
      for (int t = first; t < sequence.length(); t++) {
        if (output.loss().targetsAreClasses()) {
          sum += sequence.weights()[t];
          continue;
        }
        for (int e = 0; e < output.size(); e++) {
          List<Double> weights = output.options().elementWeights();
          double own = weights.isEmpty() ? 1 : weights.get(e);
          boolean missing = Double.isNaN(sequence.targets()[t * output.size() + e]);
          sum += missing ? 0 : own * sequence.weights()[t] / output.size();
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldCountASequenceOfWeightThreeAsThree(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 5, 1);
    Sequence other = Samples.sequence(spec, 4, 2);
    GradientSum copies = sum(spec, sequence, sequence, sequence, other);
    GradientSum weighted = sum(spec, sequence.withWeights(new double[] {3, 3, 3, 3, 3}), other);
    assertEquals(copies.weight(), weighted.weight(), 1e-14);
    assertTrue(weighted.targets() < copies.targets());
    assertEquals(copies.loss(), weighted.loss(), 1e-12);
    assertArrayEquals(copies.gradient(), weighted.gradient(), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComputeTheSameBitsWithWeightsOfOne(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 5, 1);
    GradientSum plain = sum(spec, sequence);
    GradientSum weighted = sum(spec, sequence.withWeights(new double[] {1, 1, 1, 1, 1}));
    assertEquals(plain.loss(), weighted.loss());
    assertEquals(plain.weight(), weighted.weight());
    assertArrayEquals(plain.gradient(), weighted.gradient());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldLeaveAStepOfWeightZeroOutToTheBit(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 6, 1);
    GradientSum later = sum(spec, sequence.scoredFrom(2));
    GradientSum weighted = sum(spec, sequence.withWeights(new double[] {0, 0, 1, 1, 1, 1}));
    assertEquals(later.targets(), weighted.targets());
    assertEquals(later.loss(), weighted.loss());
    assertArrayEquals(later.gradient(), weighted.gradient());
  }

  /** What other lanes of a block lack or weigh changes no bit of a lane. */
  @ParameterizedTest
  @MethodSource("networks")
  void shouldSeeNothingOfOtherLanes(NetworkSpec spec) {
    Sequence[] sequences = Samples.sequences(spec, 6, 5, 4);
    Parameters parameters = Samples.parameters(spec, 1);
    Bptt bptt = run(parameters, sequences, new GradientSum(parameters.values().length));
    double loss = bptt.laneLoss(1);
    double weight = bptt.laneWeight(1);
    sequences[0] = Samples.weighted(sequences[0], 1);
    sequences[2] = Samples.weighted(sequences[2], 2);
    bptt = run(parameters, sequences, new GradientSum(parameters.values().length));
    assertEquals(loss, bptt.laneLoss(1));
    assertEquals(weight, bptt.laneWeight(1));
  }

  @Test
  void shouldBeCrossEntropyToTheBitWithoutSmoothingAndFocus() {
    for (At at : At.values()) {
      NetworkSpec plain = Samples.spec(Samples.kinds().get(0), false, CLASSES, at, 4);
      NetworkSpec told =
          new NetworkSpec(plain.input(), plain.layers(), Samples.ofClasses(at, 0, 0));
      Sequence sequence = Samples.sequence(plain, 5, 1);
      assertEquals(sum(plain, sequence).loss(), sum(told, sequence).loss());
      assertArrayEquals(sum(plain, sequence).gradient(), sum(told, sequence).gradient());
    }
  }

  private static final Loss CLASSES = Loss.SOFTMAX_CROSS_ENTROPY;

  @Test
  void shouldWeighAStringByTheOneWeightOfItsSteps() {
    NetworkSpec spec = Samples.spec(Samples.kinds().get(0), false, Loss.CTC, At.EVERY_STEP, 4);
    Sequence sequence = Samples.sequence(spec, 6, 1);
    Sequence other = Samples.sequence(spec, 5, 2);
    GradientSum twice = sum(spec, sequence, sequence, other);
    GradientSum weighted = sum(spec, sequence.withWeights(new double[] {2, 2, 2, 2, 2, 2}), other);
    assertEquals(3, weighted.weight());
    assertEquals(2, weighted.targets());
    assertEquals(twice.loss(), weighted.loss(), 1e-12);
    assertArrayEquals(twice.gradient(), weighted.gradient(), 1e-12);
    GradientSum without = sum(spec, sequence.withWeights(new double[6]), other);
    assertEquals(sum(spec, other).loss(), without.loss());
    assertEquals(1, without.targets());
    Sequence light = sequence.withWeights(new double[] {0.3, 0.3, 0.3, 0.3, 0.3, 0.3});
    assertDifferentiates(spec, new Sequence[] {light, other});
    Sequence uneven = sequence.withWeights(new double[] {2, 2, 2, 1, 2, 2});
    Exception e = assertThrows(IllegalArgumentException.class, () -> sum(spec, uneven));
    assertTrue(e.getMessage().contains("step 3: its weight is 1.0"), e.getMessage());
  }

  @Test
  void shouldRefuseCountsThatAreNone() {
    for (Loss loss : List.of(Loss.POISSON, Loss.NEGATIVE_BINOMIAL)) {
      NetworkSpec spec = Samples.spec(Samples.kinds().get(0), false, loss, At.EVERY_STEP, 4);
      Sequence sequence = Samples.sequence(spec, 3, 1);
      sequence.targets()[5] = Double.NaN;
      assertDoesNotThrow(() -> sum(spec, sequence));
      for (double wrong : new double[] {-1, 0.5}) {
        sequence.targets()[5] = wrong;
        Exception e = assertThrows(IllegalArgumentException.class, () -> sum(spec, sequence));
        assertTrue(e.getMessage().contains("step 1: a count is a whole number"), e.getMessage());
      }
    }
  }

  private static GradientSum sum(NetworkSpec spec, Sequence... sequences) {
    Parameters parameters = Samples.parameters(spec, 1);
    GradientSum sum = new GradientSum(parameters.values().length);
    run(parameters, sequences, sum);
    return sum;
  }

  private static Bptt run(Parameters parameters, Sequence[] sequences, GradientSum sum) {
    Bptt bptt = new Bptt(parameters.layout().spec());
    PackedWeights weights = PackedWeights.of(parameters);
    SequenceBatch batch = SequenceBatch.of(sequences);
    GradientSum[] sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, sum);
    bptt.forward(weights, batch, null);
    bptt.backward(weights, Backpropagation.FULL, sums);
    return bptt;
  }
}
