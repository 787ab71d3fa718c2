package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.WindowPanels;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/** The loss of a window's logits at all of its steps. One object serves one thread. */
sealed interface WindowLoss permits StepLosses, CtcLoss {
  /** The loss of an output. */
  static WindowLoss of(OutputSpec output, VectorOps ops) {
    return output.loss().targetsAreStrings()
        ? new CtcLoss(output, ops)
        : new StepLosses(output, ops);
  }

  /** Whether it reads the logits of some lane of a block at step t. */
  boolean reads(SequenceBatch batch, int t, int block);

  /** Logits → outputs of the panels that are read; adds losses and targets. */
  void forward(WindowPanels window, HeadWorkspace s);

  /**
   * Of {@link #forward}: outputs → dE/dlogits, 0 in lanes that are not scored; adds each panel's to
   * the bias, steps descending.
   */
  void backward(WindowPanels window, HeadWorkspace s);

  /** Bytes held. */
  long bytes();
}
