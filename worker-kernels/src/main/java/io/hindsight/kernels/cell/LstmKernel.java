package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.VectorOps;
import java.util.Arrays;

/**
 * Long short-term memory: i, f, o = σ(z), g = tanh(z); c_t = f∘c_{t−1} + i∘g; h_t = o∘tanh(c_t).
 *
 * <p>Row blocks are the gates in the parameters' order i, f, g, o.
 */
final class LstmKernel implements CellKernel {
  private final VectorOps ops;

  LstmKernel(VectorOps ops) {
    this.ops = ops;
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
  public void forward(LayerWorkspace s, int t, int block) {
    int n = s.stateSize();
    int i = s.gatesAt(t, block);
    int c = s.cellAt(t + 1, block);
    int tanhC = s.tanhCellAt(t, block);
    ops.sigmoid(s.gates, i, 2 * n);
    ops.tanh(s.gates, i + 2 * n, s.gates, i + 2 * n, n);
    ops.sigmoid(s.gates, i + 3 * n, n);
    cell(n, s.gates, i, s.cell, s.cellAt(t, block), c);
    ops.tanh(s.cell, c, s.tanhCell, tanhC, n);
    hidden(n, s.gates, i + 3 * n, s.tanhCell, tanhC, s.inputAndHidden, s.hiddenAt(t + 1, block));
  }

  /** c_t = f∘c_{t−1} + i∘g. */
  private static void cell(int n, double[] gates, int i, double[] c, int before, int after) {
    int f = i + n;
    int g = f + n;
    for (int j = 0; j < n; j++) {
      c[after + j] = Math.fma(gates[f + j], c[before + j], gates[i + j] * gates[g + j]);
    }
  }

  /** h_t = o∘tanh(c_t). */
  private static void hidden(
      int n, double[] gates, int o, double[] tanhC, int tc, double[] h, int after) {
    for (int j = 0; j < n; j++) {
      h[after + j] = gates[o + j] * tanhC[tc + j];
    }
  }

  @Override
  public void backward(LayerWorkspace s, int t, int block) {
    int n = s.stateSize();
    int state = s.stateAt(block);
    int i = s.gatesAt(t, block);
    int tanhC = s.tanhCellAt(t, block);
    hiddenBackward(n, s.gates, i + 3 * n, s.tanhCell, tanhC, s.dh, s.dCell, state);
    cellBackward(n, s.gates, i, s.cell, s.cellAt(t, block), s.dCell, state);
    Arrays.fill(s.dh, state, state + n, 0);
  }

  /** Of {@link #hidden}: dc += dh∘o∘(1 − tanh²c); dz_o = dh∘tanh(c)∘o(1 − o). */
  private static void hiddenBackward(
      int n, double[] gates, int o, double[] tanhC, int tc, double[] dh, double[] dc, int state) {
    for (int j = 0; j < n; j++) {
      double y = tanhC[tc + j];
      double out = gates[o + j];
      double d = dh[state + j];
      dc[state + j] = Math.fma(d * out, 1.0 - y * y, dc[state + j]);
      gates[o + j] = d * y * (out * (1.0 - out));
    }
  }

  /** Of {@link #cell}: dz_i, dz_f, dz_g from dc_t; dc_{t−1} = dc_t∘f. */
  private static void cellBackward(
      int n, double[] gates, int i, double[] c, int before, double[] dc, int state) {
    int f = i + n;
    int g = f + n;
    for (int j = 0; j < n; j++) {
      double in = gates[i + j];
      double forget = gates[f + j];
      double candidate = gates[g + j];
      double d = dc[state + j];
      gates[i + j] = d * candidate * (in * (1.0 - in));
      gates[f + j] = d * c[before + j] * (forget * (1.0 - forget));
      gates[g + j] = d * in * (1.0 - candidate * candidate);
      dc[state + j] = d * forget;
    }
  }
}
