package io.hindsight.kernels.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarriedStateTest {
  private static final int[] HIDDEN = {3, 2};

  @Test
  void shouldLayOutLanesAsTheKernelsDo() {
    CarriedState state = numbered(2);
    assertEquals(2 * 3 * 8, state.hidden(0).length);
    assertEquals(code(0, 13, 2), state.hidden(0)[1 * 3 * 8 + 2 * 8 + 5]);
    assertEquals(-code(1, 13, 1), state.cell(1)[1 * 2 * 8 + 1 * 8 + 5]);
  }

  @Test
  void shouldHaveNoCellStateForAGru() {
    CarriedState state = new CarriedState(spec(new GruCell()), 2);
    assertEquals(2, state.layers());
    assertEquals(2, state.blocks());
    assertEquals(0, state.cell(0).length);
    state.resetLane(11);
    state.reset();
    state.copyBlocks(new CarriedState(spec(new GruCell()), 1), 0, 1, 1);
  }

  @Test
  void shouldResetOneLaneInEveryLayerAndNoOther() {
    CarriedState state = numbered(2);
    state.resetLane(9);
    CarriedState expected = numbered(2);
    for (int lane = 0; lane < 16; lane++) {
      assertLane(
          lane == 9 ? new CarriedState(spec(new LstmCell()), 2) : expected, lane, state, lane);
    }
  }

  @Test
  void shouldResetEveryLane() {
    CarriedState state = numbered(2);
    state.reset();
    for (int lane = 0; lane < 16; lane++) {
      assertLane(new CarriedState(spec(new LstmCell()), 2), lane, state, lane);
    }
  }

  @Test
  void shouldCopyWholeBlocks() {
    CarriedState source = numbered(3);
    CarriedState target = new CarriedState(spec(new LstmCell()), 4);
    target.copyBlocks(source, 1, 2, 2);
    CarriedState zero = new CarriedState(spec(new LstmCell()), 4);
    for (int lane = 0; lane < 16; lane++) {
      assertLane(zero, lane, target, lane);
      assertLane(source, lane + 8, target, lane + 16);
    }
  }

  private static void assertLane(CarriedState expected, int lane, CarriedState actual, int at) {
    for (int layer = 0; layer < HIDDEN.length; layer++) {
      for (int unit = 0; unit < HIDDEN[layer]; unit++) {
        assertEquals(expected.hidden(layer, lane, unit), actual.hidden(layer, at, unit));
        assertEquals(expected.cell(layer, lane, unit), actual.cell(layer, at, unit));
      }
    }
  }

  private static CarriedState numbered(int blocks) {
    CarriedState state = new CarriedState(spec(new LstmCell()), blocks);
    for (int layer = 0; layer < HIDDEN.length; layer++) {
      for (int lane = 0; lane < blocks * SequenceBatch.LANES; lane++) {
        for (int unit = 0; unit < HIDDEN[layer]; unit++) {
          state.setHidden(layer, lane, unit, code(layer, lane, unit));
          state.setCell(layer, lane, unit, -code(layer, lane, unit));
        }
      }
    }
    return state;
  }

  private static double code(int layer, int lane, int unit) {
    return 1 + layer * 1000 + lane * 10 + unit;
  }

  private static NetworkSpec spec(Cell cell) {
    return NetworkSpec.plain(
        InputSpec.dense(1),
        cell,
        List.of(HIDDEN[0], HIDDEN[1]),
        new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
  }
}
