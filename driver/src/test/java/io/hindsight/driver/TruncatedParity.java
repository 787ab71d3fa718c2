package io.hindsight.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.engine.GradientEngine;
import io.hindsight.driver.engine.LocalEngine;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The gradients of a case of truncated back-propagation, by the local engine: each batch is an
 * epoch of as many updates as its sequences have windows.
 */
final class TruncatedParity implements AutoCloseable {
  private final ParityCase recorded;
  private final CarriedWindows windows;
  private GradientEngine engine;
  private ArrayDeque<CarriedState> states;

  TruncatedParity(ParityCase recorded, CarriedWindows windows) {
    this.recorded = recorded;
    this.windows = windows;
  }

  /** The sum of an update; copies the states after it. */
  GradientSum sum(Parameters weights, int update, CarriedState after) {
    int perBatch = recorded.json().get("T").intValue() / windows.stride();
    int ofBatch = update % perBatch;
    if (ofBatch == 0) {
      open(recorded.batch(update / perBatch), perBatch);
    }
    StepOutcome outcome =
        engine.gradient(
            weights,
            new StepRequest(
                1,
                update,
                0,
                ofBatch,
                weights.fingerprint(),
                Backpropagation.FULL,
                Optional.of(states.remove())));
    CarriedState stored = outcome.carried().orElseThrow();
    states.add(stored);
    after.copyBlocks(stored, 0, 0, stored.blocks());
    return outcome.sum();
  }

  private void open(SequenceBatch batch, int updates) {
    close();
    List<Sequence> sequences = new ArrayList<>();
    for (int lane = 0; lane < recorded.sequences(); lane++) {
      sequences.add(batch.sequence(lane));
    }
    ShardPlan plan = RankedWindows.plan(sequences, sequences.size(), OptionalInt.empty(), windows);
    assertEquals(updates, plan.stepsPerEpoch());
    engine = new LocalEngine(recorded.network(), plan, 1, 1);
    states = new ArrayDeque<>();
    for (int i = 0; i < windows.distance(); i++) {
      states.add(new CarriedState(recorded.network(), plan.blocks()));
    }
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
