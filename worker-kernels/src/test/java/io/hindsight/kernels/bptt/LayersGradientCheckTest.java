package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients of both directions, of noise, of paths around layers, and of tables. */
class LayersGradientCheckTest {
  private static final double TOLERANCE = 1e-7;

  @ParameterizedTest
  @MethodSource("io.hindsight.kernels.bptt.GradientCheckTest#stacksInTurn")
  void shouldAgreeInBothDirections(NetworkSpec spec) {
    assertAgrees(Samples.bothWays(spec));
  }

  @Test
  void shouldAgreeWhereDirectionsAreMixed() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          for (NetworkSpec spec : Samples.mixedDirections(cell, tokens, Loss.SQUARED_ERROR, at)) {
            assertAgrees(spec);
          }
        }
      }
    }
  }

  /** In one direction and both in turn; {@code PlainBpttTest} has both of each. */
  @Test
  void shouldAgreeUnderEveryKindOfNoise() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          boolean bothWays = tokens == (at == At.LAST_STEP);
          for (NetworkSpec spec : Samples.noisy(cell, tokens, at)) {
            assertAgrees(bothWays ? Samples.bothWays(spec) : spec);
            bothWays = !bothWays;
          }
        }
      }
    }
  }

  /** Ragged lanes, one without labels, one that is scored from a later step on. */
  @Test
  void shouldAgreeWhereTheTargetIsAString() {
    for (Cell cell : Samples.boundedCells()) {
      for (boolean tokens : new boolean[] {false, true}) {
        NetworkSpec spec = Samples.spec(cell, tokens, Loss.CTC, At.EVERY_STEP, 4, 3);
        assertAgrees(spec);
        assertAgrees(Samples.bothWays(spec));
      }
    }
  }

  @Test
  void shouldAgreeWhereLayersAddWhatTheyRead() {
    for (Cell cell : Samples.boundedCells()) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          Samples.residual(cell, tokens, at).forEach(LayersGradientCheckTest::assertAgrees);
        }
      }
    }
  }

  @Test
  void shouldAgreeInEveryTable() {
    for (Cell cell : Samples.kinds()) {
      At at = cell instanceof GruCell ? At.LAST_STEP : At.EVERY_STEP;
      Samples.composed(cell, at).forEach(LayersGradientCheckTest::assertAgrees);
    }
  }

  private static void assertAgrees(NetworkSpec spec) {
    SequenceBatch batch = Samples.batch(spec, Samples.RAGGED);
    for (BlockError error :
        GradientCheck.check(
            Samples.parameters(spec, 1),
            batch,
            Samples.state(spec, batch.blocks(), 2),
            GradientCheck.ALL_ELEMENTS)) {
      assertTrue(error.isWithin(TOLERANCE), () -> spec + ": " + error);
    }
  }
}
