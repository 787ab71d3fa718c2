package io.hindsight.kernels.network;

/** Gated recurrent unit, reset after the product, with gates in the order r, z, n (PyTorch's). */
public record GruCell() implements Cell {
  @Override
  public int gates() {
    return 3;
  }

  @Override
  public boolean hasCellState() {
    return false;
  }

  @Override
  public String name() {
    return "gru";
  }
}
