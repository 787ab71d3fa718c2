package io.hindsight.driver.plan;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.NetworkSpec;
import java.util.stream.LongStream;

/**
 * The memory that a task computes in, by the shapes of its arrays; T steps, NB blocks of 8 lanes.
 *
 * <p>With R row blocks (1 for an RNN, 4 for LSTM and GRU) a layer keeps inputs and states (T+1, NB,
 * I+H, 8), gates (T, NB, R·H, 8), the gradients from above (T, NB, H, 8), for an LSTM cell states
 * and their tanh (2T+1, NB, H, 8), and the state's gradients; the output (T, NB, O, 8). To sum the
 * gradients of the weights it transposes 256 columns of both factors at a time and holds one
 * gradient.
 */
final class Workspace {
  private static final long LANE_BYTES = (long) SequenceBatch.LANES * Double.BYTES;
  private static final int CHUNK = 256;
  private static final int GRU_ROWS = 4;

  private Workspace() {}

  /**
   * Bytes of a task, without the gradient sums of its shards.
   *
   * @param steps T
   * @param blocks NB of the task
   */
  static long bytes(NetworkSpec spec, int steps, int blocks) {
    long panels = (long) steps * blocks;
    long rows = panels * spec.output().size();
    long scratch = (long) CHUNK * (spec.output().size() + spec.topHidden());
    for (int layer = 0; layer < spec.layers(); layer++) {
      long h = spec.hidden(layer);
      long columns = inputs(spec, layer) + h;
      rows += (panels + blocks) * columns + panels * (gateRows(spec, layer) + h);
      rows += spec.cell().hasCellState() ? 2 * panels * h + blocks * h : 0;
      rows += blocks * (2 * h + gateRows(spec, layer));
      scratch += CHUNK * (gateRows(spec, layer) + columns);
    }
    return LANE_BYTES * rows + Double.BYTES * (scratch + weights(spec));
  }

  /** Bytes of the weights as the kernels read them, shared by the tasks of a process. */
  static long packedBytes(NetworkSpec spec) {
    long doubles = 2L * spec.output().size() * spec.topHidden();
    for (int layer = 0; layer < spec.layers(); layer++) {
      long h = spec.hidden(layer);
      long transposed = layer == 0 ? h : spec.inputSize(layer) + h;
      doubles += spec.cell().gates() * h * (spec.inputSize(layer) + h + transposed);
    }
    return Double.BYTES * doubles;
  }

  /** Bytes of the states of some blocks. */
  static long stateBytes(NetworkSpec spec, int blocks) {
    int states = spec.cell().hasCellState() ? 2 : 1;
    return LANE_BYTES * states * blocks * spec.hidden().stream().mapToLong(h -> h).sum();
  }

  /** Elements of the largest array of a task; Java allows 2^31 − 1. */
  static long largestArray(NetworkSpec spec, int steps, int blocks) {
    long rows =
        LongStream.range(0, spec.layers())
            .map(layer -> largestRows(spec, (int) layer))
            .reduce(spec.output().size(), Math::max);
    return (steps + 1L) * blocks * rows * SequenceBatch.LANES;
  }

  private static long largestRows(NetworkSpec spec, int layer) {
    return Math.max(inputs(spec, layer) + spec.hidden(layer), gateRows(spec, layer));
  }

  private static long weights(NetworkSpec spec) {
    long doubles = (long) spec.output().size() * spec.topHidden();
    for (int layer = 0; layer < spec.layers(); layer++) {
      long h = spec.hidden(layer);
      doubles += spec.cell().gates() * h * (inputs(spec, layer) + h);
    }
    return doubles;
  }

  private static long inputs(NetworkSpec spec, int layer) {
    return layer == 0 && spec.input().isTokens() ? 0 : spec.inputSize(layer);
  }

  private static long gateRows(NetworkSpec spec, int layer) {
    int rows = spec.cell() instanceof GruCell ? GRU_ROWS : spec.cell().gates();
    return (long) rows * spec.hidden(layer);
  }
}
