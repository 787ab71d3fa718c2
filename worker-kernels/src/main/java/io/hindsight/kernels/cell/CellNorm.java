package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.Normalized;
import io.hindsight.kernels.network.NormBlocks.Affine;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Lanes;
import io.hindsight.kernels.panel.PanelView;
import java.util.Arrays;

/** The normalisation of an LSTM's c between the forward and the backward pass. */
public final class CellNorm {
  private static final int LANES = Lanes.LANES;

  final Normalized c; // (T·NB, H, 8)
  final PanelView dBias; // of each block: (H, 8), lane by lane

  private final int blocks; // NB

  double[] gain; // (H)
  double[] bias; // (H)

  CellNorm(AlignedMemory memory, int hidden, int panels, int blocks) {
    this.blocks = blocks;
    c = new Normalized(memory, hidden, panels, blocks);
    dBias = memory.panels(blocks, hidden);
  }

  /** Reads the live weights of a pass // (H), (H). */
  public void setWeights(double[] newGain, double[] newBias) {
    gain = newGain;
    bias = newBias;
  }

  /** Forgets the gradients of the weights. */
  public void clear() {
    c.clear();
    Arrays.fill(dBias.array(), dBias.at(0), dBias.at(blocks), 0);
  }

  /** Adds those of a block to the gradient // (P). */
  public void addGradients(int block, Affine weights, double[] gradient) {
    for (int row = 0; row < c.rows(); row++) {
      gradient[weights.gain().offset() + row] += c.dGain(block, row);
      gradient[weights.bias().offset() + row] +=
          Lanes.sum(dBias.array(), dBias.at(block) + row * LANES);
    }
  }

  /** Bytes held beside the memory of the panels. */
  long bytes() {
    return c.bytes();
  }
}
