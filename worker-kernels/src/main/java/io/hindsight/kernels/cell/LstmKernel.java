package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;

/**
 * Long short-term memory: i, f, o = σ(z), g = tanh(z); c_t = f∘c_{t−1} + i∘g; h_t = o∘tanh(c_t).
 *
 * <p>Row blocks are the gates in the parameters' order i, f, g, o.
 */
sealed class LstmKernel implements CellKernel
    permits NormalizedLstmKernel, NormalizedLaneLstmKernel {
  final GateOps ops;

  LstmKernel(GateOps ops) {
    this.ops = ops;
  }

  @Override
  public final boolean hasCellState() {
    return true;
  }

  @Override
  public final int rowBlocks() {
    return 4;
  }

  @Override
  public final int inputGates() {
    return 4;
  }

  @Override
  public final int firstRecurrentGate() {
    return 0;
  }

  @Override
  public final int inputGate(int rowBlock) {
    return rowBlock;
  }

  @Override
  public final boolean passesStateDirectly() {
    return false;
  }

  @Override
  public final void forward(CellWorkspace s, int t, int block, int from, int n) {
    int gate = s.stateSize();
    int i = s.gatesAt(t, block) + from;
    int g = i + 2 * gate;
    int o = g + gate;
    int before = s.cellAt(t, block) + from;
    int after = s.cellAt(t + 1, block) + from;
    int tanhC = s.tanhCellAt(t, block) + from;
    ops.sigmoid(n, s.gates, i);
    ops.sigmoid(n, s.gates, i + gate);
    ops.tanh(n, s.gates, g, s.gates, g);
    ops.sigmoid(n, s.gates, o);
    ops.lstmCell(n, gate, s.gates, i, s.cell, before, after);
    squash(s, t, block, from, n);
    int h = s.hiddenAt(t + 1, block) + from;
    ops.lstmHidden(n, s.gates, o, s.tanhCell, tanhC, s.states, h);
  }

  /** c_t → tanh(c_t). */
  void squash(CellWorkspace s, int t, int block, int from, int n) {
    int after = s.cellAt(t + 1, block) + from;
    ops.tanh(n, s.cell, after, s.tanhCell, s.tanhCellAt(t, block) + from);
  }

  @Override
  public void backward(CellWorkspace s, int t, int block, int from, int n) {
    int gate = s.stateSize();
    int dh = s.dhAt(block) + from;
    int dc = s.dCellAt(block) + from;
    int i = s.gatesAt(t, block) + from;
    int before = s.cellAt(t, block) + from;
    int tanhC = s.tanhCellAt(t, block) + from;
    ops.lstmBackward(n, gate, s.gates, i, s.cell, before, s.tanhCell, tanhC, s.dh, dh, s.dCell, dc);
  }
}
