package io.hindsight.kernels.cell;

import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.Panels;
import io.hindsight.kernels.math.TransposedPanels;

/** The gradient of a layer's input weights over the panels of one shard: dW += dz_t x_tᵀ. */
sealed interface InputGradients permits FeatureGradients, TokenGradients {
  /** Starts from the gradient so far. */
  void start(GradientSum sum);

  /** Takes the inputs of some panels. */
  void select(LayerWorkspace s, SequenceBatch batch, Panels panels, int first, int count);

  /**
   * Adds the terms of the panels last selected.
   *
   * @param inputOnly dz of the rows that only the input product feeds
   * @param recurrent dz of the rows that the recurrent product feeds, the shared ones first
   */
  void add(TransposedPanels inputOnly, TransposedPanels recurrent);

  /** Writes the sum back to the gradient // (P). */
  void store(double[] gradient);

  /** Bytes held. */
  long bytes();
}
