package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.VectorOps;

/**
 * Gated recurrent unit, reset after the product: r, z = σ(·), n = tanh(n_x + r∘n_h), h_t = (1 −
 * z)∘n + z∘h_{t−1}.
 *
 * <p>Row blocks are n_x, r, z, n_h: the input product feeds the first three, the recurrent product
 * the last three.
 */
final class GruKernel implements CellKernel {
  private static final int[] INPUT_GATES = {2, 0, 1}; // n, r, z among the parameters' r, z, n

  private final VectorOps ops;

  GruKernel(VectorOps ops) {
    this.ops = ops;
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
  public void forward(LayerWorkspace s, int t, int block) {
    int n = s.stateSize();
    int from = s.gatesAt(t, block);
    ops.sigmoid(s.gates, from + n, 2 * n);
    candidate(n, s.gates, from);
    ops.tanh(s.gates, from, s.gates, from, n);
    hidden(n, s.gates, from, s.inputAndHidden, s.hiddenAt(t, block), s.hiddenAt(t + 1, block));
  }

  /** n_x ← n_x + r∘n_h. */
  private static void candidate(int n, double[] gates, int from) {
    int r = from + n;
    int nh = from + 3 * n;
    for (int j = 0; j < n; j++) {
      gates[from + j] = Math.fma(gates[r + j], gates[nh + j], gates[from + j]);
    }
  }

  /** h_t = n + z∘(h_{t−1} − n). */
  private static void hidden(int n, double[] gates, int from, double[] h, int before, int after) {
    int z = from + 2 * n;
    for (int j = 0; j < n; j++) {
      double candidate = gates[from + j];
      h[after + j] = Math.fma(gates[z + j], h[before + j] - candidate, candidate);
    }
  }

  @Override
  public void backward(LayerWorkspace s, int t, int block) {
    gatesBackward(
        s.stateSize(),
        s.gates,
        s.gatesAt(t, block),
        s.inputAndHidden,
        s.hiddenAt(t, block),
        s.dh,
        s.stateAt(block));
  }

  /** Of {@link #hidden} and {@link #candidate}; the direct part of dh_{t−1} is z∘dh_t. */
  private static void gatesBackward(
      int n, double[] gates, int from, double[] h, int before, double[] dh, int state) {
    int r = from + n;
    int z = r + n;
    int nh = z + n;
    for (int j = 0; j < n; j++) {
      double candidate = gates[from + j];
      double reset = gates[r + j];
      double update = gates[z + j];
      double d = dh[state + j];
      double dn = d * (1.0 - update) * (1.0 - candidate * candidate);
      gates[z + j] = d * (h[before + j] - candidate) * (update * (1.0 - update));
      gates[r + j] = dn * gates[nh + j] * (reset * (1.0 - reset));
      gates[nh + j] = dn * reset;
      gates[from + j] = dn;
      dh[state + j] = d * update;
    }
  }
}
