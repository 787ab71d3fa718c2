package io.hindsight.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.loss.LossEngine;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.network.Parameters;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ValidationLossTest {
  private static final GoldenCase GOLDEN = GoldenCase.RNN;

  private final Evaluator evaluator =
      new Evaluator(GOLDEN.spec(), WindowBlocks.whole(GOLDEN.sequences(0, 20)), Optional.empty());
  private final Parameters weights = GOLDEN.initialWeights();
  private final TrainingState state =
      new TrainingState(
          7,
          weights,
          Optimizer.create(OptimizerSpec.Sgd.DEFAULT, weights.values().length),
          new EarlyStopping(Optional.empty()),
          1,
          Optional.empty());
  private final double here = evaluator.evaluate(weights).loss();

  @Test
  void shouldTakeTheLossOfTasks() {
    Loss loss = new Loss(0.5, 3);
    assertEquals(loss, by(request -> loss, StopRequest.NEVER).of(state));
  }

  @Test
  void shouldComputeHereWhatTasksCannot() {
    Function<StepRequest, Loss> failing =
        request -> {
          throw new EngineException("no executor was heard of", null);
        };
    assertEquals(here, by(failing, StopRequest.NEVER).of(state).mean());
  }

  @Test
  void shouldComputeHereWhatARequestToStopHasBrokenOff() {
    StopRequest stop =
        new StopRequest() {
          @Override
          public Optional<String> origin() {
            return Optional.of("SIGTERM");
          }

          @Override
          public <T> T breakable(
              Duration mayTake, Supplier<T> section, Function<String, ResumableException> end) {
            throw end.apply("SIGTERM");
          }
        };
    assertEquals(here, by(request -> new Loss(0.5, 3), stop).of(state).mean());
  }

  private ValidationLoss by(Function<StepRequest, Loss> tasks, StopRequest stop) {
    LossEngine engine =
        new LossEngine() {
          @Override
          public Loss loss(Parameters parameters, StepRequest request) {
            assertEquals(parameters.fingerprint(), request.weights());
            return tasks.apply(request);
          }

          @Override
          public void close() {}
        };
    return new ValidationLoss(false, () -> evaluator, Optional.of(engine), stop);
  }
}
