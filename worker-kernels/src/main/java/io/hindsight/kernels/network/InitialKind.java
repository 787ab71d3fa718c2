package io.hindsight.kernels.network;

/** The distribution of a network's initial weights. */
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
