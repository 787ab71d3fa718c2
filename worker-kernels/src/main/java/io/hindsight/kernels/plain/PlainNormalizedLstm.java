package io.hindsight.kernels.plain;

import io.hindsight.kernels.network.Activation;
import java.util.List;

/** An LSTM whose h_t = o tanh(LN(c_t)); the rest is {@link PlainCell.Lstm}'s. */
record PlainNormalizedLstm(PlainNorm norm) implements PlainCell {
  private static final Lstm LSTM = new Lstm();

  @Override
  public List<String> gates() {
    return LSTM.gates();
  }

  @Override
  public List<Activation> activations() {
    return LSTM.activations();
  }

  @Override
  public void forward(PlainStep s) {
    LSTM.forward(s);
    double[] y = norm.forward(s.c);
    int o = 3 * s.h.length;
    for (int j = 0; j < s.h.length; j++) {
      s.h[j] = s.gates[o + j] * Math.tanh(y[j]);
    }
  }

  @Override
  public void backward(PlainStep s, double[] gradient) {
    int n = s.h.length;
    double[] y = norm.forward(s.c);
    double[] dy = new double[n];
    for (int j = 0; j < n; j++) {
      double o = s.gates[3 * n + j];
      double tanh = Math.tanh(y[j]);
      dy[j] = s.dh[j] * o * (1 - tanh * tanh);
      s.da[3 * n + j] = s.dh[j] * tanh * o * (1 - o);
    }
    double[] dc = norm.backward(s.c, dy, gradient);
    for (int j = 0; j < n; j++) {
      s.dc[j] += dc[j];
    }
    LSTM.cellBackward(s);
  }
}
