package io.hindsight.kernels.network;

import java.util.Objects;

/**
 * The simple cell h_t = g(x_t Wx + h_{t−1} Wh + b).
 *
 * @param activation the nonlinearity g
 */
public record RnnCell(Activation activation) implements Cell {
  public RnnCell {
    Objects.requireNonNull(activation, "activation");
  }

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public boolean hasCellState() {
    return false;
  }

  @Override
  public String name() {
    return "rnn";
  }
}
