package io.hindsight.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.metrics.RollbackMetrics;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainerTest {
  /** Of the four windows of a sequence only the last one holds a target. */
  private static final String ADDING =
      """
      data: {format: generator, name: adding, length: 20, sequences: 30}
      model: {cell: lstm, hidden: [3], output: {at: last-step}}
      training:
        steps: 6
        batch: 24
        bptt: {window: 5, carry-state: true}
        optimizer: {type: adam, learning-rate: 0.1}
        clip: {norm: 1}
      """;

  /** The weights after each step, and what it reported. */
  private static final class Recording implements TrainingObserver {
    private final TrainingState state;
    private final List<double[]> weights = new ArrayList<>();
    private final List<StepMetrics> steps = new ArrayList<>();
    private final List<ValidationMetrics> validations = new ArrayList<>();

    Recording(TrainingState state) {
      this.state = state;
      weights.add(state.parameters().values().clone());
    }

    @Override
    public void step(StepMetrics metrics, int sequences) {
      steps.add(metrics);
      weights.add(state.parameters().values().clone());
    }

    @Override
    public void validation(ValidationMetrics metrics) {
      validations.add(metrics);
    }

    @Override
    public void checkpoint(CheckpointMetrics metrics) {}

    @Override
    public void rollback(RollbackMetrics metrics) {}
  }

  private static Recording train(RunConfig config) {
    RunData data = RunData.read(config);
    ShardPlan plan = data.shardPlan();
    ParameterLayout layout = new ParameterLayout(data.spec());
    Parameters weights =
        Initializer.initialize(layout, config.model().initial().type(), 1, config.seed());
    TrainingState state =
        new TrainingState(
            7,
            weights,
            Optimizer.create(config.training().update().optimizer(), layout.size()),
            new EarlyStopping(Optional.empty()),
            plan.stepsPerEpoch(),
            Optional.of(new CarriedStates(data.spec(), plan.blocks(), plan.windows().distance())));
    Recording recording = new Recording(state);
    try (LocalEngine engine = new LocalEngine(data.spec(), plan, config.seed(), 2)) {
      new Trainer(
              config.training(),
              RunLength.of(config.training(), plan.stepsPerEpoch()),
              engine,
              state,
              ValidationLoss.of(Evaluator.ofValidation(data)),
              Checkpointer.NONE,
              recording,
              StopRequest.NEVER)
          .run();
    }
    return recording;
  }

  @Test
  void shouldLeaveTheWeightsAloneInAStepWithoutTargets() {
    Recording recording = train(TestRuns.config(ADDING));
    assertEquals(
        List.of(0L, 0L, 0L, 24L, 0L, 0L),
        recording.steps.stream().map(StepMetrics::targets).toList());
    for (int step : new int[] {0, 1, 2, 4, 5}) {
      assertArrayEquals(
          recording.weights.get(step), recording.weights.get(step + 1), "step " + step);
      assertEquals(0, recording.steps.get(step).loss());
      assertEquals(0, recording.steps.get(step).gradNorm());
      assertEquals(1, recording.steps.get(step).clipScale());
    }
    assertFalse(Arrays.equals(recording.weights.get(3), recording.weights.get(4)));
  }

  @Test
  void shouldNotCountAStepWithoutTargetsAsAnUpdateOfTheOptimizer() {
    Recording recording = train(TestRuns.config(ADDING, "training.clip=null"));
    double[] before = recording.weights.get(3);
    double[] after = recording.weights.get(4);
    double farthest = 0;
    for (int i = 0; i < before.length; i++) {
      farthest = Math.max(farthest, Math.abs(after[i] - before[i]));
    }
    // Adam's first update goes as far as the learning rate; its fourth, after three zeros, 0.058.
    assertEquals(0.1, farthest, 1e-6);
  }

  @Test
  void shouldValidateAfterEachEpochAndAtTheEnd() {
    Recording recording = train(TestRuns.config(ADDING));
    assertEquals(
        List.of(4L, 6L), recording.validations.stream().map(ValidationMetrics::step).toList());
    assertEquals(
        List.of(0L, 1L), recording.validations.stream().map(ValidationMetrics::epoch).toList());
  }
}
