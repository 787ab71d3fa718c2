package io.hindsight.driver.checkpoint;

import io.hindsight.driver.model.Checkpoint;
import io.hindsight.driver.model.CheckpointStore;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a run back to its newest sound checkpoint, or else to its beginning. */
final class WayBack {
  private static final Logger LOG = LoggerFactory.getLogger(WayBack.class);

  private final CheckpointStore store;
  private final ModelDescription description;
  private final Supplier<TrainingState> beginning;

  /**
   * Of a run.
   *
   * @param store its checkpoints, all of them written
   * @param beginning makes the state before the first step
   */
  WayBack(CheckpointStore store, ModelDescription description, Supplier<TrainingState> beginning) {
    this.store = store;
    this.description = description;
    this.beginning = beginning;
  }

  /**
   * Makes the state what it was.
   *
   * @param time how often the run has gone back by then
   * @throws ResumableException if the checkpoints cannot be read
   */
  void take(TrainingState state, int time) {
    List<ModelException> damaged = new ArrayList<>();
    RestoredState.restore(due(state.repairs().wentBackTo(), damaged::add), state);
    if (damaged.isEmpty()) {
      state.repaired(state.repairs().wentBack(time, state.step()));
    } else { // from here the run makes the damaged one again, and comes back to it
      damaged.forEach(each -> LOG.warn("skipped: {}", each.getMessage()));
    }
  }

  private Checkpoint due(long wentBackTo, Consumer<ModelException> damaged) {
    try {
      return store
          .backToDue(wentBackTo, damaged)
          .orElseGet(() -> new StateCopy(description).take(beginning.get()));
    } catch (IOException e) {
      throw ResumableException.unread("the checkpoints to go back to", e);
    }
  }
}
