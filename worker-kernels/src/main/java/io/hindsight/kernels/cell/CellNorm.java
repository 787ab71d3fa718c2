package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.Normalized;
import io.hindsight.kernels.network.NormBlocks.Affine;
import io.hindsight.kernels.panel.Lanes;
import java.util.Arrays;

/** The normalisation of an LSTM's c between the forward and the backward pass. */
public final class CellNorm {
  private static final int LANES = Lanes.LANES;

  final Normalized c; // (T·NB, H, 8)
  final double[] dBias; // (NB, H, 8): lane by lane
  double[] gain; // (H)
  double[] bias; // (H)

  CellNorm(int hidden, int panels, int blocks) {
    c = new Normalized(hidden, panels, blocks);
    dBias = new double[blocks * hidden * LANES];
  }

  /** Reads the live weights of a pass // (H), (H). */
  public void setWeights(double[] newGain, double[] newBias) {
    gain = newGain;
    bias = newBias;
  }

  /** Forgets the gradients of the weights. */
  public void clear() {
    c.clear();
    Arrays.fill(dBias, 0);
  }

  /** Adds those of a block to the gradient // (P). */
  public void addGradients(int block, Affine blocks, double[] gradient) {
    for (int row = 0; row < c.rows(); row++) {
      gradient[blocks.gain().offset() + row] += c.dGain(block, row);
      gradient[blocks.bias().offset() + row] += Lanes.sum(dBias, c.at(block) + row * LANES);
    }
  }

  /** Bytes held. */
  long bytes() {
    return c.bytes() + (long) Double.BYTES * dBias.length;
  }
}
