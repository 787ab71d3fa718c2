package io.hindsight.kernels.loss;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.network.OutputSpec;

/**
 * What a network answers, from the logits of one step of one sequence: the bits of a {@link Head}.
 * One object serves one thread.
 */
public final class LaneAnswer {
  private static final int LANES = SequenceBatch.LANES;

  private final int logits; // O
  private final boolean ordered; // whether they are thresholds between classes
  private final OutputLoss loss;
  private final LaneTargets none = new LaneTargets();
  private final double[] noLoss = new double[LANES];
  private final double[] panel; // (O, 8), of which the first lane is used

  /** Of an output. */
  public LaneAnswer(OutputSpec output, VectorOps ops) {
    logits = output.logits();
    ordered = output.loss() == OutputSpec.Loss.CUMULATIVE_LOGITS;
    loss =
        output.loss().targetsAreStrings()
            ? new SoftmaxCrossEntropy(logits, ops)
            : OutputLoss.of(output, ops);
    panel = new double[Math.multiplyExact(logits, LANES)];
  }

  /**
   * Logits → values or probabilities.
   *
   * @param z (O)
   * @param answer (A), set
   */
  public void answer(double[] z, double[] answer) {
    for (int o = 0; o < logits; o++) {
      panel[o * LANES] = z[o];
    }
    loss.forward(panel, 0, none, noLoss, 0);
    for (int o = 0; o < logits; o++) {
      answer[o] = panel[o * LANES];
    }
    if (ordered) {
      CumulativeLogits.answer(answer, 0, logits + 1);
    }
  }
}
