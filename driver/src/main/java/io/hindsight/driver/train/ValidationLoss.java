package io.hindsight.driver.train;

import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Scores;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loss on the validation part, computed by the tasks of a cluster or here, with the same bits.
 *
 * @param here scores the part in this process; may be empty
 * @param tasks compute its loss elsewhere; absent if they do not have it
 */
public record ValidationLoss(Evaluator here, Optional<LossEngine> tasks) {
  private static final Logger LOG = LoggerFactory.getLogger(ValidationLoss.class);

  /** In this process. */
  public static ValidationLoss of(Evaluator here) {
    return new ValidationLoss(here, Optional.empty());
  }

  boolean isEmpty() {
    return here.isEmpty();
  }

  /** The loss of the present weights. What fails elsewhere is computed here. */
  Loss of(TrainingState state) {
    return tasks.flatMap(engine -> elsewhere(engine, state)).orElseGet(() -> here(state));
  }

  private static Optional<Loss> elsewhere(LossEngine engine, TrainingState state) {
    try {
      return Optional.of(engine.loss(state.parameters(), state.lossRequest()));
    } catch (EngineException failure) {
      if (Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      LOG.warn("the driver computes the validation loss itself: {}", failure.getMessage());
      return Optional.empty();
    }
  }

  private Loss here(TrainingState state) {
    Scores scores = here.evaluate(state.parameters());
    return new Loss(scores.loss(), scores.targets());
  }
}
