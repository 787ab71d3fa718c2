package io.hindsight.kernels.layer;

import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.panel.PanelView;

/** What a layer reads at each step: numbers or tokens of the batch, or the layer below. */
public sealed interface LayerInput permits BatchFeatures, BatchTokens, Activations {
  /** What the first layer of a network reads; of an input that is composed, the shape only. */
  static LayerInput ofBatch(InputSpec input) {
    if (input.isComposed()) {
      return new Activations(input.size(), input.isEmbedded());
    }
    return switch (input.kind()) {
      case DENSE -> new BatchFeatures(input.size());
      case TOKENS -> new BatchTokens();
    };
  }

  /** I: rows of x_t; 0 for tokens, which are no vectors. */
  int rows();

  /** Whether anything below has weights, so that dE/dx_t is wanted. */
  boolean wantsGradients();

  /**
   * Writes x_t of every panel of a window, which is what each lane reads at step t; in lanes past
   * their window zero, or what the layer below holds there.
   *
   * @param x panels of (I, 8)
   */
  void load(WindowPanels window, PanelView x);
}
