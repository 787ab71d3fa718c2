package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One input, one sigmoid unit, linear output: p_t = u·y_t, y_t = σ(w·y_{t−1} + v·x_t), y_0 = s, E =
 * Σ (τ_t − p_t)². The numbers were computed with 50 digits.
 *
 * <p>Beside x the network reads which step it is, with weights 0: the gradients of those weights
 * are the δ_t, one by one.
 */
class WorkedExampleTest {
  private static final double TOLERANCE = 1e-13;
  private static final int T = 4;
  private static final double U = 0.8;
  private static final double V = -0.6;
  private static final double W = 1.5;
  private static final double S = 0.3;
  private static final double[] X = {1, -0.5, 0.25, 2};
  private static final double[] TARGETS = {0.2, 0.7, -0.1, 0.4};
  private static final double[] Y = {
    0.462570154656250, 0.729848729973164, 0.720062791298165, 0.470059410473216
  };
  private static final double[] DELTA = {
    0.0777090686936349, 0.0269988077808220, 0.215150367754096, -0.00954663356482442
  };

  private final NetworkSpec spec =
      NetworkSpec.plain(
          InputSpec.dense(1 + T),
          new RnnCell(Activation.SIGMOID),
          List.of(1),
          new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
  private final ParameterLayout layout = new ParameterLayout(spec);
  private final PackedWeights weights = PackedWeights.of(parameters());
  private final Bptt bptt = new Bptt(spec);
  private final GradientSum sum = new GradientSum(layout.size());

  @Test
  void shouldReproduceTheStatesAndTheLoss() {
    run(wholeSequence(), state(S), Backpropagation.FULL);
    assertEquals(0.500020814066460, sum.loss(), TOLERANCE);
    assertEquals(4, sum.targets());
    bptt.forward(weights, wholeSequence(), state(S));
    double[] outputs = new double[T];
    for (int t = 0; t < T; t++) {
      bptt.outputs(0, t, outputs, t);
      assertEquals(U * Y[t], outputs[t], TOLERANCE);
    }
    CarriedState end = new CarriedState(spec, 1);
    bptt.finalState(end);
    assertEquals(Y[3], end.hidden(0, 0, 0), TOLERANCE);
  }

  @Test
  void shouldReproduceTheGradients() {
    run(wholeSequence(), state(S), Backpropagation.FULL);
    assertEquals(0.938903289110019, gradient("out.weight", 0), TOLERANCE);
    assertEquals(0.0989039896120992, gradient("rnn.weight_ih_l0", 0), TOLERANCE);
    assertEquals(0.185954610345198, gradient("rnn.weight_hh_l0", 0), TOLERANCE);
    for (int t = 0; t < T; t++) {
      assertEquals(DELTA[t], gradient("rnn.weight_ih_l0", 1 + t), TOLERANCE, "delta of step " + t);
    }
    double deltas = Arrays.stream(DELTA).sum();
    assertEquals(deltas, gradient("rnn.bias_ih_l0", 0), TOLERANCE);
    assertEquals(deltas, gradient("rnn.bias_hh_l0", 0), TOLERANCE);
  }

  @Test
  void shouldReproduceTheGradientOfTheInitialState() {
    run(wholeSequence(), state(S), Backpropagation.FULL);
    CarriedState gradient = new CarriedState(spec, 1);
    bptt.initialStateGradient(gradient);
    assertEquals(0.116563603040452, gradient.hidden(0, 0, 0), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.121373628715792, 0.155606874043615",
    "2, 0.106991667829288, 0.149402060793374",
    "3, 0.0995171100553519, 0.188551720625671",
    "4, 0.0989039896120992, 0.185954610345198"
  })
  void shouldCutGradientsAtChunks(int k, double dv, double dw) {
    run(wholeSequence(), state(S), Backpropagation.truncated(k));
    assertEquals(dv, gradient("rnn.weight_ih_l0", 0), TOLERANCE);
    assertEquals(dw, gradient("rnn.weight_hh_l0", 0), TOLERANCE);
  }

  /** The same chunks as windows of their own, with the state carried from one to the next. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.121373628715792, 0.155606874043615",
    "2, 0.106991667829288, 0.149402060793374",
    "3, 0.0995171100553519, 0.188551720625671",
    "4, 0.0989039896120992, 0.185954610345198"
  })
  void shouldCutGradientsAtWindows(int k, double dv, double dw) {
    CarriedState carried = state(S);
    for (int start = 0; start < T; start += k) {
      SequenceBatch window = new SequenceBatch(1);
      window.set(0, sequence(), start, Math.min(k, T - start));
      run(window, carried, Backpropagation.FULL);
      bptt.finalState(carried);
    }
    assertEquals(0.500020814066460, sum.loss(), TOLERANCE);
    assertEquals(dv, gradient("rnn.weight_ih_l0", 0), TOLERANCE);
    assertEquals(dw, gradient("rnn.weight_hh_l0", 0), TOLERANCE);
  }

  /** Lane t holds the K steps that end with t, and scores that one only. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.121373628715792, 0.155606874043615",
    "2, 0.0747489917211485, 0.179231060141121",
    "3, 0.0992223318661125, 0.186050113021402",
    "4, 0.0989039896120992, 0.185954610345198"
  })
  void shouldComposeTruncationAtEveryStepFromWindows(int k, double dv, double dw) {
    SequenceBatch windows = new SequenceBatch(1);
    CarriedState starts = new CarriedState(spec, 1);
    for (int t = 0; t < T; t++) {
      int start = Math.max(0, t - k + 1);
      windows.set(t, sequence().scoredFrom(t), start, t - start + 1);
      starts.setHidden(0, t, 0, start == 0 ? S : Y[start - 1]);
    }
    run(windows, starts, Backpropagation.FULL);
    assertEquals(dv, gradient("rnn.weight_ih_l0", 0), TOLERANCE);
    assertEquals(dw, gradient("rnn.weight_hh_l0", 0), TOLERANCE);
  }

  private void run(SequenceBatch batch, CarriedState initial, Backpropagation how) {
    bptt.forward(weights, batch, initial);
    bptt.backward(weights, how, new GradientSum[] {sum});
  }

  private double gradient(String block, int element) {
    return sum.gradient()[layout.block(block).offset() + element];
  }

  private Parameters parameters() {
    Parameters parameters = new Parameters(layout);
    parameters.values()[layout.outWeight().offset()] = U;
    parameters.values()[layout.layers().get(0).weightIh().offset()] = V;
    parameters.values()[layout.layers().get(0).weightHh().offset()] = W;
    return parameters;
  }

  private CarriedState state(double s) {
    CarriedState state = new CarriedState(spec, 1);
    state.setHidden(0, 0, 0, s);
    return state;
  }

  private static SequenceBatch wholeSequence() {
    return SequenceBatch.of(sequence());
  }

  private static Sequence sequence() {
    double[] features = new double[T * (1 + T)];
    for (int t = 0; t < T; t++) {
      features[t * (1 + T)] = X[t];
      features[t * (1 + T) + 1 + t] = 1;
    }
    return Sequence.ofFeatures("worked example", features, T).withTargets(TARGETS);
  }
}
