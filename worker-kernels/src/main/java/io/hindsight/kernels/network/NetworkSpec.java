package io.hindsight.kernels.network;

import java.util.List;
import java.util.Objects;

/**
 * The shape of a network: an input, a stack of recurrent layers of one cell type, and an output.
 *
 * @param input what is read at each step
 * @param cell the cell of every layer
 * @param hidden H of each layer, from the input upwards; at least one layer
 * @param output the output map and its loss
 */
public record NetworkSpec(InputSpec input, Cell cell, List<Integer> hidden, OutputSpec output) {
  public NetworkSpec {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(output, "output");
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one recurrent layer");
    }
    for (int units : hidden) {
      requirePositive("hidden units", units);
    }
  }

  /** L: the number of recurrent layers. */
  public int layers() {
    return hidden.size();
  }

  /** H of layer {@code layer}. */
  public int hidden(int layer) {
    return hidden.get(layer);
  }

  /** I of layer {@code layer}: the network's input size, or the hidden units of the layer below. */
  public int inputSize(int layer) {
    return layer == 0 ? input.size() : hidden.get(layer - 1);
  }

  /** Hidden units of the top layer, which the output reads. */
  public int topHidden() {
    return hidden.get(hidden.size() - 1);
  }

  static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but is " + value);
    }
  }
}
