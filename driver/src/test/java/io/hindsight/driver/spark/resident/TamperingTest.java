package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The collector alone, which every engine merges through: nothing of a wrong result stays. */
class TamperingTest {
  private final GoldenCase golden = GoldenCase.LSTM;
  private final ShardPlan plan = golden.plan();
  private final Parameters weights = golden.initialWeights();
  private final StepRequest request =
      new StepRequest(
          7,
          0,
          0,
          0,
          weights.fingerprint(),
          Backpropagation.FULL,
          Optional.of(new CarriedState(golden.spec(), plan.blocks())));

  @ParameterizedTest
  @EnumSource
  void shouldMergeNothingOfAWrongResult(Tampering tampering) {
    List<List<Shard>> halves = plan.split(2);
    StepCollector collector = collector();
    collector.accept(result(halves.get(0)));
    StepResult wrong = tampering.of(result(halves.get(1)));
    assertThrows(IllegalArgumentException.class, () -> collector.accept(wrong));
    collector.accept(result(halves.get(1)));
    StepOutcome actual = collector.outcome();
    StepOutcome expected = undisturbed();
    assertArrayEquals(expected.sum().gradient(), actual.sum().gradient());
    assertEquals(expected.sum().loss(), actual.sum().loss());
    assertEquals(expected.sequences(), actual.sequences());
    assertEquals(Optional.empty(), actual.nonFinite());
    for (int layer = 0; layer < golden.spec().hidden().size(); layer++) {
      assertArrayEquals(
          expected.carried().get().hidden(layer), actual.carried().get().hidden(layer));
    }
  }

  private StepOutcome undisturbed() {
    StepCollector collector = collector();
    plan.split(2).forEach(half -> collector.accept(result(half)));
    return collector.outcome();
  }

  private StepCollector collector() {
    return new StepCollector(golden.spec(), plan, request);
  }

  private StepResult result(List<Shard> shards) {
    PackedWeights packed = new PackedWeights(golden.spec());
    packed.pack(weights);
    return new ShardTask(
            golden.spec(), shards, plan.shards().size(), GoldenCase.SEED, golden.windows())
        .run(packed, request);
  }
}
