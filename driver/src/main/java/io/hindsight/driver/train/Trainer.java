package io.hindsight.driver.train;

import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.StepTimes;
import io.hindsight.driver.optim.ClipResult;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.Parameters;
import java.time.Duration;
import java.util.Optional;

/**
 * The training loop: gradient → clip → update → observe → validate → checkpoint. What happens to a
 * step that is not finite is {@link Recovery}'s matter.
 */
public final class Trainer {
  /** After a request to stop; a step that waits for executors would not end. */
  private static final Duration STEP_MAY_TAKE = Duration.ofSeconds(5);

  private final TrainingConfig config;
  private final GradientEngine engine;
  private final TrainingState state;
  private final Validation validation;
  private final Checkpointer checkpointer;
  private final StepUpdate update;
  private final Recovery recovery;
  private final TrainingObserver observer;
  private final StopRequest stop;
  private final long totalSteps;
  private final LearningRate learningRate;

  /**
   * A trainer.
   *
   * @param plan lengths of the run in steps
   * @param validation loss of the validation part; may be empty
   * @param checkpointer saves the state when it is due, and when the run ends before its time
   * @param stop may ask it to
   */
  public Trainer(
      TrainingConfig config,
      RunLength plan,
      GradientEngine engine,
      TrainingState state,
      ValidationLoss validation,
      Checkpointer checkpointer,
      TrainingObserver observer,
      StopRequest stop) {
    this.config = config;
    this.engine = engine;
    this.state = state;
    this.validation = new Validation(validation, plan, state, observer);
    this.checkpointer = checkpointer;
    this.observer = observer;
    update = new StepUpdate(config.update(), state, engine.loop());
    recovery =
        new Recovery(config.update().onNonFinite(), state, engine.loop(), checkpointer, observer);
    this.stop = stop;
    totalSteps = plan.totalSteps();
    learningRate = config.update().learningRate().over(totalSteps);
  }

  /**
   * Trains to the end of the run, or until early stopping has waited long enough for a better
   * validation.
   *
   * @return the weights of the best validation with early stopping, else the last
   * @throws DivergedException at the first loss, gradient or validation loss that is not finite,
   *     unless the configuration has something done about it
   * @throws ResumableException if it is asked to stop; the state is saved then, as it is when the
   *     engine fails
   */
  public Parameters run() {
    while (state.step() < totalSteps && !state.earlyStopping().isOver()) {
      endIfAsked();
      try {
        makeStep();
        validate();
      } catch (DivergedException diverged) {
        recovery.goBack(diverged);
      }
      checkpointer.saveIfDue(state);
    }
    return state.best();
  }

  private void validate() {
    try {
      validation.runIfDue();
    } catch (DivergedException diverged) {
      recovery.passOver(diverged);
    }
  }

  private void makeStep() {
    observer.beforeStep(state);
    long start = System.nanoTime();
    StepOutcome outcome = gradient();
    long engineNanos = System.nanoTime() - start;
    long targets = outcome.sum().targets();
    Optional<ClipResult> clip = recovery.update(() -> update.make(outcome, rate()), rate());
    observe(outcome, targets, clip, start, engineNanos);
    state.advance(outcome.carried());
    if (clip.isEmpty()) {
      state.carried().ifPresent(CarriedStates::resetNonFiniteLanes);
    }
  }

  private void endIfAsked() {
    Optional<String> origin = stop.origin();
    if (origin.isPresent()) {
      checkpointer.saveNow(state);
      throw ResumableException.stopped(state.step(), origin.get());
    }
  }

  /**
   * The gradient of the step; where the engine fails, or takes too long for somebody who asks the
   * run to stop, the state before the step is whole.
   */
  private StepOutcome gradient() {
    StepRequest request = state.request(config.backpropagationAt(state.step()), engine.loop());
    try {
      return stop.breakable(
          STEP_MAY_TAKE,
          () -> engine.gradient(state.parameters(), request),
          origin -> ResumableException.stopped(state.step(), origin));
    } catch (EngineException | ResumableException failure) {
      checkpointer.saveNow(state);
      throw failure;
    }
  }

  private double rate() {
    return learningRate.at(state.step()) * recovery.rateFactor();
  }

  private void observe(
      StepOutcome outcome, long targets, Optional<ClipResult> made, long start, long engineNanos) {
    ClipResult clip = made.orElse(ClipResult.NONE);
    observer.step(
        new StepMetrics(
            state.step(),
            state.epoch(),
            outcome.sum().loss(),
            targets,
            clip.norm(),
            clip.scale(),
            rate(),
            made.isEmpty(),
            StepTimes.of(outcome, System.nanoTime() - start, engineNanos)),
        outcome.sequences());
  }
}
