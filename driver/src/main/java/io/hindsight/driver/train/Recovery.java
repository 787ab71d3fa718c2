package io.hindsight.driver.train;

import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.metrics.RollbackMetrics;
import io.hindsight.driver.optim.ClipResult;
import io.hindsight.kernels.parallel.RangeLoop;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run does about a step that is not finite, as {@link OnNonFinite} says.
 *
 * <p>Unless it fails, each update is looked at: where it leaves a weight, or a number of the
 * optimizer's, that is not finite, it is undone. A run that fails notices that at the next step.
 */
final class Recovery {
  /** Of skipped steps in a row, after which no update will ever be made. */
  static final int MOST_IN_A_ROW = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int MOST_WARNINGS = 10;

  private final OnNonFinite policy;
  private final TrainingState state;
  private final Checkpointer checkpointer;
  private final TrainingObserver observer;
  private final Optional<UndoableUpdate> undoable;

  Recovery(
      OnNonFinite policy,
      TrainingState state,
      RangeLoop loop,
      Checkpointer checkpointer,
      TrainingObserver observer) {
    this.policy = policy;
    this.state = state;
    this.checkpointer = checkpointer;
    this.observer = observer;
    undoable =
        policy instanceof OnNonFinite.Fail
            ? Optional.empty()
            : Optional.of(new UndoableUpdate(state, loop));
  }

  /**
   * Makes an update.
   *
   * @param learningRate of the update, to be kept with a step that is not finite
   * @return what clipping did; absent if the step is skipped
   * @throws DivergedException if it is not finite and must not be skipped
   */
  Optional<ClipResult> update(Supplier<ClipResult> update, double learningRate) {
    try {
      ClipResult clip = undoable.isPresent() ? undoable.get().make(update) : update.get();
      state.repaired(state.repairs().updated());
      return Optional.of(clip);
    } catch (DivergedException diverged) {
      checkpointer.keepDiverged(state, diverged, learningRate);
      if (!(policy instanceof OnNonFinite.Skip)) {
        throw diverged;
      }
      skip(diverged);
      return Optional.empty();
    }
  }

  private void skip(DivergedException diverged) {
    if (state.repairs().inARow() == MOST_IN_A_ROW) {
      throw diverged.after("%d steps in a row were skipped before".formatted(MOST_IN_A_ROW));
    }
    state.repaired(state.repairs().skippedOneMore());
    if (state.repairs().skipped() <= MOST_WARNINGS) {
      LOG.warn("{}; the step is skipped", diverged.what());
    }
  }

  /**
   * Passes over a validation's loss.
   *
   * @throws DivergedException unless steps are skipped, too
   */
  void passOver(DivergedException validation) {
    if (!(policy instanceof OnNonFinite.Skip)) {
      throw validation;
    }
    LOG.warn("{}; the run goes on", validation.what());
  }

  /**
   * Goes back.
   *
   * @throws DivergedException if that is not what is to be done, or was done too often
   */
  void goBack(DivergedException diverged) {
    if (!(policy instanceof OnNonFinite.Rollback rollback)) {
      throw diverged;
    }
    int made = state.repairs().rollbacks() + 1;
    if (made > rollback.times()) {
      throw diverged.after("the run had gone back %d times".formatted(rollback.times()));
    }
    long from = state.step();
    checkpointer.goBack(state, made);
    observer.rollback(new RollbackMetrics(from, state.step(), rateFactor(), diverged.what()));
    LOG.warn(
        "{}; back to step {} with the learning rate times {} (time {} of {})",
        diverged.what(),
        state.step(),
        rateFactor(),
        made,
        rollback.times());
  }

  /** What the learning rate of the schedule is multiplied by; 1 unless the run went back. */
  double rateFactor() {
    double factor = 1;
    if (policy instanceof OnNonFinite.Rollback rollback) {
      for (int time = 0; time < state.repairs().rollbacks(); time++) {
        factor *= rollback.rateFactor();
      }
    }
    return factor;
  }
}
