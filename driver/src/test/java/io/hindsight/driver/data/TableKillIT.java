package io.hindsight.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.EncodedInput;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.source.DataReader;
import io.hindsight.datasets.source.PartitionedInputs;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.cluster.ExecutorProcess;
import io.hindsight.driver.cluster.TwoWorkers;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.LocalSession;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors that read a table, bring its rows together or hold its sequences are killed with {@code
 * kill -9}, one after the other at other moments: {@code -Dhindsight.table-kills=20} in all.
 */
class TableKillIT {
  private static final int KILLS = Integer.getInteger("hindsight.table-kills", 2);
  private static final int FILES = 12;
  private static final int SEQUENCES = 60;
  private static final int STEPS = 40;

  @RegisterExtension static final TwoWorkers CLUSTER = new TwoWorkers();
  @TempDir private static Path folder;
  private static TableSpec spec;
  private static EncodedData expected;
  private static List<String> expectedInputs;
  private static String model;
  private static Evaluation.Report expectedFigures;
  private static TestSession cluster;

  @BeforeAll
  static void readUndisturbed() throws Exception {
    write();
    String yaml =
        """
        data:
          format: csv
          path: TABLE
          options: {header: true}
          sequence: id
          time: t
          inputs: [x]
          targets: [x]
          difference: true
          split: {by: id, validation: 0.2, test: 0.2}
        model: {cell: gru, hidden: [5]}
        training: {steps: 3, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    RunConfig config = TestRuns.config(yaml.replace("TABLE", folder.resolve("table").toString()));
    spec = (TableSpec) config.data();
    try (TestSession session = TestSession.forTables(Map.of())) {
      session.sessions().session();
      expected = DataReader.fit(spec, 1, 1);
      expectedInputs =
          DataReader.inputs(spec, expected.encoding(), 1).each().stream()
              .map(TableKillIT::text)
              .sorted()
              .toList();
      TestRuns.train(config, folder.resolve("run"));
      model = new RunDirectory(folder.resolve("run")).model();
      expectedFigures = figures();
    }
    cluster = session();
  }

  @AfterAll
  static void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Evaluation.Report figures() {
    return Evaluation.run(ModelBundle.load(model, Optional.empty(), List.of()));
  }

  @Test
  void shouldReadTheSameThoughExecutorsAreKilled() throws Exception {
    try (Killer killer = new Killer(cluster.context())) {
      for (int kill = 0; kill < KILLS; kill++) {
        ExecutorProcess.await(2);
        // The first tasks read, those after them bring together.
        killer.armFor(1 + (kill * 14) % (FILES + 3));
        assertEquals(expected.fingerprint(), DataReader.fit(spec, 1, 1).fingerprint());
        killer.awaitKilled(kill + 1);
      }
    }
  }

  @Test
  void shouldHaveTheSameInputsAgainWhereTheirExecutorIsLost() throws Exception {
    Encoding encoding = expected.encoding();
    try (PartitionedInputs inputs = DataReader.partitionedInputs(spec, encoding, 1).orElseThrow()) {
      ExecutorProcess.await(2);
      assertEquals(expectedInputs, texts(inputs));
      assertTrue(ExecutorProcess.running().values().iterator().next().kill());
      assertEquals(expectedInputs, texts(inputs));
    }
  }

  @Test
  void shouldReachTheSameFiguresThoughExecutorsAreKilled() throws Exception {
    try (Killer killer = new Killer(cluster.context())) {
      for (int kill = 0; kill < KILLS; kill++) {
        ExecutorProcess.await(2);
        // Tasks of the jobs that count, fit baselines and score come after those that read.
        killer.armFor(FILES + 3 + (kill * 13) % 20);
        assertEquals(expectedFigures, figures());
        killer.awaitKilled(kill + 1);
      }
    }
  }

  private static List<String> texts(PartitionedInputs inputs) {
    List<String> texts =
        new ArrayList<>(inputs.partitions().rdd().map(TableKillIT::text).collect());
    Collections.sort(texts);
    return texts;
  }

  private static String text(EncodedInput input) {
    EncodedInput.Encoded encoded = (EncodedInput.Encoded) input;
    return "%s %s %s %s"
        .formatted(
            encoded.id(),
            encoded.times(),
            Arrays.toString(encoded.sequence().features()),
            encoded.series() == null ? "null" : Arrays.toString(encoded.series().toArray()));
  }

  private static TestSession session() throws InterruptedException {
    Map<String, String> settings = new HashMap<>(LocalSession.FOR_FEW_ROWS);
    settings.put(TableSettings.SMALL, "0");
    settings.put("spark.sql.files.maxPartitionBytes", "4k"); // several tasks for a file
    settings.put("spark.sql.files.openCostInBytes", "0");
    TestSession session = TestSession.onShortLived(CLUSTER.idle(), settings);
    session.sessions().session();
    return session;
  }

  /**
   * Kills the executor that has just ended a task, once so many have ended. If that is gone already
   * (Spark also tells of tasks that ended with it), the next one that ends a task.
   */
  private static final class Killer extends SparkListener implements AutoCloseable {
    private final SparkContext context;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE); // none is due
    private final AtomicInteger killed = new AtomicInteger();

    Killer(SparkContext context) {
      this.context = context;
      context.addSparkListener(this);
    }

    @Override
    public void close() {
      context.removeSparkListener(this);
    }

    void armFor(int tasks) {
      left.set(tasks);
    }

    /** Spark tells of tasks a little later than it ends a job. */
    void awaitKilled(int count) throws InterruptedException {
      for (int i = 0; killed.get() < count && i < 100; i++) {
        Thread.sleep(100);
      }
      assertEquals(count, killed.get(), "executors killed");
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (left.decrementAndGet() > 0) {
        return;
      }
      ExecutorProcess executor = ExecutorProcess.running().get(end.taskInfo().executorId());
      if (executor != null && executor.kill()) {
        left.set(Integer.MAX_VALUE);
        killed.incrementAndGet();
      }
    }
  }

  private static void write() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < SEQUENCES; s++) {
      for (int t = 0; t < STEPS; t++) {
        rows.add(
            "s%03d,2024-01-01 %02d:%02d:00,%s"
                .formatted(s, t / 2, 30 * (t % 2), StrictMath.sin(0.3 * s + 0.2 * t)));
      }
    }
    Collections.shuffle(rows, new Random(2));
    Path table = Files.createDirectory(folder.resolve("table"));
    for (int file = 0; file < FILES; file++) {
      List<String> lines = new ArrayList<>(List.of("id,t,x"));
      for (int i = file; i < rows.size(); i += FILES) {
        lines.add(rows.get(i));
      }
      Files.write(table.resolve("part-%02d.csv".formatted(file)), lines);
    }
  }
}
