package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedWeightsTest {
  static List<Cell> cells() {
    return Samples.cells();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldForgetTheWeightsBeforeWhenPackedAgain(Cell cell) {
    for (boolean tokens : new boolean[] {false, true}) {
      NetworkSpec spec = Samples.spec(cell, tokens, Loss.SQUARED_ERROR, At.EVERY_STEP, 9, 5);
      Parameters present = Samples.parameters(spec, 2);
      PackedWeights again = PackedWeights.of(Samples.parameters(spec, 1));
      again.pack(present);
      assertArrayEquals(gradient(PackedWeights.of(present)), gradient(again));
    }
  }

  /** In rows that are no multiple of 8. */
  @ParameterizedTest
  @MethodSource("cells")
  void shouldPackPartsInAnyOrderToTheSameWeights(Cell cell) {
    NetworkSpec spec = Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 131, 5);
    Parameters parameters = Samples.parameters(spec, 1);
    PackedWeights byParts = new PackedWeights(spec);
    for (int part = 4; part >= 0; part--) {
      byParts.pack(parameters, part, 5);
    }
    assertArrayEquals(gradient(PackedWeights.of(parameters)), gradient(byParts));
  }

  @Test
  void shouldRefuseTheParametersOfAnotherNetwork() {
    PackedWeights weights = new PackedWeights(spec(5));
    Parameters other = Samples.parameters(spec(6), 1);
    var refused = assertThrows(IllegalArgumentException.class, () -> weights.pack(other));
    assertTrue(refused.getMessage().contains("hidden=6"), refused.getMessage());
    assertTrue(refused.getMessage().contains("hidden=5"), refused.getMessage());
  }

  /** H = 8, I = 3, O = 4: W, U, Uᵀ, the output and its transpose in rows of 8; biases; H zeros. */
  @Test
  void shouldCountItsBytes() {
    int doubles = 32 * 3 + 32 * 8 + 8 * 32 + 8 * 8 + 8 * 4 + 32 + 4 + 8;
    assertEquals(8L * doubles, new PackedWeights(spec(8)).bytes());
  }

  private static NetworkSpec spec(int hidden) {
    return Samples.spec(new LstmCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, hidden);
  }

  private static double[] gradient(PackedWeights weights) {
    Bptt bptt = new Bptt(weights.spec());
    SequenceBatch batch = Samples.batch(weights.spec(), Samples.RAGGED);
    GradientSum sum = new GradientSum(Samples.parameters(weights.spec(), 1).values().length);
    GradientSum[] sums = new GradientSum[batch.blocks()];
    Arrays.fill(sums, sum);
    bptt.forward(weights, batch, null);
    bptt.backward(weights, Backpropagation.FULL, sums);
    return sum.gradient();
  }
}
