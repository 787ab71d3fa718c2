package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.math.NormOps;

/**
 * An LSTM that normalises c on the way to h: h_t = o∘tanh(LN(c_t)); c_t itself is carried as it is.
 */
final class NormalizedLstmKernel extends LstmKernel {
  private final NormOps norms;

  NormalizedLstmKernel(GateOps ops, NormOps norms) {
    super(ops);
    this.norms = norms;
  }

  @Override
  public boolean normalizesCell() {
    return true;
  }

  /** c_t → tanh(bias + gain∘ĉ_t). */
  @Override
  void squash(CellWorkspace s, int t, int block, int from, int n) {
    CellNorm norm = s.norm;
    int panel = s.panel(t, block);
    int y = s.tanhCellAt(t, block);
    System.arraycopy(s.cell, s.cellAt(t + 1, block), norm.c.values(), norm.c.at(panel), n);
    norms.normalize(norm.c, panel, norm.gain, norm.bias, s.tanhCell, y);
    ops.tanh(n, s.tanhCell, y, s.tanhCell, y);
  }

  /** dh∘o∘tanh' → dbias, dgain, dc_t += dv; then as without a normalisation. */
  @Override
  public void backward(CellWorkspace s, int t, int block, int from, int n) {
    CellNorm norm = s.norm;
    int panel = s.panel(t, block);
    int dc = s.dCellAt(block);
    int i = s.gatesAt(t, block);
    int y = s.tanhCellAt(t, block);
    ops.lstmHiddenBackward(n, s.gates, i + 3 * n, s.tanhCell, y, s.dh, s.dhAt(block));
    ops.add(n, s.tanhCell, y, norm.dBias.array(), norm.dBias.at(block));
    norms.normalizeBackward(norm.c, panel, block, norm.gain, s.tanhCell, y, s.tanhCell, y);
    ops.add(n, s.tanhCell, y, s.dCell, dc);
    ops.lstmCellBackward(n, n, s.gates, i, s.cell, s.cellAt(t, block), s.dCell, dc);
  }
}
