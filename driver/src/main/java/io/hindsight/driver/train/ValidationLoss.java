package io.hindsight.driver.train;

import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Scores;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loss on the validation part, computed by the tasks of a cluster or here: the same bits. */
public final class ValidationLoss {
  /** After a request to stop; executors that are gone would be waited for. */
  private static final Duration MAY_TAKE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ValidationLoss.class);

  private final boolean empty;
  private final Supplier<Evaluator> here;
  private final Optional<LossEngine> tasks;
  private final StopRequest stop;
  private Evaluator evaluator; // null before it is needed

  /**
   * The loss of a part.
   *
   * @param empty whether there is nothing to score
   * @param here makes what scores the part in this process
   * @param tasks compute its loss elsewhere; absent if they do not have it
   * @param stop may ask that they are no longer waited for
   */
  public ValidationLoss(
      boolean empty, Supplier<Evaluator> here, Optional<LossEngine> tasks, StopRequest stop) {
    this.empty = empty;
    this.here = here;
    this.tasks = tasks;
    this.stop = stop;
  }

  /** In this process. */
  public static ValidationLoss of(Evaluator here) {
    return new ValidationLoss(here.isEmpty(), () -> here, Optional.empty(), StopRequest.NEVER);
  }

  boolean isEmpty() {
    return empty;
  }

  /** The loss of the present weights. What cannot be had from tasks is computed here. */
  Loss of(TrainingState state) {
    return tasks.flatMap(engine -> elsewhere(engine, state)).orElseGet(() -> here(state));
  }

  private Optional<Loss> elsewhere(LossEngine engine, TrainingState state) {
    try {
      return Optional.of(
          stop.breakable(
              MAY_TAKE,
              () -> engine.loss(state.parameters(), state.lossRequest()),
              origin -> ResumableException.stopped(state.step(), origin)));
    } catch (EngineException | ResumableException failure) {
      LOG.warn("the driver computes the validation loss itself: {}", failure.getMessage());
      return Optional.empty();
    }
  }

  private Loss here(TrainingState state) {
    if (evaluator == null) {
      evaluator = here.get();
    }
    Scores scores = evaluator.evaluate(state.parameters());
    return new Loss(scores.loss(), scores.targets());
  }
}
