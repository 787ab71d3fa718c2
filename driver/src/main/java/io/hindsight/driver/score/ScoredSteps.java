package io.hindsight.driver.score;

import io.hindsight.driver.recursive.Recursion;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.network.OutputSpec;

/** The steps of a computed batch whose answers count. */
public final class ScoredSteps {
  private ScoredSteps() {}

  /**
   * Reads what the network says at each scored step of a lane, from the first.
   *
   * @param bptt has computed the batch forward
   * @param output of the network, which says at which steps it is scored
   * @param outputs overwritten with those of each step; as many as the network answers with
   * @param reader must not keep the outputs
   */
  public static void read(
      Bptt bptt,
      SequenceBatch batch,
      int lane,
      OutputSpec output,
      double[] outputs,
      Recursion.Reader reader) {
    boolean lastStepOnly = output.at() == OutputSpec.At.LAST_STEP;
    for (int t = 0; t < batch.length(lane); t++) {
      if (batch.isScored(lane, t, lastStepOnly)) {
        bptt.outputs(lane, t, outputs, 0);
        reader.read(batch.sequence(lane), batch.start(lane) + t, outputs);
      }
    }
  }
}
