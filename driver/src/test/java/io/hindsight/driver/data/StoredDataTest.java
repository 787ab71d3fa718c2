package io.hindsight.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.run.StoredScoring;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.FinalMetrics;
import io.hindsight.driver.score.Majority;
import io.hindsight.driver.score.example.Examples;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.Sessions;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Encoded data that the driver keeps in a file, and in chunks that tasks wrote, beside the same on
 * its heap: the same bits.
 */
class StoredDataTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private static TestSession session;
  @TempDir private static Path folder;
  private static Path table;

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.forTables(Map.of("spark.hindsight.table.small", "0"));
    session.sessions().session();
    table = Files.write(folder.resolve("table.csv"), rows());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @CsvSource({
    "values, '{by: time, validation: 3, test: 5}', every-step, '{window: 9, stride: 4}'",
    "values, '{by: id, validation: 0.2, test: 0.3}', last-step, '{window: 7}'",
    "classes, '{by: time, validation: 2, test: 4}', every-step, '{window: 5, carry-state: true}'",
    "labels, '{by: id, test: 0.2}', every-step, '{}'",
  })
  void shouldTrainAndScoreToTheSameBits(String kind, String split, String at, String bptt) {
    RunConfig config = config(kind, split, at, bptt);
    RunData held = RunData.read(config);
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    assertTrue(held.encoded().training().isHeld());
    same(config, held, RunData.read(config, new Reading(), DataStore.of(none)));
    SharedStore shared =
        new SharedStore(
            StorageFolder.of(folder.resolve("shared").toString()),
            ResolvedConfig.ofData(config),
            4000);
    DataStore chunks = new DataStore(none, Optional.of(shared));
    same(config, held, RunData.read(config, new Reading(), chunks));
    same(config, held, RunData.read(config, new Reading(), chunks));
    DataStore small = new DataStore(EncodedStore.onHeap(), Optional.of(shared));
    RunData again = RunData.read(config, new Reading(), small);
    assertTrue(again.encoded().training().isHeld());
    assertEquals(held.encoded().spacing(), again.encoded().spacing());
    assertEquals(held.encoded().omissions().sentences(), again.encoded().omissions().sentences());
    assertEquals(held.encoded().fingerprint(), again.encoded().fingerprint());
  }

  private static void same(RunConfig config, RunData held, RunData stored) {
    assertFalse(stored.encoded().training().isHeld());
    assertEquals(held.encoded().fingerprint(), stored.encoded().fingerprint());
    Parameters weights =
        Initializer.initialize(
            new ParameterLayout(held.spec()), config.model().initial().type(), 1, 3);
    assertEquals(FinalMetrics.of(held, weights), FinalMetrics.of(stored, weights));
    assertEquals(FinalMetrics.of(held, weights), byTasks(config, stored, weights));
    assertEquals(Majority.of(held), Majority.of(stored));
    boolean shown = held.spec().output().loss() != Loss.BINARY_CROSS_ENTROPY;
    assertEquals(shown, Examples.of(held, weights).isPresent());
    assertEquals(Examples.of(held, weights), Examples.of(stored, weights));
    assertEquals(baselines(config, held), baselines(config, stored));
    sameGradients(weights, held.shardPlan(), stored.shardPlan());
  }

  /** Computed by Spark's tasks where there are chunks. */
  private static SortedMap<String, Double> byTasks(
      RunConfig config, RunData stored, Parameters weights) {
    Optional<StoredScoring> tasks = StoredScoring.ofStored(stored, Sessions.forRun(config));
    assertEquals(stored.encoded().training().shared().isPresent(), tasks.isPresent());
    return tasks
        .map(scoring -> FinalMetrics.of(stored, part -> scoring.score(part, weights)))
        .orElseGet(() -> FinalMetrics.of(stored, weights));
  }

  private static Baselines baselines(RunConfig config, RunData data) {
    return Baselines.of(config.data(), data, data.test());
  }

  private static void sameGradients(Parameters weights, ShardPlan held, ShardPlan stored) {
    assertEquals(held.stepsPerEpoch(), stored.stepsPerEpoch());
    assertTrue(held.index().heldBytes() > 0);
    assertEquals(0, stored.index().heldBytes());
    assertEquals(held.index().bytes(), stored.index().bytes());
    PackedWeights packed = PackedWeights.of(weights);
    for (long step = 0; step < held.stepsPerEpoch(); step++) {
      StepRequest request =
          new StepRequest(
              1,
              step,
              0,
              step,
              weights.fingerprint(),
              Backpropagation.truncated(5),
              Optional.empty());
      for (Shard shard : held.shards()) {
        GradientSum expected = sum(weights, packed, request, held, shard.id());
        GradientSum actual = sum(weights, packed, request, stored, shard.id());
        assertArrayEquals(expected.gradient(), actual.gradient());
        assertEquals(expected.loss(), actual.loss());
        assertEquals(expected.targets(), actual.targets());
      }
    }
  }

  private static GradientSum sum(
      Parameters weights, PackedWeights packed, StepRequest request, ShardPlan plan, int shard) {
    List<Shard> one = List.of(plan.shards().get(shard));
    int all = plan.shards().size();
    return new ShardTask(weights.layout().spec(), one, all, 3, plan.windows())
        .run(packed, request)
        .nodes()
        .get(0)
        .sum();
  }

  private static RunConfig config(String kind, String split, String at, String bptt) {
    String columns =
        switch (kind) {
          case "values" -> "targets: [x, y], difference: true, scale: log, horizon: 3, season: 7";
          case "classes" -> "targets: [label], target-kind: class, unknown: skip, horizon: 1";
          default -> "targets: [p, q], target-kind: multilabel, horizon: 0";
        };
    return TestRuns.config(
        """
        seed: 5
        data: {format: csv, path: %s, options: {header: true}, sequence: id, time: t,
          inputs: [x, y], %s, split: %s}
        model: {cell: gru, hidden: [5], output: {at: %s}}
        training: {steps: 3, batch: 11, optimizer: {type: adam, learning-rate: 0.05}, bptt: %s}
        """
            .formatted(table, columns, split, at, bptt));
  }

  /** Daily rows, some of them missing, of ids that begin with each other. */
  private static List<String> rows() {
    Random random = new Random(2);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 21; s++) {
      String id = "s" + (s % 3 == 0 ? s : s + "-" + s % 4);
      for (int t = 0; t < (s % 6 == 5 ? 12 : 30); t++) {
        double x = StrictMath.exp(StrictMath.sin(0.3 * s + 0.9 * t) + 0.1 * random.nextGaussian());
        double y = 2 + StrictMath.cos(0.4 * t + s) + 0.5 * random.nextDouble();
        String label = s % 5 == 1 && t == 29 ? "rare" : x > 1 ? "a" : "b";
        if (random.nextInt(20) > 0) {
          rows.add(
              "%s,%s,%s,%s,%s,%d,%d"
                  .formatted(id, FIRST.plusDays(t), x, y, label, t % 2, x > y ? 1 : 0));
        }
      }
    }
    Collections.shuffle(rows, random);
    rows.add(0, "id,t,x,y,label,p,q");
    return rows;
  }
}
