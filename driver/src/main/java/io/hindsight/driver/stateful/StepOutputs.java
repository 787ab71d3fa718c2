package io.hindsight.driver.stateful;

import io.hindsight.kernels.batch.Sequence;
import java.util.List;

/** Computes what a network gives at the last steps of a sequence. */
interface StepOutputs {
  /**
   * What was computed.
   *
   * @param steps of each step its outputs // [n](A)
   * @param network states of the layers behind the last, to go on from
   */
  record Computed(List<double[]> steps, byte[] network) {}

  /**
   * Computes steps.
   *
   * @param steps encoded
   * @param from the first that is new
   * @param before steps of the whole sequence before the first of {@code steps}; negative where
   *     rows stand there that are none of it
   * @param network states of the layers before the first that is new; empty at the beginning
   */
  Computed of(Sequence steps, int from, long before, byte[] network);

  /** Rows before the next that it needs. */
  int context();
}
