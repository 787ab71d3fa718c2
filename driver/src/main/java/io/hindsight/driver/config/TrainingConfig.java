package io.hindsight.driver.config;

import io.hindsight.driver.optim.GradientClipper;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.optim.OptimizerSpec;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the network is trained: the {@code training} section.
 *
 * @param epochs passes over the training part; exactly one of epochs and steps is present
 * @param steps updates
 * @param batch slots of a minibatch
 * @param shards logical shards; absent is one per lane block, at most 64
 * @param engine where gradients are computed; never changes the result
 * @param tasks tasks per step; 0 is one per core; never changes the result
 * @param reduce where Spark jobs sum gradients; never changes the result
 * @param bptt windows
 * @param optimizer the update rule
 * @param learningRate the rate at each step
 * @param clip what is done to large gradients
 * @param validateEvery steps between validations; absent is once per epoch
 * @param earlyStopping when to stop before the end
 * @param checkpoint when to save
 */
public record TrainingConfig(
    OptionalInt epochs,
    OptionalLong steps,
    int batch,
    OptionalInt shards,
    EngineKind engine,
    int tasks,
    ReduceKind reduce,
    Bptt bptt,
    OptimizerSpec optimizer,
    LearningRate learningRate,
    GradientClipper clip,
    OptionalInt validateEvery,
    Optional<EarlyStoppingConfig> earlyStopping,
    Optional<CheckpointConfig> checkpoint) {

  /**
   * How sequences are cut for back-propagation: the {@code training.bptt} section.
   *
   * @param window steps of a window (k2); absent trains on whole sequences
   * @param stride steps from one window to the next (k1), at most the window, and equal to it if
   *     state is carried; 0 where there is no window
   * @param carryState whether a window starts from the state the one before it ended with
   * @param curriculum growth of the back-propagated length within a window
   */
  public record Bptt(
      OptionalInt window, int stride, boolean carryState, Optional<Curriculum> curriculum) {
    /**
     * The length that gradients flow back at a training step: {@code from} at first, growing
     * linearly to the whole window.
     *
     * @param step training step, from 0
     * @return at least 1; {@link Integer#MAX_VALUE} where nothing is cut
     */
    public int truncationAt(long step) {
      if (curriculum.isEmpty() || window.isEmpty() || step >= curriculum.get().overSteps()) {
        return Integer.MAX_VALUE;
      }
      Curriculum ramp = curriculum.get();
      long growth = (long) window.getAsInt() - ramp.from();
      return (int) Math.max(1, ramp.from() + growth * step / ramp.overSteps());
    }
  }

  /**
   * The truncation curriculum.
   *
   * @param from back-propagated steps at first
   * @param overSteps training steps until the whole window is reached
   */
  public record Curriculum(int from, int overSteps) {}

  /**
   * The {@code training.early-stopping} section.
   *
   * @param patience validations without improvement before the run stops
   * @param minDelta smallest decrease of the validation loss that counts
   */
  public record EarlyStoppingConfig(int patience, double minDelta) {}

  /**
   * The {@code training.checkpoint} section.
   *
   * @param everySteps steps between checkpoints
   * @param keep checkpoints kept
   */
  public record CheckpointConfig(int everySteps, int keep) {}
}
