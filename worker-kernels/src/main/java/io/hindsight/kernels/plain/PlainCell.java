package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NormBlocks;
import io.hindsight.kernels.network.ParameterLayout.LayerBlocks;
import io.hindsight.kernels.network.RnnCell;
import java.util.List;

/**
 * The equations of a cell, unit by unit, and their derivatives. Forward makes gates, h and c of a
 * step from a = W x_t + b and u = U h_{t−1} + b', or those normalised; backward makes da and du
 * from dh and dc, and adds to dh and dc of the step before what reaches those without passing
 * through u.
 */
sealed interface PlainCell
    permits PlainCell.Rnn, PlainCell.Lstm, PlainCell.Gru, PlainNormalizedLstm {
  /** The equations of a cell. */
  static PlainCell of(Cell cell) {
    if (cell instanceof RnnCell rnn) {
      return new Rnn(rnn.activation());
    }
    if (cell instanceof LstmCell) {
      return new Lstm();
    }
    if (cell instanceof GruCell) {
      return new Gru();
    }
    throw new IllegalArgumentException("no equations for cell " + cell);
  }

  /**
   * The equations of a layer.
   *
   * @param values the network's live parameters // (P)
   */
  static PlainCell of(LayerBlocks layer, double[] values) {
    return layer
        .norms()
        .flatMap(NormBlocks::cell)
        .<PlainCell>map(blocks -> new PlainNormalizedLstm(new PlainNorm(values, blocks)))
        .orElseGet(() -> of(layer.spec().cell()));
  }

  /** Names of the gates, in the order of their rows. */
  List<String> gates();

  /** The nonlinearity of each gate. */
  List<Activation> activations();

  /** What a gate's nonlinearity came to for a unit. */
  default double gate(PlainStep s, int gate, int unit) {
    return s.gates[gate * s.h.length + unit];
  }

  /** (a, u, h_{t−1}, c_{t−1}) → gates, h_t, c_t. */
  void forward(PlainStep s);

  /**
   * Of {@link #forward}: (dh_t, dc_t) → da, du; adds to dh_{t−1}, dc_{t−1}.
   *
   * @param gradient the network's, to which a cell adds those of parameters of its own // (P)
   */
  void backward(PlainStep s, double[] gradient);

  /** h_t = g(a + u). */
  record Rnn(Activation activation) implements PlainCell {
    @Override
    public List<String> gates() {
      return List.of("h");
    }

    @Override
    public List<Activation> activations() {
      return List.of(activation);
    }

    @Override
    public double gate(PlainStep s, int gate, int unit) {
      return s.h[unit];
    }

    @Override
    public void forward(PlainStep s) {
      for (int j = 0; j < s.h.length; j++) {
        s.h[j] = g(s.a[j] + s.u[j]);
      }
    }

    @Override
    public void backward(PlainStep s, double[] gradient) {
      for (int j = 0; j < s.h.length; j++) {
        s.da[j] = s.dh[j] * slope(s.h[j]);
        s.du[j] = s.da[j];
      }
    }

    private double g(double z) {
      return switch (activation) {
        case TANH -> Math.tanh(z);
        case SIGMOID -> sigmoid(z);
        case RELU -> Math.max(0, z);
        case IDENTITY -> z;
      };
    }

    /** g'(z) as a function of h = g(z). */
    private double slope(double h) {
      return switch (activation) {
        case TANH -> 1 - h * h;
        case SIGMOID -> h * (1 - h);
        case RELU -> h > 0 ? 1 : 0;
        case IDENTITY -> 1;
      };
    }
  }

  /** i, f, o = σ(a + u), g = tanh(a + u); c_t = f c_{t−1} + i g; h_t = o tanh(c_t). */
  record Lstm() implements PlainCell {
    @Override
    public List<String> gates() {
      return List.of("i", "f", "g", "o");
    }

    @Override
    public List<Activation> activations() {
      return List.of(Activation.SIGMOID, Activation.SIGMOID, Activation.TANH, Activation.SIGMOID);
    }

    @Override
    public void forward(PlainStep s) {
      int n = s.h.length;
      for (int j = 0; j < n; j++) {
        double i = s.gates[j] = sigmoid(s.a[j] + s.u[j]);
        double f = s.gates[n + j] = sigmoid(s.a[n + j] + s.u[n + j]);
        double g = s.gates[2 * n + j] = Math.tanh(s.a[2 * n + j] + s.u[2 * n + j]);
        double o = s.gates[3 * n + j] = sigmoid(s.a[3 * n + j] + s.u[3 * n + j]);
        s.c[j] = f * s.before.c[j] + i * g;
        s.h[j] = o * Math.tanh(s.c[j]);
      }
    }

    @Override
    public void backward(PlainStep s, double[] gradient) {
      int n = s.h.length;
      for (int j = 0; j < n; j++) {
        double o = s.gates[3 * n + j];
        double tanhC = Math.tanh(s.c[j]);
        s.dc[j] += s.dh[j] * o * (1 - tanhC * tanhC);
        s.da[3 * n + j] = s.dh[j] * tanhC * o * (1 - o);
      }
      cellBackward(s);
    }

    /** Of c_t alone, given dc_t and da of o. */
    void cellBackward(PlainStep s) {
      int n = s.h.length;
      for (int j = 0; j < n; j++) {
        double i = s.gates[j];
        double f = s.gates[n + j];
        double g = s.gates[2 * n + j];
        s.da[j] = s.dc[j] * g * i * (1 - i);
        s.da[n + j] = s.dc[j] * s.before.c[j] * f * (1 - f);
        s.da[2 * n + j] = s.dc[j] * i * (1 - g * g);
        s.before.dc[j] += s.dc[j] * f;
      }
      System.arraycopy(s.da, 0, s.du, 0, s.da.length);
    }
  }

  /** r, z = σ(a + u), n = tanh(a_n + r u_n); h_t = (1 − z) n + z h_{t−1}. */
  record Gru() implements PlainCell {
    @Override
    public List<String> gates() {
      return List.of("r", "z", "n");
    }

    @Override
    public List<Activation> activations() {
      return List.of(Activation.SIGMOID, Activation.SIGMOID, Activation.TANH);
    }

    @Override
    public void forward(PlainStep s) {
      int m = s.h.length;
      for (int j = 0; j < m; j++) {
        double r = s.gates[j] = sigmoid(s.a[j] + s.u[j]);
        double z = s.gates[m + j] = sigmoid(s.a[m + j] + s.u[m + j]);
        double n = s.gates[2 * m + j] = Math.tanh(s.a[2 * m + j] + r * s.u[2 * m + j]);
        s.h[j] = (1 - z) * n + z * s.before.h[j];
      }
    }

    @Override
    public void backward(PlainStep s, double[] gradient) {
      int m = s.h.length;
      for (int j = 0; j < m; j++) {
        double r = s.gates[j];
        double z = s.gates[m + j];
        double n = s.gates[2 * m + j];
        double da = s.dh[j] * (1 - z) * (1 - n * n); // of n's sum
        s.da[j] = s.du[j] = da * s.u[2 * m + j] * r * (1 - r);
        s.da[m + j] = s.du[m + j] = s.dh[j] * (s.before.h[j] - n) * z * (1 - z);
        s.da[2 * m + j] = da;
        s.du[2 * m + j] = da * r;
        s.before.dh[j] += s.dh[j] * z;
      }
    }
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
