package io.hindsight.driver.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.RnnCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerArithmeticTest {
  private static final BenchShape SMALL = new BenchShape(2, 3, 5, 7);

  /** 5·7 = 35 pairs of sequence and step; two operations per multiply-add. */
  @Test
  void shouldCountTheProductsOfEachCell() {
    assertFlops(new RnnCell(Activation.TANH), 3);
    assertFlops(new LstmCell(), 12);
    assertFlops(new GruCell(), 9);
  }

  private static void assertFlops(Cell cell, int gateRows) {
    assertEquals(2 * 35 * gateRows * (2 + 3), LayerFlops.forward(cell, SMALL));
    assertEquals(2 * 35 * gateRows * (2 + 3 + 3), LayerFlops.backward(cell, SMALL));
  }

  /** What was counted before the first kernel was written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"128,256,64,64; 83", "64,128,32,100; 31", "32,32,64,50; 8"})
  void shouldNeedTheMegabytesThatWereForeseen(String shape, long megabytes) {
    BenchShape parsed = BenchShape.parse(shape);
    assertEquals(megabytes, Math.round(bytes(new LstmCell(), parsed) / 1e6));
  }

  /** Doubles, term by term. */
  @Test
  void shouldCountTheWorkspaceOfEachCell() {
    int inputsAndStates = 8 * 5 * (2 + 3);
    int fromAbove = 35 * 3;
    int rnn = inputsAndStates + 35 * 3 + fromAbove + 3 * 5 + 3 * 3 + 25 + 256 * (3 + 5);
    assertEquals(8L * rnn, bytes(new RnnCell(Activation.TANH), SMALL));
    int cells = (7 + 8) * 5 * 3;
    int lstm =
        inputsAndStates + 35 * 12 + cells + fromAbove + 12 * 5 + 12 * 3 + 88 + 256 * (12 + 5);
    assertEquals(8L * lstm, bytes(new LstmCell(), SMALL));
    int gru = inputsAndStates + 35 * 12 + fromAbove + 9 * 5 + 9 * 3 + 67 + 256 * (12 + 5);
    assertEquals(8L * gru, bytes(new GruCell(), SMALL));
  }

  private static long bytes(Cell cell, BenchShape shape) {
    int parameters = new ParameterLayout(BenchData.network(cell, shape)).size();
    return WorkspaceFormula.bytes(cell, shape, parameters);
  }
}
