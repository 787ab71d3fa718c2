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
    OutputSpec output = new OutputSpec(1, Loss.SQUARED_ERROR, At.LAST_STEP);
    NetworkSpec spec = NetworkSpec.plain(InputSpec.dense(64), CELL, List.of(hidden), output);
    assertEquals(new Teams(tasks, each), Teams.of(spec, plan(batch), threads, cores));
  }

  private static ShardPlan plan(int batch) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      sequences.add(
          Sequence.ofFeatures("sequence " + i, new double[64], 1).withTargets(new double[1]));
    }
    return RankedWindows.plan(sequences, batch, OptionalInt.empty(), CarriedWindows.WHOLE);
  }
}
