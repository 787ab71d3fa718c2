package io.hindsight.kernels.network;

import java.util.Objects;

/**
 * A recurrent layer.
 *
 * @param cell its equations
 * @param hidden H: hidden units, at least 1
 */
public record RecurrentSpec(Cell cell, int hidden) implements LayerSpec {
  public RecurrentSpec {
    Objects.requireNonNull(cell, "cell");
    NetworkSpec.requirePositive("hidden units", hidden);
  }

  @Override
  public int outputs(int inputs) {
    return hidden;
  }
}
