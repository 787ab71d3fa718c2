package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.launch.Engines;
import io.hindsight.driver.launch.TrainingEngine;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.run.TrainingResult;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.session.LocalSession;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Executors of a cluster read their shards from chunks that tasks wrote, on their heap and in their
 * files, and train to the same bits as one process whose heap holds the data; one of them is
 * killed, and its successor reads again.
 */
class SharedDataIT {
  private static final GoldenCase NETWORK = GoldenCase.RNN;
  private static final int CHUNK = 20_000; // bytes

  private static final String YAML =
      """
      seed: 5
      data: {format: csv, path: %s, options: {header: true}, sequence: id, time: t,
        inputs: [a, b, c], targets: [d, e], split: {by: id, validation: 0.1, test: 0.1}}
      model: {cell: rnn, hidden: [11]}
      training: {steps: 3, batch: 61, optimizer: {type: sgd, learning-rate: 0.1}, bptt: %s}
      """;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();
  @TempDir private static Path folder;
  private static Path table;
  private static TestSession session; // for tests in a row that want the same memory
  private static String memoryOfSession;

  @AfterAll
  static void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @BeforeAll
  static void write() throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,a,b,c,d,e"));
    for (int s = 0; s < 90; s++) {
      for (int t = 0; t < 3 + s % 23; t++) {
        double x = StrictMath.sin(0.3 * s + 0.7 * t);
        rows.add("s%d,%d,%s,%s,%s,%s,%s".formatted(s, t, x, x * x, x * t, 1 - x, x / (1 + s)));
      }
    }
    table = Files.write(folder.resolve("table.csv"), rows);
  }

  @ParameterizedTest
  @CsvSource({
    "resident, '{window: 7, carry-state: true}', 1g",
    "jobs, '{window: 7, stride: 3}', 0",
  })
  void shouldTrainToTheSameBits(String engine, String bptt, String memory) throws Exception {
    RunConfig config = config(bptt);
    TestSession session = session(memory);
    ShardPlan held = RunData.read(config).shardPlan();
    RunData shared = RunData.read(config, new Reading(), store(config));
    assertFalse(shared.encoded().training().isHeld());
    ShardPlan plan = shared.shardPlan();
    assertTrue(plan.shards().get(0).data().shared().isPresent());
    try (ShardHolders holders =
        engine.equals("jobs")
            ? ShardHolders.ofJobs(session, NETWORK, plan)
            : ShardHolders.ofResident(session, NETWORK, plan)) {
      DisturbedRun run = new DisturbedRun(NETWORK, held, holders, 1);
      run.trainUntil(() -> !holders.now().isEmpty());
      List<String> killed = new ArrayList<>();
      run.harm(
          victim -> {
            assertTrue(victim.kill());
            killed.add(victim.id());
          },
          victim -> holders.isLost(victim.id()) && ExecutorProcess.running().size() >= 2);
      run.train(20);
      run.check();
      assertEquals(1, killed.size());
    }
  }

  /** Early stopping looks at the losses, so the weights tell whether one of them differs. */
  @ParameterizedTest
  @ValueSource(strings = {"spark-resident", "spark-jobs"})
  void shouldValidateToTheSameBitsWhereTheSequencesAre(String engine) throws Exception {
    String bptt = engine.equals("spark-jobs") ? "{window: 7, stride: 3}" : "{}";
    List<String> overrides = new ArrayList<>();
    overrides.add("training.bptt=" + bptt);
    overrides.add("training.steps=30");
    overrides.add("training.validate-every=3");
    overrides.add("training.early-stopping.patience=9");
    overrides.add("data.split.validation=0.4");
    overrides.add("training.engine=local");
    TestSession session = session("0");
    TrainingResult expected = train(overrides, "local-for-" + engine);
    overrides.set(5, "training.engine=" + engine);
    overrides.add("data.store=" + folder.resolve("stored-" + engine));
    RunConfig config = config(overrides);
    RunData data = RunData.read(config, new Reading(), session.sessions().dataStore(config));
    try (TrainingEngine opened =
        Engines.open(config, data.spec(), data.shardPlan(), data::lossPlan, session.sessions())) {
      assertTrue(opened.losses().isPresent(), "the driver validates");
    }
    TrainingResult result = train(overrides, engine);
    assertEquals(expected.weightsSha256(), result.weightsSha256());
    assertEquals(expected.metrics(), result.metrics());
    assertEquals(losses("local-for-" + engine), losses(engine));
  }

  private static TrainingResult train(List<String> overrides, String run) {
    return TestRuns.train(config(overrides), folder.resolve(run));
  }

  private static RunConfig config(List<String> overrides) {
    return TestRuns.config(YAML.formatted(table, "{}"), overrides.toArray(String[]::new));
  }

  private static List<String> losses(String run) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(run).resolve("metrics.jsonl"))) {
      return lines
          .filter(line -> line.contains("\"validation\""))
          .map(line -> line.replaceAll("\"elapsed_ms\":[^,]*", ""))
          .toList();
    }
  }

  @Test
  void shouldKeepInSharedStorageWhatTheDriversHeapHasNoRoomFor() throws Exception {
    RunConfig config = config("{}");
    TestSession session = session(memoryOfSession == null ? "1g" : memoryOfSession);
    Optional<String> place = Optional.of(folder.resolve("of-a-run").toString());
    DataStore store = session.sessions().dataStore(config, place);
    String expected = RunData.read(config).encoded().fingerprint();
    for (long heap : new long[] {1 << 20, 1000}) {
      DataStore sized =
          new DataStore(
              new EncodedStore(new LocalFolder(folder, false), heap), store.shared(), false);
      RunData data = RunData.read(config, new Reading(), sized);
      assertEquals(expected, data.encoded().fingerprint());
      assertEquals(heap == 1000, data.shardPlan().shards().get(0).data().shared().isPresent());
      assertEquals(heap == 1000, Files.exists(Path.of(place.get())));
    }
  }

  @Test
  void shouldKeepOnTheDriverWhatSharedStorageDoesNotTakeThatNobodyAskedFor() throws Exception {
    RunConfig config = config("{}");
    TestSession session = session(memoryOfSession == null ? "1g" : memoryOfSession);
    Optional<String> nowhere = Optional.of(table + "/in-a-file");
    DataStore store = session.sessions().dataStore(config, nowhere);
    DataStore full =
        new DataStore(new EncodedStore(new LocalFolder(folder, false), 0), store.shared(), false);
    RunData data = RunData.read(config, new Reading(), full);
    assertEquals(RunData.read(config).encoded().fingerprint(), data.encoded().fingerprint());
    assertTrue(data.encoded().training().shared().isEmpty());
    assertFalse(data.encoded().training().isHeld());
  }

  private static TestSession session(String memory) throws InterruptedException {
    if (session == null || !memory.equals(memoryOfSession)) {
      close();
      session = open(memory);
      session.sessions().session();
      memoryOfSession = memory;
    }
    return session;
  }

  private static TestSession open(String memory) throws InterruptedException {
    Map<String, String> settings = new HashMap<>(LocalSession.FOR_FEW_ROWS);
    settings.put("spark.hindsight.table.small", "0");
    settings.put("spark.hindsight.shards.memory", memory);
    settings.put("spark.io.encryption.enabled", String.valueOf(memory.equals("0"))); // the files
    return TestSession.onShortLived(CLUSTER.idle(), settings);
  }

  private static DataStore store(RunConfig config) {
    SharedStore shared =
        new SharedStore(
            StorageFolder.of(folder.resolve("store").toString()),
            ResolvedConfig.ofData(config),
            CHUNK);
    return new DataStore(new EncodedStore(new LocalFolder(folder, false), 0), Optional.of(shared));
  }

  private static RunConfig config(String bptt) {
    return TestRuns.config(YAML.formatted(table, bptt));
  }
}
