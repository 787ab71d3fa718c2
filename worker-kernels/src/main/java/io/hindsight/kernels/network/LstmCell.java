package io.hindsight.kernels.network;

/** Long short-term memory with gates in the order i, f, g, o (PyTorch's). */
public record LstmCell() implements Cell {
  @Override
  public int gates() {
    return 4;
  }

  @Override
  public boolean hasCellState() {
    return true;
  }

  @Override
  public String name() {
    return "lstm";
  }
}
