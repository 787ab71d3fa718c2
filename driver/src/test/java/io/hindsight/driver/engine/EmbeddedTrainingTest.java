package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hindsight.driver.config.ReduceKind;
import io.hindsight.driver.optim.Reach;
import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.jobs.JobEngines;
import io.hindsight.driver.spark.resident.ResidentEngine;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables are trained to the same bits by every engine, of which each step uses some rows. */
class EmbeddedTrainingTest {
  private static final long SEED = 5;
  private static final int STEPS = 12;
  private static final int ROWS = 300; // of the first table
  private static final int OCCUR = 40; // of those

  private static final NetworkSpec SPEC =
      NetworkSpec.plain(
          InputSpec.dense(
              2,
              1,
              List.of(
                  new EmbeddingSpec(ROWS, 3, false),
                  new EmbeddingSpec(5, 2, false),
                  new EmbeddingSpec(7, 2, true))),
          new LstmCell(),
          List.of(6, 5),
          new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP));

  private final ShardPlan plan =
      RankedWindows.plan(sequences(), 50, OptionalInt.empty(), CarriedWindows.following(5));

  private static List<Sequence> sequences() {
    Random random = new Random(SEED);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      int steps = 1 + random.nextInt(11);
      int[] categories = new int[2 * steps];
      for (int t = 0; t < steps; t++) {
        categories[2 * t] = random.nextInt(OCCUR) * (ROWS / OCCUR);
        categories[2 * t + 1] = random.nextInt(5);
      }
      Statics statics = new Statics(new double[] {random.nextDouble()}, new int[] {i % 7});
      double[] features = random.doubles(2L * steps, -1, 1).toArray();
      sequences.add(
          Sequence.ofFeatures("s" + i, features, steps)
              .withCategories(categories)
              .withStatics(statics)
              .withTargets(random.doubles(2L * steps, -1, 1).toArray()));
    }
    return sequences;
  }

  private GoldenRun run(boolean sparse) {
    Parameters weights =
        Initializer.initialize(new ParameterLayout(SPEC), InitialKind.UNIFORM, Double.NaN, SEED);
    return new GoldenRun(plan, weights, new Reach(Reach.Decay.ALL, sparse));
  }

  private String train(GradientEngine engine, boolean sparse) {
    try (engine) {
      return run(sparse).hash(engine, STEPS, step -> {});
    }
  }

  private GradientEngine local(int tasks) {
    return new LocalEngine(SPEC, plan, SEED, tasks);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTrainToTheSameBitsInAnyNumberOfThreads(boolean sparse) {
    String expected = train(local(1), sparse);
    assertEquals(expected, train(local(2), sparse));
    assertEquals(expected, train(local(7), sparse));
    assertNotEquals(expected, train(local(1), !sparse));
  }

  @Test
  void shouldTrainToTheSameBitsByEveryEngine() {
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      for (boolean sparse : new boolean[] {false, true}) {
        String expected = train(local(1), sparse);
        for (int tasks : new int[] {1, 3}) {
          for (ReduceKind reduce : List.of(ReduceKind.DRIVER, ReduceKind.SLICED)) {
            GradientEngine jobs =
                JobEngines.open(session.context(), SPEC, plan, SEED, tasks, reduce);
            assertEquals(expected, train(jobs, sparse), reduce + " in " + tasks + " tasks");
          }
          GradientEngine resident = new ResidentEngine(session.context(), SPEC, plan, SEED, tasks);
          assertEquals(expected, train(resident, sparse), "resident in " + tasks + " tasks");
        }
      }
    }
  }

  /** A row that no sequence has keeps its weights: without decay even if all are updated. */
  @ParameterizedTest
  @EnumSource(InitialKind.class)
  void shouldMoveOnlyRowsThatOccur(InitialKind kind) {
    ParameterLayout layout = new ParameterLayout(SPEC);
    Parameters weights = Initializer.initialize(layout, kind, Double.NaN, SEED);
    Parameters before = weights.copy();
    GoldenRun run = new GoldenRun(plan, weights, new Reach(Reach.Decay.ALL, true));
    try (GradientEngine engine = local(2)) {
      run.hash(engine, STEPS, step -> {});
    }
    Block table = layout.block("embed.0.weight");
    for (int row = 0; row < ROWS; row++) {
      int at = table.offset() + row * table.columns();
      boolean moved = before.values()[at] != weights.values()[at];
      assertEquals(row % (ROWS / OCCUR) == 0 && row < ROWS / OCCUR * OCCUR, moved, "row " + row);
    }
  }
}
