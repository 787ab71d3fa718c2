package io.hindsight.kernels.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerExampleTest {
  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;
  private static final int LANES = 9;
  private static final int STEPS = 4;

  @ParameterizedTest
  @CsvSource({"rnn, 1", "lstm, 4", "gru, 3"})
  void shouldTellAllOfALayer(String cell, int gates) {
    LayerExample layer = new LayerExample(cell, INPUTS, HIDDEN, LANES, STEPS);
    int weights = gates * HIDDEN * (INPUTS + HIDDEN + 2);
    int states = STEPS * LANES * HIDDEN;
    assertEquals(STEPS * LANES * INPUTS + weights + states, layer.inputs().length);
    assertEquals(states + weights, layer.results().length);
  }

  /** dE/db = Σ dy (1 − h²), and h = tanh(W_ih x + b_ih + b_hh). */
  @Test
  void shouldMeanWhatItSays() {
    LayerExample layer = new LayerExample("rnn", 1, 1, LANES, 1);
    double[] in = layer.inputs(); // (B), W_ih, W_hh, b_ih, b_hh, (B)
    double[] out = layer.results(); // (B), then the gradients
    double biasGradient = 0;
    for (int lane = 0; lane < LANES; lane++) {
      double h = Math.tanh(in[LANES] * in[lane] + in[LANES + 2] + in[LANES + 3]);
      assertEquals(h, out[lane], 1e-14);
      biasGradient += in[LANES + 4 + lane] * (1 - h * h);
    }
    assertEquals(biasGradient, out[LANES + 2], 1e-13);
    assertEquals(biasGradient, out[LANES + 3], 1e-13);
  }
}
