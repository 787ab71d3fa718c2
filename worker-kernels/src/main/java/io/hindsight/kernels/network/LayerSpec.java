package io.hindsight.kernels.network;

/** One layer of a network's stack, by its shape: what is computed, without the weights. */
public sealed interface LayerSpec permits RecurrentSpec, DropoutSpec {
  /**
   * Rows of what it makes at each step.
   *
   * @param inputs rows of what it reads
   */
  int outputs(int inputs);
}
