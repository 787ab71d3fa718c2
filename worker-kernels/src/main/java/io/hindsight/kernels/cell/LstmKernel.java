package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;

/**
 * Long short-term memory: i, f, o = σ(z), g = tanh(z); c_t = f∘c_{t−1} + i∘g; h_t = o∘tanh(c_t).
 *
 * <p>Row blocks are the gates in the parameters' order i, f, g, o.
 */
final class LstmKernel implements CellKernel {
  private final GateOps ops;

  LstmKernel(GateOps ops) {
    this.ops = ops;
  }

  @Override
  public boolean hasCellState() {
    return true;
  }

  @Override
  public int rowBlocks() {
    return 4;
  }

  @Override
  public int inputGates() {
    return 4;
  }

  @Override
  public int firstRecurrentGate() {
    return 0;
  }

  @Override
  public int inputGate(int rowBlock) {
    return rowBlock;
  }

  @Override
  public boolean passesStateDirectly() {
    return false;
  }

  @Override
  public void forward(CellWorkspace s, int t, int block) {
    int n = s.stateSize();
    int i = s.gatesAt(t, block);
    int g = i + 2 * n;
    int o = g + n;
    int before = s.cellAt(t, block);
    int after = s.cellAt(t + 1, block);
    int tanhC = s.tanhCellAt(t, block);
    ops.sigmoid(2 * n, s.gates, i);
    ops.tanh(n, s.gates, g, s.gates, g);
    ops.sigmoid(n, s.gates, o);
    ops.lstmCell(n, s.gates, i, s.cell, before, after);
    ops.tanh(n, s.cell, after, s.tanhCell, tanhC);
    int h = s.hiddenAt(t + 1, block);
    ops.lstmHidden(n, s.gates, o, s.tanhCell, tanhC, s.states, h);
  }

  @Override
  public void backward(CellWorkspace s, int t, int block) {
    int n = s.stateSize();
    int state = s.stateAt(block);
    int i = s.gatesAt(t, block);
    int before = s.cellAt(t, block);
    int tanhC = s.tanhCellAt(t, block);
    ops.lstmBackward(n, s.gates, i, s.cell, before, s.tanhCell, tanhC, s.dh, s.dCell, state);
  }
}
