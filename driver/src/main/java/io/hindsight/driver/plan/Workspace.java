package io.hindsight.driver.plan;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.RecurrentSpec;
import java.util.List;

/**
 * The memory that a task computes in, by the shapes of its arrays; T steps, NB blocks of 8 lanes.
 *
 * <p>With R row blocks (1 for an RNN, 4 for LSTM and GRU) a layer keeps inputs and states (T+1, NB,
 * I+H, 8), gates (T, NB, R·H, 8), the gradients from above (T, NB, H, 8), for an LSTM cell states
 * and their tanh (2T+1, NB, H, 8), and the state's gradients; the output (T, NB, O, 8). To sum the
 * gradients of the weights it transposes 256 columns of both factors at a time and holds one
 * gradient. Dropout and residual layers keep what they make (T, NB, rows, 8). A normalised layer
 * keeps both products, 2·G·H rows, and an LSTM's c once more, of each panel and once of each block.
 * A layer of two directions is two such layers, and keeps both states together (T, NB, 2H, 8), the
 * gradients of one once more (T, NB, H, 8) and, if it reads a layer, its gradient by what it read
 * (T, NB, I, 8). Where x_t is put together, it is kept, and with tables its gradient too, each (T,
 * NB, I, 8); of the tables a number and a bit for each row, and the gradients of those that occur.
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
    long rows = panels * spec.output().logits();
    long scratch = (long) CHUNK * (spec.output().logits() + spec.topRows());
    for (LayerBlocks layer : layers(spec)) {
      long h = layer.spec().hidden();
      long gates = gateRows(layer.spec());
      long columns = inputs(spec, layer) + h;
      rows += (panels + blocks) * columns + panels * (gates + h);
      rows += layer.spec().cell().hasCellState() ? 2 * panels * h + blocks * h : 0;
      rows += blocks * (2 * h + gates);
      rows += noiseRows(layer.spec(), panels, blocks);
      rows += (panels + blocks) * normalizedRows(layer.spec());
      scratch += CHUNK * (gates + columns + normalizedRows(layer.spec()) / 2);
    }
    rows += panels * (keptRows(spec) + bothWaysRows(spec) + composedRows(spec.input()));
    long ofTables = tableBytes(spec, steps, blocks);
    long numbers = scratch + weights(spec) + pathDoubles(spec, steps);
    return LANE_BYTES * rows + Double.BYTES * numbers + ofTables;
  }

  /** Of the paths through a label string, lane by lane: U + 1 and 2U + 1 at each of T steps. */
  private static long pathDoubles(NetworkSpec spec, long steps) {
    boolean strings = spec.output().loss().targetsAreStrings();
    long labels = steps / 2; // how many there are, only the data tells
    return strings ? steps * (3 * labels + 2) : 0;
  }

  private static long composedRows(InputSpec input) {
    int arrays = input.isEmbedded() ? 2 : 1;
    return input.isComposed() ? (long) arrays * input.size() : 0;
  }

  private static long tableBytes(NetworkSpec spec, int steps, int blocks) {
    long rows = new ParameterLayout(spec).rows().count();
    return rows * Integer.BYTES + rows / Byte.SIZE + usedBytes(spec.input(), steps, blocks);
  }

  /** Of the rows that windows of some blocks read, at most: their gradients and numbers. */
  private static long usedBytes(InputSpec input, int steps, int blocks) {
    long bytes = 0;
    for (EmbeddingSpec table : input.tables()) {
      long read = (long) blocks * SequenceBatch.LANES * (table.ofSequence() ? 1 : steps);
      long ofRow = Integer.BYTES + Double.BYTES * (long) table.width();
      bytes += Math.min(table.rows(), read) * ofRow;
    }
    return bytes;
  }

  /**
   * Bytes of the sum of gradients over windows of some blocks, at most.
   *
   * @param parameters P
   */
  static long gradientBytes(NetworkSpec spec, int parameters, int steps, int blocks) {
    long dense = parameters;
    for (EmbeddingSpec table : spec.input().tables()) {
      dense -= (long) table.rows() * table.width();
    }
    return Double.BYTES * dense + usedBytes(spec.input(), steps, blocks);
  }

  /** Of a layer: the h that its product reads, and the units that are struck, a byte for lanes. */
  private static long noiseRows(RecurrentSpec layer, long panels, long blocks) {
    long h = layer.hidden();
    long rows = layer.noise().recurrentDropout() > 0 ? (panels + 2 * blocks) * h : 0;
    rows += layer.noise().zoneoutHidden() > 0 ? blocks * h + panels * h / LANE_BYTES : 0;
    return rows + (layer.noise().zoneoutCell() > 0 ? blocks * h + panels * h / LANE_BYTES : 0);
  }

  /** Of the vectors that a layer normalises. */
  private static long normalizedRows(RecurrentSpec layer) {
    long products = 2L * layer.cell().gates() * layer.hidden();
    long cell = layer.cell().hasCellState() ? layer.hidden() : 0;
    return layer.layerNorm() ? products + cell : 0;
  }

  /** Rows of what layers of two directions keep beside what each direction does. */
  private static long bothWaysRows(NetworkSpec spec) {
    long rows = 0;
    for (int number = 0; number < spec.recurrent().size(); number++) {
      RecurrentSpec layer = spec.recurrent().get(number);
      if (layer.bidirectional()) {
        boolean ofBatch = number == 0 && !spec.input().isEmbedded();
        rows += 3L * layer.hidden() + (ofBatch ? 0 : spec.recurrentInputs().get(number));
      }
    }
    return rows;
  }

  /** Rows of what the layers of dropout and the residual ones make. */
  private static long keptRows(NetworkSpec spec) {
    long kept = 0;
    int rows = spec.input().size();
    for (LayerSpec layer : spec.layers()) {
      boolean residual = layer instanceof RecurrentSpec recurrent && recurrent.residual();
      kept += residual || layer instanceof DropoutSpec ? rows : 0;
      rows = layer.outputs(rows);
    }
    return kept;
  }

  /** Bytes of the weights as the kernels read them, shared by the tasks of a process. */
  static long packedBytes(NetworkSpec spec) {
    long doubles = 2L * spec.output().logits() * spec.topRows();
    for (LayerBlocks layer : layers(spec)) {
      long inputs = layer.weightIh().columns();
      long h = layer.spec().hidden();
      boolean ofBatch = readsBatch(spec, layer) && !spec.input().isEmbedded();
      long transposed = ofBatch ? h : inputs + h;
      doubles += layer.weightIh().rows() * (inputs + h + transposed);
    }
    return Double.BYTES * doubles;
  }

  /** Bytes of the states of some blocks. */
  static long stateBytes(NetworkSpec spec, int blocks) {
    long rows = 0;
    for (RecurrentSpec layer : spec.directions()) {
      rows += (layer.cell().hasCellState() ? 2L : 1L) * layer.hidden();
    }
    return LANE_BYTES * rows * blocks;
  }

  /** Elements of the largest array of a task; Java allows 2^31 − 1. */
  static long largestArray(NetworkSpec spec, int steps, int blocks) {
    long rows = spec.output().logits();
    for (LayerBlocks layer : layers(spec)) {
      long inputsAndStates = inputs(spec, layer) + layer.spec().hidden();
      long largest = Math.max(inputsAndStates, gateRows(layer.spec()));
      rows = Math.max(rows, Math.max(largest, layer.spec().outputs(0)));
    }
    return (steps + 1L) * blocks * rows * SequenceBatch.LANES;
  }

  private static long weights(NetworkSpec spec) {
    long doubles = (long) spec.output().logits() * spec.topRows();
    for (LayerBlocks layer : layers(spec)) {
      long h = layer.spec().hidden();
      doubles += layer.weightHh().rows() * (inputs(spec, layer) + h);
    }
    return doubles;
  }

  private static List<LayerBlocks> layers(NetworkSpec spec) {
    return new ParameterLayout(spec).layers();
  }

  private static long inputs(NetworkSpec spec, LayerBlocks layer) {
    boolean ofTokens = spec.input().isTokens() && !spec.input().isEmbedded();
    return ofTokens && readsBatch(spec, layer) ? 0 : layer.weightIh().columns();
  }

  private static boolean readsBatch(NetworkSpec spec, LayerBlocks layer) {
    return layers(spec).indexOf(layer) < spec.recurrent().get(0).directions();
  }

  private static long gateRows(RecurrentSpec layer) {
    int rows = layer.cell() instanceof GruCell ? GRU_ROWS : layer.cell().gates();
    return (long) rows * layer.hidden();
  }
}
