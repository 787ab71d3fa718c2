package io.hindsight.driver.config;

import io.hindsight.kernels.batch.Backpropagation;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How sequences are cut for back-propagation: the {@code training.bptt} section.
 *
 * @param window steps of a window (k2); absent trains on whole sequences
 * @param stride steps from one window to the next (k1), at most the window, and equal to it if
 *     nothing is said; 0 where there is no window
 * @param carryState whether a window starts from the state that was stored where it begins, and is
 *     scored on the steps that the one before it did not have
 * @param curriculum growth of the back-propagated length within a window
 */
public record BpttConfig(
    OptionalInt window, int stride, boolean carryState, Optional<Curriculum> curriculum) {
  /** Whole sequences. */
  public static final BpttConfig DEFAULT =
      new BpttConfig(OptionalInt.empty(), 0, false, Optional.empty());

  /**
   * The truncation curriculum.
   *
   * @param from back-propagated steps at first
   * @param overSteps training steps until the whole window is reached
   */
  public record Curriculum(int from, int overSteps) {
    /** Of {@link #from}. */
    public static final int DEFAULT_FROM = 1;
  }

  /** Whether sequences are cut into windows that training takes for sequences of their own. */
  public boolean cutsBeforehand() {
    return window.isPresent() && !carryState;
  }

  /**
   * The length that gradients flow back at a training step: {@code from} at first, growing linearly
   * to the whole window.
   *
   * @param step training step, from 0
   * @return at least 1; {@link Backpropagation#WHOLE_WINDOW} where nothing is cut
   */
  public int truncationAt(long step) {
    if (curriculum.isEmpty() || window.isEmpty() || step >= curriculum.get().overSteps()) {
      return Backpropagation.WHOLE_WINDOW;
    }
    Curriculum ramp = curriculum.get();
    long growth = (long) window.getAsInt() - ramp.from();
    return (int) Math.max(1, ramp.from() + growth * step / ramp.overSteps());
  }
}
