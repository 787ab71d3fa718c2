package io.hindsight.kernels.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.Samples;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictorStateTest {
  private static final int STEPS = 9;
  private static final int HALF = 4;

  static Iterable<Cell> cells() {
    return Samples.kinds();
  }

  private static StepPredictor predictor(Cell cell, long seed, Integer... hidden) {
    return new StepPredictor(Samples.parameters(spec(cell, hidden), seed));
  }

  private static NetworkSpec spec(Cell cell, Integer... hidden) {
    return Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, hidden);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldGoOnAfterARestartAsIfThereHadBeenNone(Cell cell) {
    StepPredictor predictor = predictor(cell, 1, 9, 3);
    Sequence sequence = Samples.sequence(predictor.spec(), STEPS, 1);
    double[] expected = Steps.answers(predictor, predictor.newState(), sequence);
    PredictorState before = predictor.newState();
    double[] first = Steps.answers(predictor, before, sequence, 0, HALF);

    StepPredictor restarted = predictor(cell, 1, 9, 3); // of the same weights
    PredictorState ofValues = restarted.newState();
    ofValues.restore(before.values());
    PredictorState ofBytes = restarted.newState();
    ofBytes.restore(before.toBytes());
    assertEquals((9 + 3) * (cell.hasCellState() ? 2 : 1), ofValues.size());
    for (PredictorState after : new PredictorState[] {ofValues, ofBytes}) {
      double[] rest = Steps.answers(restarted, after, sequence, HALF, STEPS);
      assertArrayEquals(expected, concat(first, rest));
    }
  }

  private static double[] concat(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldForkWithoutSeeingTheOther(Cell cell) {
    StepPredictor predictor = predictor(cell, 1, 9);
    Sequence sequence = Samples.sequence(predictor.spec(), STEPS, 1);
    Sequence other = Samples.sequence(predictor.spec(), STEPS, 2);
    double[] expected = Steps.answers(predictor, predictor.newState(), sequence);
    PredictorState state = predictor.newState();
    Steps.answers(predictor, state, sequence, 0, HALF);
    PredictorState fork = state.fork();
    Steps.answers(predictor, fork, other, 0, HALF);
    double[] rest = Steps.answers(predictor, state, sequence, HALF, STEPS);
    assertArrayEquals(Arrays.copyOfRange(expected, HALF * 4, STEPS * 4), rest);

    fork.copyFrom(state);
    assertArrayEquals(state.values(), fork.values());
    state.reset();
    assertArrayEquals(new double[state.size()], state.values());
    assertArrayEquals(expected, Steps.answers(predictor, state, sequence));
  }

  @Test
  void shouldRefuseStatesOfOtherNetworks() {
    StepPredictor predictor = predictor(new LstmCell(), 1, 9, 3);
    PredictorState state = predictor.newState();
    PredictorState other = predictor(new GruCell(), 1, 9, 3).newState();
    assertRefused("is 24 numbers, but was given 12", () -> state.restore(other.values()));
    assertRefused("with other weights", () -> state.restore(other.toBytes()));
    assertRefused("belongs to another predictor", () -> state.copyFrom(other));
    byte[] ofOtherWeights = predictor(new LstmCell(), 2, 9, 3).newState().toBytes();
    assertRefused("with other weights", () -> state.restore(ofOtherWeights));
  }

  @Test
  void shouldRefuseBytesThatAreDamagedOrOfAnotherVersion() {
    PredictorState state = predictor(new LstmCell(), 1, 3).newState();
    byte[] bytes = state.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> state.restore(cut));
    }
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(IllegalArgumentException.class, () -> state.restore(flipped));
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 8);
    assertRefused("is damaged", () -> state.restore(longer));
    byte[] later = bytes.clone();
    ByteBuffer.wrap(later).putInt(4, 2);
    assertRefused("has version 2, but this program reads version 1", () -> state.restore(later));
    assertRefused("are not a saved state", () -> state.restore(new byte[40]));
  }

  private static void assertRefused(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
