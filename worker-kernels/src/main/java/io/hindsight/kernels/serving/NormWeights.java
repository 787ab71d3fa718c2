package io.hindsight.kernels.serving;

import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.network.NormBlocks;
import io.hindsight.kernels.network.ParameterLayout.Block;

/** What the normalised products of a layer are multiplied by, and an LSTM's normalised cell. */
final class NormWeights {
  final double[] input; // (inputGates·H), the rows in the order of z
  final double[] state; // (G·H)
  final double[] cellGain; // (H) of an LSTM, else (0)
  final double[] cellBias; // (H) of an LSTM, else (0)

  /**
   * Those of a layer.
   *
   * @param hidden H
   * @param values the network's parameters // (P)
   */
  NormWeights(CellKernel kernel, NormBlocks blocks, int hidden, double[] values) {
    input = new double[blocks.input().gain().rows()];
    int from = blocks.input().gain().offset();
    for (int block = 0; block < kernel.inputGates(); block++) {
      int gains = from + kernel.inputGate(block) * hidden;
      System.arraycopy(values, gains, input, block * hidden, hidden);
    }
    state = copy(values, blocks.state().gain());
    cellGain = blocks.cell().map(cell -> copy(values, cell.gain())).orElse(new double[0]);
    cellBias = blocks.cell().map(cell -> copy(values, cell.bias())).orElse(new double[0]);
  }

  private static double[] copy(double[] values, Block vector) {
    double[] copy = new double[vector.rows()];
    System.arraycopy(values, vector.offset(), copy, 0, copy.length);
    return copy;
  }
}
