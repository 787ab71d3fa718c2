package io.hindsight.driver.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.train.Repairs;
import io.hindsight.driver.train.TrainingState;

/** Copies back what {@link StateCopy} put into a checkpoint, and checks that it fits the run. */
public final class RestoredState {
  private RestoredState() {}

  /**
   * Takes a checkpoint up; its configuration and data must be the run's.
   *
   * @throws ModelException if it is of another shape than the run, or contradicts itself
   */
  public static void restore(Checkpoint checkpoint, TrainingState state) {
    copy(checkpoint.parameters().values(), state.parameters().values(), "the weights");
    StateCopy.live(state).forEach((name, to) -> copy(checkpoint.arrays().get(name), to, name));
    restoreOptimizer(checkpoint, state);
    long skipped = whole(checkpoint, "skipped", 0, Long.MAX_VALUE);
    int inARow = (int) whole(checkpoint, "skipped_in_a_row", 0, Integer.MAX_VALUE);
    int rollbacks = (int) whole(checkpoint, "rollbacks", 0, Integer.MAX_VALUE);
    long wentBackTo = whole(checkpoint, "went_back_to", -1, Long.MAX_VALUE);
    state.restore(checkpoint.step(), new Repairs(skipped, inARow, rollbacks, wentBackTo));
    long bits = whole(checkpoint, "best_loss_bits", Long.MIN_VALUE, Long.MAX_VALUE);
    int without = (int) whole(checkpoint, "without_improvement", 0, Integer.MAX_VALUE);
    state.earlyStopping().restore(Double.longBitsToDouble(bits), without);
    requireSame("epoch", state.epoch(), checkpoint);
    requireSame("step_in_epoch", state.stepInEpoch(), checkpoint);
  }

  private static void restoreOptimizer(Checkpoint checkpoint, TrainingState state) {
    try {
      state.optimizer().restore(checkpoint.optimizerStep(), checkpoint.slots());
    } catch (IllegalArgumentException other) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint of step %d: %s".formatted(checkpoint.step(), other.getMessage()));
    }
  }

  private static long whole(Checkpoint checkpoint, String name, long least, long most) {
    JsonNode value = checkpoint.state().path(name);
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    if (!whole || value.longValue() < least || value.longValue() > most) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint of step %d must tell %s as a whole number, but has %s"
              .formatted(checkpoint.step(), name, value.isMissingNode() ? "none" : value));
    }
    return value.longValue();
  }

  private static void copy(double[] from, double[] to, String name) {
    if (from == null || from.length != to.length) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint must hold %d numbers of %s, but has %s"
              .formatted(to.length, name, from == null ? "none" : String.valueOf(from.length)));
    }
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void requireSame(String name, long computed, Checkpoint checkpoint) {
    long saved = whole(checkpoint, name, 0, Long.MAX_VALUE);
    if (saved != computed) {
      throw new ModelException(
          Kind.CORRUPT,
          "the checkpoint of step %d must be at %s %d, but says %d"
              .formatted(checkpoint.step(), name, computed, saved));
    }
  }
}
