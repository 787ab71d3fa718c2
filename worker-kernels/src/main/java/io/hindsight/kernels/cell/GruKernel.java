package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;

/**
 * Gated recurrent unit, reset after the product: r, z = σ(·), n = tanh(n_x + r∘n_h), h_t = (1 −
 * z)∘n + z∘h_{t−1}.
 *
 * <p>Row blocks are n_x, r, z, n_h: the input product feeds the first three, the recurrent product
 * the last three.
 */
final class GruKernel implements CellKernel {
  private static final int[] INPUT_GATES = {2, 0, 1}; // n, r, z among the parameters' r, z, n

  private final GateOps ops;

  GruKernel(GateOps ops) {
    this.ops = ops;
  }

  @Override
  public boolean hasCellState() {
    return false;
  }

  @Override
  public int rowBlocks() {
    return 4;
  }

  @Override
  public int inputGates() {
    return 3;
  }

  @Override
  public int firstRecurrentGate() {
    return 1;
  }

  @Override
  public int inputGate(int rowBlock) {
    return INPUT_GATES[rowBlock];
  }

  @Override
  public boolean passesStateDirectly() {
    return true;
  }

  @Override
  public void forward(CellWorkspace s, int t, int block, int from, int n) {
    int gate = s.stateSize();
    int gates = s.gatesAt(t, block) + from;
    ops.sigmoid(n, s.gates, gates + gate);
    ops.sigmoid(n, s.gates, gates + 2 * gate);
    ops.gruCandidate(n, gate, s.gates, gates);
    ops.tanh(n, s.gates, gates, s.gates, gates);
    int before = s.hiddenAt(t, block) + from;
    ops.gruHidden(n, gate, s.gates, gates, s.states, before, s.hiddenAt(t + 1, block) + from);
  }

  @Override
  public void backward(CellWorkspace s, int t, int block, int from, int n) {
    int gates = s.gatesAt(t, block) + from;
    int before = s.hiddenAt(t, block) + from;
    int dh = s.dhAt(block) + from;
    ops.gruBackward(n, s.stateSize(), s.gates, gates, s.states, before, s.dh, dh);
  }
}
