package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;

/**
 * {@link NormalizedLstmKernel} of a single lane, whose units lie where others have lanes: forward
 * only.
 */
final class NormalizedLaneLstmKernel extends LstmKernel {
  NormalizedLaneLstmKernel(GateOps ops) {
    super(ops);
  }

  @Override
  public boolean normalizesCell() {
    return true;
  }

  /** c_t → tanh(bias + gain∘ĉ_t). */
  @Override
  void squash(CellWorkspace s, int t, int block, int from, int n) {
    CellNorm norm = s.norm;
    int units = norm.gain.length;
    int y = s.tanhCellAt(t, block);
    double[] c = norm.c.values();
    System.arraycopy(s.cell, s.cellAt(t + 1, block), c, 0, units);
    System.arraycopy(norm.bias, 0, s.tanhCell, y, units);
    LaneNorm.normalize(units, c, norm.gain, units, s.tanhCell, y, units);
    ops.tanh(n, s.tanhCell, y, s.tanhCell, y);
  }

  @Override
  public void backward(CellWorkspace s, int t, int block, int from, int n) {
    throw new UnsupportedOperationException("a single lane has no backward pass");
  }
}
