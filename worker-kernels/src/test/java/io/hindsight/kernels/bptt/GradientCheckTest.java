package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GradientCheckTest {
  private static final double TOLERANCE = 1e-7;
  private static final Integer[][] STACKS = {{5}, {4, 3}, {2, 5, 3}};
  private static final Integer[][] NORMALIZED_STACKS = {{8}, {10, 9}};

  /** Every cell × input × loss × place of targets × 1 to 3 layers, over ragged lanes. */
  static List<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (Cell cell : Samples.cells()) {
      for (boolean tokens : new boolean[] {false, true}) {
        for (Loss loss : Samples.stepLosses(cell)) {
          for (At at : At.values()) {
            for (Integer[] hidden : STACKS) {
              networks.add(Arguments.of(Samples.spec(cell, tokens, loss, at, hidden)));
            }
          }
        }
      }
    }
    return networks;
  }

  /** Of those every cell × input × loss × place of targets, with 1, 2 and 3 layers in turn. */
  static List<Arguments> stacksInTurn() {
    List<Arguments> all = networks();
    return IntStream.range(0, all.size() / STACKS.length)
        .mapToObj(i -> all.get(STACKS.length * i + i % STACKS.length))
        .toList();
  }

  /** Every cell × input × loss × place of targets, with 1 and 2 normalised layers in turn. */
  static List<Arguments> normalizedNetworks() {
    List<Arguments> networks = new ArrayList<>();
    for (Cell cell : Samples.kinds()) {
      for (boolean tokens : new boolean[] {false, true}) {
        for (Loss loss : Samples.stepLosses(cell)) {
          for (At at : At.values()) {
            int turn = networks.size() + networks.size() / At.values().length;
            Integer[] hidden = NORMALIZED_STACKS[turn % NORMALIZED_STACKS.length];
            networks.add(
                Arguments.of(Samples.normalized(Samples.spec(cell, tokens, loss, at, hidden))));
          }
        }
      }
    }
    return networks;
  }

  @ParameterizedTest
  @MethodSource({"networks", "normalizedNetworks"})
  void shouldAgreeWithDifferencesInEveryBlock(NetworkSpec spec) {
    SequenceBatch batch = Samples.batch(spec, Samples.RAGGED);
    List<BlockError> errors =
        GradientCheck.check(
            Samples.parameters(spec, 1),
            batch,
            Samples.state(spec, batch.blocks(), 2),
            GradientCheck.ALL_ELEMENTS);
    int layers = spec.recurrent().size();
    int states = layers * (Samples.cell(spec).hasCellState() ? 2 : 1);
    assertEquals(new ParameterLayout(spec).blocks().size() + states, errors.size());
    for (BlockError error : errors) {
      assertTrue(error.isWithin(TOLERANCE), error::toString);
      assertTrue(error.elements() > 0, error::toString);
    }
  }

  @Test
  void shouldAgreeFromAZeroStateAndWithWarmUpSteps() {
    NetworkSpec spec = Samples.spec(new LstmCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 4, 3);
    SequenceBatch batch =
        SequenceBatch.of(
            Samples.sequence(spec, 6, 1).scoredFrom(3), Samples.sequence(spec, 4, 2).scoredFrom(4));
    for (BlockError error :
        GradientCheck.check(Samples.parameters(spec, 1), batch, null, Integer.MAX_VALUE)) {
      assertTrue(error.isWithin(TOLERANCE), error::toString);
    }
  }

  /** There the product with the state is 0, and normalised by √ε alone. */
  @Test
  void shouldAgreeFromAZeroStateWhereLayersAreNormalized() {
    for (Cell cell : Samples.kinds()) {
      NetworkSpec plain = Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 32, 8);
      ParameterLayout layout = new ParameterLayout(Samples.normalized(plain));
      Parameters parameters = Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, 1);
      for (BlockError error :
          GradientCheck.check(parameters, Samples.batch(plain, 14, 9), null, 40)) {
        assertTrue(error.isWithin(1e-6), error::toString);
      }
    }
  }

  /** Some steps in the middle have no target in one lane, one step in any. */
  @ParameterizedTest
  @MethodSource("stacksInTurn")
  void shouldAgreeWhereStepsHaveNoTarget(NetworkSpec spec) {
    SequenceBatch batch =
        SequenceBatch.of(
            Samples.masked(Samples.sequence(spec, 6, 1), 2, 4),
            Samples.masked(Samples.sequence(spec, 7, 2), 3, 5),
            Samples.masked(Samples.sequence(spec, 5, 3), 3, 4),
            Samples.sequence(spec, 1, 4)); // whose gradient reaches the initial state
    List<BlockError> errors =
        GradientCheck.check(
            Samples.parameters(spec, 1),
            batch,
            Samples.state(spec, batch.blocks(), 2),
            GradientCheck.ALL_ELEMENTS);
    for (BlockError error : errors) {
      assertTrue(error.isWithin(TOLERANCE), error::toString);
    }
  }

  @Test
  void shouldCheckADeterministicSampleOfLargeBlocks() {
    NetworkSpec spec =
        Samples.spec(new GruCell(), true, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP, 9);
    SequenceBatch batch = Samples.batch(spec, 5, 3);
    Parameters parameters = Samples.parameters(spec, 1);
    List<BlockError> errors = GradientCheck.check(parameters, batch, null, 7);
    assertEquals(errors, GradientCheck.check(parameters, batch, null, 7));
    for (BlockError error : errors) {
      assertEquals(error.block().equals("out.bias") ? 4 : 7, error.elements(), error.block());
      assertTrue(error.isWithin(TOLERANCE), error::toString);
    }
  }

  @Test
  void shouldLeaveTheParametersAsTheyWere() {
    NetworkSpec spec = Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 3);
    Parameters parameters = Samples.parameters(spec, 1);
    GradientCheck.check(parameters, Samples.batch(spec, 3), null, 5);
    assertEquals(Samples.parameters(spec, 1), parameters);
  }

  @Test
  void shouldFailRatherThanPassOnNaN() {
    NetworkSpec spec = Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 3);
    Parameters parameters = Samples.parameters(spec, 1);
    parameters.values()[0] = Double.NaN;
    parameters.values()[1] = Double.NaN;
    for (BlockError error :
        GradientCheck.check(parameters, Samples.batch(spec, 3), null, Integer.MAX_VALUE)) {
      if (!error.block().startsWith("out")) {
        assertFalse(error.isWithin(1), error::toString);
      }
    }
  }

  @Test
  void shouldRefuseABatchWithoutTargets() {
    NetworkSpec spec = Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 3);
    SequenceBatch batch = SequenceBatch.of(Samples.sequence(spec, 3, 1).scoredFrom(3));
    Parameters parameters = Samples.parameters(spec, 1);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> GradientCheck.check(parameters, batch, null, 5));
    assertTrue(e.getMessage().contains("no step"), e.getMessage());
  }
}
