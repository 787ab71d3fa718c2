package io.hindsight.kernels.network;

/**
 * The distribution of a network's initial weights. Tables are uniform in ±1/√width whatever it is:
 * fans tell nothing where a row is read and not a sum of rows, and PyTorch's normal distribution of
 * variance 1 outweighs scaled features.
 */
public enum InitialKind {
  /**
   * Everything, biases too, uniform in ±1/√H (PyTorch's default); the output with its columns for
   * H.
   */
  UNIFORM,
  /** Matrices uniform in ±√(6 / (fan-in + fan-out)) per gate, biases zero. */
  GLOROT,
  /** Recurrent matrices orthogonal per gate, the rest as Glorot, biases zero. */
  ORTHOGONAL
}
