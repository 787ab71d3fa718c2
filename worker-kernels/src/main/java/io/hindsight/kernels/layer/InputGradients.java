package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.cell.CellKernel;
import io.hindsight.kernels.cell.CellWorkspace;
import io.hindsight.kernels.math.MatrixOps;
import io.hindsight.kernels.math.TransposedPanels;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.panel.AlignedMemory;
import io.hindsight.kernels.panel.Panels;

/** The gradient of a layer's input weights over the panels of one shard: dW += dz_t x_tᵀ. */
sealed interface InputGradients permits FeatureGradients, TokenGradients {
  /**
   * For the weights of a layer that reads {@code input}.
   *
   * @param memory for summing the gradients
   */
  static InputGradients of(
      LayerInput input, CellKernel kernel, MatrixOps ops, AlignedMemory memory, Block weights) {
    return input instanceof BatchTokens
        ? new TokenGradients(kernel, weights)
        : new FeatureGradients(kernel, ops, memory, weights);
  }

  /** Starts from the gradient so far. */
  void start(GradientSum sum);

  /** Takes the inputs of some panels. */
  void select(CellWorkspace s, WindowPanels window, Panels panels, int first, int count);

  /**
   * Adds the terms of the panels last selected.
   *
   * @param inputOnly dz of the rows that only the input product feeds
   * @param shared dz of the other rows, perhaps with more after them
   */
  void add(TransposedPanels inputOnly, TransposedPanels shared);

  /** Writes the sum back to the gradient // (P). */
  void store(double[] gradient);

  /** Bytes held beside the memory. */
  long bytes();
}
