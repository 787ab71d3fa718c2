package io.hindsight.driver.engine;

import static io.hindsight.driver.cluster.StandaloneCluster.shortLived;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Training on more data than executors may keep on their heaps, in two workers' processes of 512
 * MiB: with 100 MB of data and 4 MB of it on each heap; with {@code -Dhindsight.large=full
 * -DfirstCompiler.jvmOptions=} four times the executors' memory, and the time of a step against
 * that from heaps that hold all of it, of a network of 32 units or {@code -Dhindsight.large.units}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeDataIT {
  private static final String FULL = "hindsight.large";
  private static final String LIMIT = "spark.hindsight.shards.memory";
  private static final String SPARKS_OWN_LOG = // the tests' own has no line below warnings
      "-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties";
  private static final String RUN =
      """
      name: large
      data: {format: generator, name: adding, length: 400, sequences: 25000, split: {validation: 0, test: 0}}
      model: {cell: gru, hidden: [4], output: {at: last-step}}
      training: {steps: 6, batch: 256, engine: %s, optimizer: {type: adam, learning-rate: 1e-3}}
      """;
  private static final String SPILLED = "stay in files under";
  private static final long EXECUTORS = 2L * (512 << 20); // bytes of memory
  private static final int STEPS = 40;
  private static final int UNITS = Integer.getInteger("hindsight.large.units", 32); // of full
  private static final int FULL_STEPS = 1_500; // the first half has the compiler beside it
  private static final int KILL_AT = 15;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();

  private final LargeData data =
      isFull() ? new LargeData(4 * EXECUTORS, UNITS) : new LargeData(100_000_000, 4);
  private final int steps = isFull() ? FULL_STEPS * 32 / UNITS : STEPS;
  private String expected;

  private static boolean isFull() {
    return "full".equals(System.getProperty(FULL));
  }

  @BeforeAll
  void trainLocally() {
    try (GradientEngine local = data.local()) {
      expected = data.train(local, steps, step -> {});
    }
  }

  /** What a training came to, and how many executors told that their shards stay in files. */
  private record Trained(String hash, long spilled) {}

  /** What the other tests show with less data, and how long a step takes. */
  @ParameterizedTest
  @CsvSource({"jobs, false", "jobs, true", "resident, false", "resident, true"})
  @EnabledIfSystemProperty(named = FULL, matches = "full")
  void shouldTrainToTheSameBitsFromFiles(String engine, boolean encrypted) throws Exception {
    StepTimes times = new StepTimes();
    Map<String, String> little = small(encrypted);
    assertEquals(new Trained(expected, 2), train(CLUSTER.idle(), little, engine, times));
    times.print(engine + (encrypted ? ", from encrypted files" : ", from files"));
  }

  /** With files that are encrypted. */
  @Test
  void shouldTrainToTheSameBitsWhenAnExecutorIsKilled() throws Exception {
    LongConsumer kill =
        step -> {
          if (step == KILL_AT) {
            GoldenTraining.killAnExecutor();
          }
        };
    Trained trained = train(CLUSTER.idle(), small(true), "jobs", kill);
    assertEquals(expected, trained.hash());
    assertTrue(trained.spilled() >= 2); // the lost shards go where a core is free
  }

  /** So the copy that Spark reads back finds no room on the heap beside the one it was made of. */
  @Test
  void shouldTrainToTheSameBitsWhereSparkMovesShardsToItsDisk() throws Exception {
    String share = (data.bytes() * 3 / 5 >> 20) + "m";
    Map<String, String> little =
        Map.of("spark.executor.memory", "1g", LIMIT, share, "spark.memory.fraction", "0.05");
    Trained trained = train(CLUSTER.idle(), little, "jobs", step -> {});
    assertEquals(expected, trained.hash());
    assertTrue(trained.spilled() > 0);
  }

  /**
   * The whole way of a run, which is planned before it begins: 160 MB for two of 512, which keep 60
   * each.
   */
  @Test
  void shouldTrainARunWhoseDataNoExecutorHolds(@TempDir Path folder) throws Exception {
    String undisturbed = run("local", folder);
    StandaloneCluster cluster = CLUSTER.idle();
    Map<String, String> little = Map.of("spark.executor.memory", "512m");
    try (TestSession session = TestSession.on(cluster, withOptions(little, shortLived()))) {
      assertTrue(session.sessions().isPresent());
      assertEquals(undisturbed, run("spark-resident", folder));
      assertEquals(undisturbed, run("spark-jobs", folder));
      assertEquals(2, executorsThatSpilled(cluster, session));
    }
  }

  private static String run(String engine, Path folder) {
    RunConfig config = ConfigReader.read(RUN.formatted(engine), "large.yaml", List.of());
    RunDirectory directory = new RunDirectory(folder.resolve(engine));
    return TrainingRun.start(config, directory, false).weightsSha256();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "resident"})
  @EnabledIfSystemProperty(named = FULL, matches = "full")
  void shouldTrainToTheSameBitsFromLargeHeaps(String engine, @TempDir Path folder)
      throws Exception {
    StepTimes times = new StepTimes();
    Map<String, String> large = Map.of("spark.executor.memory", "7g", LIMIT, "3g");
    try (StandaloneCluster cluster =
        StandaloneCluster.start(folder, 2, "7g", Isolation.loopback())) {
      assertEquals(new Trained(expected, 0), train(cluster, large, engine, times));
    }
    times.print(engine + ", from heaps");
  }

  private static Map<String, String> small(boolean encrypted) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.executor.memory", "512m");
    settings.put("spark.io.encryption.enabled", String.valueOf(encrypted));
    if (!isFull()) {
      settings.put(LIMIT, "4m");
    }
    return settings;
  }

  private static Map<String, String> withOptions(Map<String, String> settings, String options) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("spark.executor.extraJavaOptions", SPARKS_OWN_LOG + " " + options);
    return all;
  }

  private Trained train(
      StandaloneCluster cluster,
      Map<String, String> settings,
      String engine,
      LongConsumer disturbance)
      throws Exception {
    try (TestSession session =
            TestSession.on(cluster, withOptions(settings, isFull() ? "" : shortLived()));
        GradientEngine opened =
            engine.equals("jobs") ? data.jobs(session) : data.resident(session)) {
      assertEquals(2, opened.tasks());
      String hash = data.train(opened, steps, disturbance);
      return new Trained(hash, executorsThatSpilled(cluster, session));
    }
  }

  private static long executorsThatSpilled(StandaloneCluster cluster, TestSession session)
      throws IOException {
    return cluster.executorLogs(session.context().applicationId()).stream()
        .filter(LargeDataIT::tellsOfFiles)
        .count();
  }

  private static boolean tellsOfFiles(Path log) {
    try {
      return Files.readString(log).contains(SPILLED);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** When steps began. */
  private final class StepTimes implements LongConsumer {
    private final long[] begun = new long[steps];

    @Override
    public void accept(long step) {
      begun[(int) step] = System.nanoTime();
    }

    void print(String where) {
      long[] nanos =
          LongStream.range(begun.length / 2, begun.length - 1)
              .map(step -> begun[(int) step + 1] - begun[(int) step])
              .sorted()
              .toArray();
      System.out.printf(
          Locale.ROOT,
          "large data: %,d MB by %s: step %.2f ms in the median of the second half, %.2f at the"
              + " 90th percentile; first step %.1f s%n",
          data.bytes() / 1_000_000,
          where,
          nanos[nanos.length / 2] * 1e-6,
          nanos[nanos.length * 9 / 10] * 1e-6,
          (begun[1] - begun[0]) * 1e-9);
    }
  }
}
