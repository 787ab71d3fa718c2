package io.hindsight.kernels.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.batch.Window;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Step by step the same bits as whole sequences, whose bits are those of training. */
class StepPredictorTest {
  private static final int STEPS = 6;

  static List<NetworkSpec> networks() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : Samples.cells()) {
      for (boolean tokens : new boolean[] {false, true}) {
        networks.add(Samples.spec(cell, tokens, Loss.SQUARED_ERROR, At.EVERY_STEP, 5, 3));
        networks.addAll(Samples.residual(cell, tokens, At.EVERY_STEP));
        networks.addAll(Samples.noisy(cell, tokens, At.EVERY_STEP));
      }
      for (int hidden : new int[] {1, 7, 8, 9, 24, 31, 33, 65}) {
        NetworkSpec plain =
            Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, hidden, 10);
        networks.add(plain);
        networks.add(Samples.normalized(plain));
        networks.add(Samples.normalized(Samples.reading(InputSpec.tokens(11), plain)));
      }
      networks.addAll(Samples.composed(cell, At.EVERY_STEP));
    }
    for (Loss loss : Loss.values()) {
      networks.add(Samples.spec(new GruCell(), true, loss, At.EVERY_STEP, 5));
    }
    for (OutputSpec output : Samples.outputs(At.EVERY_STEP)) {
      networks.add(NetworkSpec.plain(InputSpec.dense(3), new LstmCell(), List.of(17), output));
    }
    return networks.stream().filter(network -> !network.readsBothWays()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerAsWholeSequences(NetworkSpec spec) {
    Parameters parameters = Samples.parameters(spec, 1);
    Sequence sequence = Samples.sequence(spec, STEPS, 1);
    double[] expected = new Predictor(parameters).predict(sequence);
    for (VectorOps ops : List.of(VectorOps.REFERENCE, OpsProvider.get())) {
      StepPredictor predictor = new StepPredictor(parameters, ops);
      PredictorState state = predictor.newState(sequence.statics());
      assertArrayEquals(expected, Steps.answers(predictor, state, sequence), ops.name());
    }
  }

  @Test
  void shouldAnswerEveryStepOfANetworkThatAnswersAtTheLast() {
    NetworkSpec last = Samples.spec(new GruCell(), false, Loss.SQUARED_ERROR, At.LAST_STEP, 4);
    NetworkSpec every = Samples.spec(new GruCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 4);
    Sequence sequence = Samples.sequence(every, STEPS, 1);
    StepPredictor predictor = new StepPredictor(Samples.parameters(last, 1));
    assertArrayEquals(
        new Predictor(Samples.parameters(every, 1)).predict(sequence),
        Steps.answers(predictor, predictor.newState(), sequence));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void shouldAnswerWindowsAsBlocksDo(NetworkSpec every) {
    Sequence sequence = Samples.sequence(every, STEPS, 1);
    for (NetworkSpec spec : List.of(every, answeringOnce(every))) {
      Parameters parameters = Samples.parameters(spec, 1);
      Predictor blocks = new Predictor(parameters);
      StepPredictor predictor = new StepPredictor(parameters);
      for (Window window : List.of(Window.whole(sequence), Window.cut(sequence, 2, 3))) {
        double[] expected = blocks.predictWindows(List.of(window)).get(0);
        assertArrayEquals(expected, predictor.predict(window), window.id());
      }
    }
  }

  /** The network itself, if it answers a whole sequence. */
  private static NetworkSpec answeringOnce(NetworkSpec every) {
    OutputSpec output = every.output();
    At at = output.loss().targetsAreStrings() ? At.EVERY_STEP : At.LAST_STEP;
    return new NetworkSpec(
        every.input(),
        every.layers(),
        new OutputSpec(output.size(), output.loss(), at, output.tied(), output.options()));
  }

  @Test
  void shouldRefuseAWindowThatTheNetworkDoesNotRead() {
    StepPredictor predictor = predictor(InputSpec.dense(3));
    Sequence other = Sequence.ofFeatures("other", new double[8], 4);
    assertRefused(
        "reads 3 features at each step, but was given 2",
        () -> predictor.predict(Window.whole(other)));
  }

  @Test
  void shouldReadNoTokenAsWholeSequencesDo() {
    for (InputSpec input : List.of(InputSpec.tokens(5), InputSpec.embeddedTokens(5, 3))) {
      NetworkSpec spec =
          Samples.reading(
              input, Samples.spec(new LstmCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 9, 4));
      Parameters parameters = Samples.parameters(spec, 1);
      Sequence sequence = Sequence.ofTokens("gaps", new int[] {2, Sequence.NO_TOKEN, 4, 0});
      StepPredictor predictor = new StepPredictor(parameters);
      assertArrayEquals(
          new Predictor(parameters).predict(sequence),
          Steps.answers(predictor, predictor.newState(), sequence));
    }
  }

  @Test
  void shouldNotSeeLaterChangesOfTheParameters() {
    for (NetworkSpec spec :
        List.of(
            Samples.tied(new LstmCell(), At.EVERY_STEP),
            Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 8))) {
      Parameters parameters = Samples.parameters(spec, 1);
      StepPredictor predictor = new StepPredictor(parameters);
      double[] before = predictor.step(1, predictor.newState());
      Arrays.fill(parameters.values(), 3);
      assertArrayEquals(before, predictor.step(1, predictor.newState()));
    }
  }

  @Test
  void shouldHoldTheWeightsOnce() {
    NetworkSpec spec =
        Samples.spec(new LstmCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 128, 64);
    Parameters parameters = Samples.parameters(spec, 1);
    long bytes = new StepPredictor(parameters).bytes();
    long own = (long) Double.BYTES * parameters.values().length;
    assertTrue(bytes < own * 1.02, bytes + " bytes for " + own + " of parameters");
  }

  @Test
  void shouldRefuseANetworkThatReadsSequencesFromTheirEnds() {
    NetworkSpec spec =
        Samples.bothWays(Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 4));
    Parameters parameters = Samples.parameters(spec, 1);
    String message =
        assertThrows(UnsupportedOperationException.class, () -> new StepPredictor(parameters))
            .getMessage();
    assertTrue(message.contains("use Predictor with the whole sequence"), message);
  }

  @Test
  void shouldRefuseWhatTheNetworkDoesNotReadAndLeaveTheStateAsItWas() {
    StepPredictor dense = predictor(InputSpec.dense(3));
    PredictorState state = dense.newState();
    double[] room = new double[Samples.OUTPUTS];
    dense.step(new double[] {1, 2, 3}, state, room);
    double[] before = state.values();
    assertRefused(
        "reads 3 features at each step, but was given 2",
        () -> dense.step(new double[2], state, room));
    assertRefused("but was given the token 1", () -> dense.step(1, state, room));
    assertRefused(
        "reads 0 categories at each step, but was given 1",
        () -> dense.step(new double[3], new int[1], state, room));
    assertRefused(
        "4 numbers, but the array has room for 3",
        () -> dense.step(new double[3], state, new double[3]));
    assertArrayEquals(before, state.values());

    StepPredictor tokens = predictor(InputSpec.tokens(5));
    PredictorState ofTokens = tokens.newState();
    assertRefused("reads tokens", () -> tokens.step(new double[3], ofTokens, room));
    assertRefused("token 5 is outside [0, 5)", () -> tokens.step(5, ofTokens, room));
    assertRefused("token -2 is outside [0, 5)", () -> tokens.step(-2, ofTokens, room));
    assertRefused("belongs to another predictor", () -> tokens.step(1, state, room));
  }

  @Test
  void shouldRefuseCategoriesAndNumbersOfTheSequenceThatItDoesNotRead() {
    StepPredictor predictor = predictor(Samples.composedInputs().get(2));
    double[] room = new double[Samples.OUTPUTS];
    assertRefused("reads 2 numbers of the whole sequence, but was given 0", predictor::newState);
    assertRefused(
        "reads 2 categories of the whole sequence, but was given 1",
        () -> predictor.newState(new Statics(new double[2], new int[1])));
    assertRefused(
        "category id 3 is outside [0, 3), the rows of table 3",
        () -> predictor.newState(new Statics(new double[2], new int[] {2, 3})));
    PredictorState state = predictor.newState(new Statics(new double[2], new int[] {2, 0}));
    assertRefused(
        "category id 67 is outside [0, 67), the rows of table 1",
        () -> predictor.step(new double[2], new int[] {3, 67}, state, room));
  }

  private static StepPredictor predictor(InputSpec input) {
    NetworkSpec spec = Samples.spec(new GruCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 4);
    return new StepPredictor(Samples.parameters(Samples.reading(input, spec), 1));
  }

  private static void assertRefused(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  static Stream<Loss> losses() {
    return Stream.of(Loss.values());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void shouldAnswerAsManyNumbersAsItSays(Loss loss) {
    NetworkSpec spec = Samples.spec(new GruCell(), true, loss, At.EVERY_STEP, 4);
    StepPredictor predictor = new StepPredictor(Samples.parameters(spec, 1));
    assertEquals(spec.output().answers(), predictor.outputs());
    assertEquals(predictor.outputs(), predictor.step(0, predictor.newState()).length);
  }
}
