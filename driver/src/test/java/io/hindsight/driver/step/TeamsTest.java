package io.hindsight.driver.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamsTest {
  private static final Cell CELL = new LstmCell();

  @ParameterizedTest(name = "batch {0} of {1} units in {2} threads on {3} cores")
  @CsvSource({
    "8, 128, 1, 2, 1, 1", // one thread was asked for
    "8, 128, 2, 2, 1, 2",
    "8, 128, 4, 4, 1, 4",
    "16, 128, 4, 4, 2, 2",
    "32, 128, 2, 2, 2, 1", // as many blocks as threads, or a multiple
    "24, 128, 2, 2, 1, 2", // three blocks: two and one would take the time of two
    "88, 128, 2, 2, 2, 1", // six and five lose less than sharing does
    "8, 8, 2, 2, 1, 1", // too little to share
    "8, 128, 16, 2, 1, 2", // more threads than cores do not share a task
    "16, 128, 16, 1, 2, 1", // but compute their own, as they were asked to
  })
  void shouldShareTasksWhereThatIsQuicker(
      int batch, int hidden, int threads, int cores, int tasks, int each) {
    ShardPlan plan = plan(batch, 64, 1);
    assertEquals(new Teams(tasks, each), Teams.of(spec(64, hidden), plan, threads, cores));
  }

  /** Gates of 4·16,000 rows over 1,200 steps: Java has arrays for two blocks, but not for three. */
  @Test
  void shouldLeaveTasksApartThatTogetherNeedLongerArraysThanThereAre() {
    assertEquals(new Teams(1, 2), Teams.of(spec(1, 16_000), plan(24, 1, 100), 2, 2));
    assertEquals(new Teams(2, 1), Teams.of(spec(1, 16_000), plan(24, 1, 1200), 2, 2));
  }

  /** 4·40 rows of U are 6,400 weights, too few for two threads; of W they are 10,240 more. */
  @Test
  void shouldCountTheInputWeightsOfEmbeddedTokensButNotOfThoseThatSelectThem() {
    ShardPlan plan = plan(8, 1, 1);
    NetworkSpec embedded = spec(InputSpec.embeddedTokens(100, 64), 40);
    assertEquals(new Teams(1, 2), Teams.of(embedded, plan, 2, 2));
    assertEquals(new Teams(1, 1), Teams.of(spec(InputSpec.tokens(64), 40), plan, 2, 2));
  }

  private static NetworkSpec spec(int inputs, int hidden) {
    return spec(InputSpec.dense(inputs), hidden);
  }

  private static NetworkSpec spec(InputSpec input, int hidden) {
    OutputSpec output = new OutputSpec(1, Loss.SQUARED_ERROR, At.LAST_STEP);
    return NetworkSpec.plain(input, CELL, List.of(hidden), output);
  }

  private static ShardPlan plan(int batch, int inputs, int steps) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      sequences.add(
          Sequence.ofFeatures("sequence " + i, new double[steps * inputs], steps)
              .withTargets(new double[steps]));
    }
    return RankedWindows.plan(sequences, batch, OptionalInt.empty(), CarriedWindows.WHOLE);
  }
}
