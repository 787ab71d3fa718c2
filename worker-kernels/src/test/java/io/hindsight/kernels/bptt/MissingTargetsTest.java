package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps without a target of their own, and steps that read no token. */
class MissingTargetsTest {
  private static final double TOLERANCE = 1e-7;

  /** Every cell × loss × dense or tokens. */
  static List<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (Cell cell : Samples.cells()) {
      for (Loss loss : Samples.stepLosses(cell)) {
        for (boolean tokens : new boolean[] {false, true}) {
          networks.add(Arguments.of(Samples.spec(cell, tokens, loss, At.EVERY_STEP, 5, 3)));
        }
      }
    }
    return networks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldDifferentiateWhatIsThere(NetworkSpec spec) {
    Sequence[] sequences = gapped(spec);
    for (BlockError error :
        GradientCheck.check(
            Samples.parameters(spec, 1),
            SequenceBatch.of(sequences),
            Samples.state(spec, 2, 2),
            GradientCheck.ALL_ELEMENTS)) {
      assertTrue(error.isWithin(TOLERANCE), error::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldAddUpToTheTargetsThatAreThere(NetworkSpec spec) {
    Sequence[] sequences = gapped(spec);
    Parameters parameters = Samples.parameters(spec, 1);
    GradientSum sum = new GradientSum(parameters.values().length);
    Bptt bptt = run(parameters, sequences, sum);
    double loss = 0;
    long targets = 0;
    for (int lane = 0; lane < sequences.length; lane++) {
      loss += bptt.laneLoss(lane);
      targets += kept(sequences[lane]);
    }
    assertEquals(targets, sum.targets());
    assertEquals(loss, sum.loss(), 1e-12);
    assertTrue(sum.isFinite());
  }

  /** A target that is missing counts as one before the first that is scored: not at all. */
  @ParameterizedTest
  @MethodSource("networks")
  void shouldLeaveAMissingTargetOutToTheBit(NetworkSpec spec) {
    Sequence whole = Samples.sequence(spec, 6, 7);
    Sequence later = whole.scoredFrom(2);
    Sequence missing = without(whole, 0, 1);
    GradientSum expected = sum(spec, later);
    GradientSum actual = sum(spec, missing);
    assertEquals(4, actual.targets());
    assertEquals(expected.loss(), actual.loss());
    assertArrayEquals(expected.gradient(), actual.gradient());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldAddNothingWhereNoTargetIsThere(NetworkSpec spec) {
    GradientSum sum = sum(spec, without(Samples.sequence(spec, 3, 7), 0, 1, 2));
    assertEquals(0, sum.targets());
    assertEquals(0, sum.loss());
    assertArrayEquals(new double[sum.gradient().length], sum.gradient());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldReadNoTokenAsZeros(NetworkSpec spec) {
    if (!spec.input().isTokens()) {
      return;
    }
    NetworkSpec dense =
        Samples.spec(Samples.cell(spec), false, spec.output().loss(), At.EVERY_STEP, 5, 3);
    Sequence tokens = withoutTokens(Samples.sequence(spec, 7, 3), 0, 3, 6);
    Sequence vectors =
        new TargetsOf(tokens).on(Sequence.ofFeatures("a", oneHot(tokens.tokens()), 7));
    GradientSum expected = sum(dense, vectors);
    GradientSum actual = sum(spec, tokens);
    assertEquals(expected.loss(), actual.loss());
    assertArrayEquals(expected.gradient(), actual.gradient());
    assertArrayEquals(predict(dense, vectors), predict(spec, tokens));
  }

  /** Ragged sequences, each third step without a target, each fourth without a token. */
  private static Sequence[] gapped(NetworkSpec spec) {
    return Arrays.stream(Samples.sequences(spec, Samples.RAGGED))
        .map(s -> without(s, every(3, s.length())))
        .map(s -> s.isTokens() ? withoutTokens(s, every(4, s.length())) : s)
        .toArray(Sequence[]::new);
  }

  private static int[] every(int stride, int length) {
    int[] steps = new int[(length + stride - 1) / stride];
    Arrays.setAll(steps, i -> i * stride);
    return steps;
  }

  private static Sequence without(Sequence sequence, int... steps) {
    int[] classes = sequence.classes() == null ? null : sequence.classes().clone();
    double[] targets = sequence.targets() == null ? null : sequence.targets().clone();
    for (int step : steps) {
      if (classes != null) {
        classes[step] = Sequence.NO_CLASS;
      } else {
        int width = sequence.targetWidth();
        Arrays.fill(targets, step * width, (step + 1) * width, Double.NaN);
      }
    }
    return classes != null ? sequence.withClasses(classes) : sequence.withTargets(targets);
  }

  private static Sequence withoutTokens(Sequence sequence, int... steps) {
    int[] tokens = sequence.tokens().clone();
    for (int step : steps) {
      tokens[step] = Sequence.NO_TOKEN;
    }
    return new TargetsOf(sequence).on(Sequence.ofTokens(sequence.id(), tokens));
  }

  private static double[] oneHot(int[] tokens) {
    double[] features = new double[tokens.length * Samples.INPUTS];
    for (int t = 0; t < tokens.length; t++) {
      if (tokens[t] != Sequence.NO_TOKEN) {
        features[t * Samples.INPUTS + tokens[t]] = 1;
      }
    }
    return features;
  }

  private static long kept(Sequence sequence) {
    long kept = 0;
    for (int t = 0; t < sequence.length(); t++) {
      kept += sequence.lacksTarget(t) ? 0 : 1;
    }
    return kept;
  }

  private static double[] predict(NetworkSpec spec, Sequence sequence) {
    return new Predictor(Samples.parameters(spec, 1)).predict(sequence);
  }

  private static GradientSum sum(NetworkSpec spec, Sequence sequence) {
    Parameters parameters = Samples.parameters(spec, 1);
    GradientSum sum = new GradientSum(parameters.values().length);
    run(parameters, new Sequence[] {sequence}, sum);
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

  /** The targets of one sequence, for other inputs. */
  private record TargetsOf(Sequence sequence) {
    Sequence on(Sequence inputs) {
      return sequence.classes() != null
          ? inputs.withClasses(sequence.classes())
          : inputs.withTargets(sequence.targets());
    }
  }
}
