package io.hindsight.driver.run;

import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.driver.config.OnNonFinite;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.TrainingConfig;
import io.hindsight.driver.config.TrainingConfig.Length;
import io.hindsight.driver.config.TrainingConfig.Update;
import io.hindsight.driver.config.TrainingConfig.ValidationConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.launch.Engines;
import io.hindsight.driver.launch.TrainingEngine;
import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.metrics.RollbackMetrics;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;
import io.hindsight.driver.optim.LearningRate;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.start.WarmStart;
import io.hindsight.driver.train.Checkpointer;
import io.hindsight.driver.train.DivergedException;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import io.hindsight.driver.train.TrainingObserver;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds a learning rate: trains a few steps while the rate grows by the same factor at each, and
 * looks at what the loss does (the range test of Smith, "Cyclical Learning Rates", 2017). Data,
 * network, optimizer and minibatches are the run's own; like a run it comes to the same figures on
 * any engine.
 */
public final class RateSearch {
  private static final String OVER = "the end of the search";

  private RateSearch() {}

  /**
   * Searches.
   *
   * @param steps at most, at least 2
   * @param from the first rate, above 0
   * @param to the last rate, above the first
   */
  public static RateCurve run(RunConfig config, int steps, double from, double to) {
    RunConfig growing = config.withTraining(growing(config.training(), steps, from, to));
    Engines.requirePossible(growing);
    Optional<WarmStart> start = WarmStart.of(growing);
    Following following = new Following();
    try (Sessions spark = Sessions.forRun(growing)) {
      RunData data = WarmStart.read(start, growing, new Reading(), spark.dataStore(growing));
      TrainingSession session = new TrainingSession(growing, data, start, spark, following);
      try (TrainingEngine engine = session.openEngine()) {
        session.train(engine, Checkpointer.NONE, following);
      }
    } catch (DivergedException diverged) {
      following.curve.diverged(diverged.what());
    } catch (ResumableException end) {
      if (!end.isWanted()) {
        throw end;
      }
    }
    return following.curve;
  }

  /** Without clipping nothing else would be known than with it, so that stays as it is. */
  private static TrainingConfig growing(
      TrainingConfig training, int steps, double from, double to) {
    double factor = StrictMath.pow(to / from, 1.0 / (steps - 1));
    LearningRate rate = new LearningRate(from, 0, new LearningRate.Exponential(factor));
    Update update = training.update();
    return new TrainingConfig(
        new Length(OptionalInt.empty(), OptionalLong.of(steps)),
        training.start(),
        training.minibatch(),
        training.execution(),
        training.bptt(),
        new Update(
            update.clip(),
            update.deltaNorm(),
            update.optimizer(),
            update.reach(),
            rate,
            OnNonFinite.DEFAULT),
        new ValidationConfig(OptionalInt.of(Integer.MAX_VALUE), Optional.empty()),
        Optional.empty(),
        training.classWeights(),
        training.horizonWeights());
  }

  /** Draws the curve, and stops training where it has told enough. */
  private static final class Following implements TrainingObserver, StopRequest {
    private final RateCurve curve = new RateCurve();

    @Override
    public Optional<String> origin() {
      return curve.isOver() ? Optional.of(OVER) : Optional.empty();
    }

    @Override
    public void step(StepMetrics metrics, int sequences) {
      if (metrics.targets() > 0) {
        curve.add(metrics.learningRate(), metrics.loss());
      }
    }

    @Override
    public void validation(ValidationMetrics metrics) {}

    @Override
    public void checkpoint(CheckpointMetrics metrics) {}

    @Override
    public void rollback(RollbackMetrics metrics) {}
  }
}
