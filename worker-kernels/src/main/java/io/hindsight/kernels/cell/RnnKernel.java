package io.hindsight.kernels.cell;

import io.hindsight.kernels.math.GateOps;
import io.hindsight.kernels.network.Activation;

/**
 * The simple cell: h_t = g(z_t), dz_t = g'(z_t) ∘ dh_t.
 *
 * <p>g' is a function of h_t: 1 − h² for tanh, h(1 − h) for σ, 1 where h &gt; 0 for relu.
 */
final class RnnKernel implements CellKernel {
  private final Activation activation;
  private final GateOps ops;

  RnnKernel(Activation activation, GateOps ops) {
    this.activation = activation;
    this.ops = ops;
  }

  @Override
  public boolean hasCellState() {
    return false;
  }

  @Override
  public int rowBlocks() {
    return 1;
  }

  @Override
  public int inputGates() {
    return 1;
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
  public void forward(CellWorkspace s, int t, int block, int first, int n) {
    double[] z = s.gates;
    int from = s.gatesAt(t, block) + first;
    switch (activation) {
      case TANH -> ops.tanh(n, z, from, z, from);
      case SIGMOID -> ops.sigmoid(n, z, from);
      case RELU -> relu(z, from, n);
      case IDENTITY -> {} // h = z
    }
    System.arraycopy(z, from, s.states, s.hiddenAt(t + 1, block) + first, n);
  }

  @Override
  public void backward(CellWorkspace s, int t, int block, int first, int n) {
    int from = s.gatesAt(t, block) + first;
    int dh = s.dhAt(block) + first;
    switch (activation) {
      case TANH -> ops.tanhBackward(n, s.gates, from, s.dh, dh);
      case SIGMOID -> ops.sigmoidBackward(n, s.gates, from, s.dh, dh);
      case RELU -> reluBackward(n, s.gates, from, s.dh, dh);
      case IDENTITY -> System.arraycopy(s.dh, dh, s.gates, from, n);
    }
  }

  /** Math.max, so that NaN passes. */
  private static void relu(double[] z, int from, int n) {
    for (int i = from; i < from + n; i++) {
      z[i] = Math.max(0.0, z[i]);
    }
  }

  private static void reluBackward(int n, double[] h, int from, double[] dh, int state) {
    for (int i = 0; i < n; i++) {
      h[from + i] = h[from + i] > 0 ? dh[state + i] : 0.0;
    }
  }
}
