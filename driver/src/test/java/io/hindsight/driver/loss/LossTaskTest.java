package io.hindsight.driver.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.loss.LossEngine.Loss;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.step.StepCollector;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The losses of tasks against those of the evaluator, bit by bit. */
class LossTaskTest {
  @ParameterizedTest
  @EnumSource
  void shouldGiveTheEvaluatorsLossWhateverShardsAndTasks(GoldenCase golden) {
    Parameters weights = golden.initialWeights();
    for (LossWindows windows : List.of(LossWindows.WHOLE, GoldenLoss.CUT, new LossWindows(5, 1))) {
      GoldenLoss part = new GoldenLoss(golden, windows);
      Loss expected = part.expected(weights);
      assertTrue(Double.isFinite(expected.mean()) && expected.targets() > 0, expected.toString());
      for (int shards : new int[] {3, 64}) {
        for (int tasks : new int[] {1, 5}) {
          Loss loss = LossPlan.loss(run(golden, part.plan(shards), tasks, weights));
          assertEquals(expected, loss, windows + " in " + shards + " shards, " + tasks + " tasks");
        }
      }
    }
  }

  @Test
  void shouldSayWhereALossIsNotFinite() {
    GoldenCase golden = GoldenCase.RNN;
    Parameters weights = golden.initialWeights();
    Arrays.fill(weights.values(), 1e200);
    GoldenLoss part = new GoldenLoss(golden, LossWindows.WHOLE);
    StepOutcome outcome = run(golden, part.plan(64), 3, weights);

    assertEquals(0, outcome.nonFinite().orElseThrow().shard());
    assertEquals("the loss", outcome.nonFinite().orElseThrow().where());
    assertEquals(part.expected(weights), LossPlan.loss(outcome));
  }

  private static StepOutcome run(GoldenCase golden, LossPlan part, int tasks, Parameters weights) {
    StepRequest request = StepRequest.ofLoss(1, 3, weights.fingerprint());
    StepCollector collector = part.collector(golden.spec(), request);
    List<List<Shard>> runs = new ArrayList<>(part.plan().split(tasks));
    Collections.shuffle(runs, new Random(tasks));
    int shards = part.plan().shards().size();
    for (List<Shard> run : runs) {
      LossTask task = new LossTask(golden.spec(), run, shards, part.windows());
      collector.accept(task.run(PackedWeights.of(weights), request));
    }
    return collector.outcome();
  }
}
