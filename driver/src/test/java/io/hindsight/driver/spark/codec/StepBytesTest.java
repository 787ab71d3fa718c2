package io.hindsight.driver.spark.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepBytesTest {
  private static final int BLOCKS_AT = 5 * Long.BYTES + Integer.BYTES; // of an input
  private static final int MESSAGE = 1 << 20; // bytes
  private static final int UNITS = 64;

  @Test
  void shouldReadTheStateThatWasWritten() throws IOException {
    for (Cell cell : List.of(new GruCell(), new LstmCell())) {
      Parameters weights = new Parameters(new ParameterLayout(network(cell)));
      CarriedState state = new CarriedState(network(cell), 3);
      state.setHidden(1, 17, 2, 0.25);
      StepRequest request =
          new StepRequest(1, 2, 0, 2, 3, Backpropagation.truncated(4), Optional.of(state));
      StepRequest read = StepBytes.readInput(StepBytes.ofInput(weights, request, 1000), weights);
      assertEquals(3, read.carried().orElseThrow().blocks());
      assertEquals(0.25, read.carried().orElseThrow().hidden(1, 17, 2));
    }
  }

  /** What a message says of its length must be there before memory is taken for it. */
  @Test
  void shouldTakeNoMoreMemoryThanAMessageHasForAStateOfAnyNumberOfBlocks() {
    for (Cell cell : List.of(new GruCell(), new LstmCell())) {
      for (int blocks :
          new int[] {MESSAGE / 128, 1 << 23, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
        Parameters weights = new Parameters(new ParameterLayout(network(cell)));
        byte[] message = new byte[MESSAGE];
        ByteBuffer.wrap(message).putInt(BLOCKS_AT, blocks);
        long before = allocated();
        assertThrows(
            IOException.class, () -> StepBytes.readInput(Pieces.of(List.of(message)), weights));
        long taken = allocated() - before;
        assertTrue(taken < 2L * MESSAGE, taken + " bytes for " + blocks + " blocks");
      }
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static NetworkSpec network(Cell cell) {
    return NetworkSpec.plain(
        InputSpec.dense(1),
        cell,
        List.of(UNITS, UNITS),
        new OutputSpec(1, Loss.SQUARED_ERROR, At.EVERY_STEP));
  }
}
