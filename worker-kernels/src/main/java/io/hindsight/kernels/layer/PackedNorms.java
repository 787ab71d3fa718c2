package io.hindsight.kernels.layer;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.network.NormBlocks;
import io.hindsight.kernels.network.ParameterLayout.Block;

/**
 * The weights of a layer's normalisations; the biases of its products are in those of the layer.
 */
final class PackedNorms {
  final double[] inputGain; // (inputGates·H), the rows in the order of z
  final double[] stateGain; // (G·H)
  final double[] cellGain; // (H) of an LSTM, else (0)
  final double[] cellBias; // (H) of an LSTM, else (0)

  private final CellKernel kernel;
  private final NormBlocks blocks;
  private final int hidden; // H

  /** Zero until packed. */
  PackedNorms(CellKernel kernel, NormBlocks blocks, int hidden) {
    this.kernel = kernel;
    this.blocks = blocks;
    this.hidden = hidden;
    inputGain = new double[blocks.input().gain().rows()];
    stateGain = new double[blocks.state().gain().rows()];
    int cell = blocks.cell().isPresent() ? hidden : 0;
    cellGain = new double[cell];
    cellBias = new double[cell];
  }

  /** Takes the present values // (P). */
  void pack(double[] values) {
    int from = blocks.input().gain().offset();
    for (int gate = 0; gate < kernel.inputGates(); gate++) {
      int gains = from + kernel.inputGate(gate) * hidden;
      System.arraycopy(values, gains, inputGain, gate * hidden, hidden);
    }
    copy(values, blocks.state().gain(), stateGain);
    if (cellGain.length > 0) {
      copy(values, blocks.cell().orElseThrow().gain(), cellGain);
      copy(values, blocks.cell().orElseThrow().bias(), cellBias);
    }
  }

  private static void copy(double[] values, Block block, double[] to) {
    System.arraycopy(values, block.offset(), to, 0, to.length);
  }

  /** Bytes held. */
  long bytes() {
    return (long) Double.BYTES
        * (inputGain.length + stateGain.length + cellGain.length + cellBias.length);
  }
}
