package io.hindsight.driver.spark.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.registry.TestVersions;
import io.hindsight.driver.spark.ml.SequenceModel;
import io.hindsight.driver.spark.session.LocalSession;
import io.hindsight.driver.spark.session.TestSession;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that answers a stream is killed at random moments, as by {@code kill -9}, and begun
 * again from its checkpoint, while the champion changes: every row is answered once, with the bits
 * of batch scoring. More kills with {@code -Dhindsight.stream-kills=10}.
 */
class StreamKillIT {
  private static final int KILLS = Integer.getInteger("hindsight.stream-kills", 2);
  private static final int EACH = 2; // files from one kill to the next, at least
  private static final int STEPS = EACH * (KILLS + 1);
  private static final int SEQUENCES = 5;
  private static final long SEED = Long.getLong("hindsight.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String[] ANSWERS = {
    "id", "t", "x", "y", "prediction", "target_time", "reason"
  };

  @TempDir private static Path folder;
  private static TestSession session;
  private static SparkSession spark;
  private static String one;
  private static String other;

  @BeforeAll
  static void train() {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "2"));
    spark = session.sessions().session();
    one = StreamFiles.trained(rows(), folder.resolve("one"));
    other = StreamFiles.trained(rows(), folder.resolve("other"), "seed=5");
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Dataset<Row> rows() {
    return StreamFiles.steps(spark, SEQUENCES, STEPS);
  }

  @Test
  void shouldAnswerEachRowOnceWhereverItIsKilled() throws Exception {
    String registry = folder.resolve("registry").toString();
    TestVersions.promote(registry, "v1", one);
    StreamFiles files = new StreamFiles(spark, folder.resolve("rows"));
    for (int t = 0; t < STEPS; t++) { // each file once more with rows of the one before
      files.add(rows().where("t IN (%d, %d)".formatted(t, t - 1)));
    }
    Random random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      killOnce(registry, EACH * kill + random.nextInt(EACH), random.nextInt(600));
      if (kill == 0) {
        TestVersions.promote(registry, "v2", other);
      }
    }
    try (LoggedProcess last = start(registry, "last")) {
      assertEquals(0, last.exitCode(PATIENCE), last.output());
    }
    assertAnswers();
  }

  private static void killOnce(String registry, int after, int millis) throws Exception {
    try (LoggedProcess process = start(registry, "killed-" + after)) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (committed() < after) {
        assertTrue(process.handle().isAlive(), process.output());
        assertTrue(System.nanoTime() < deadline, process.output());
        Thread.sleep(5);
      }
      Thread.sleep(millis);
      process.handle().destroyForcibly();
      process.exitCode(PATIENCE);
    }
  }

  /** Triggers that are done. */
  private static long committed() throws Exception {
    Path commits = folder.resolve("checkpoint/commits");
    if (!Files.exists(commits)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(commits)) {
      return all.filter(file -> file.getFileName().toString().matches("[0-9]+")).count();
    }
  }

  private static LoggedProcess start(String registry, String name) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(StandaloneCluster.shortLived().split(" ")));
    command.addAll(List.of("-cp", StandaloneCluster.classPath()));
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    LocalSession.FOR_FEW_ROWS.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Dspark.sql.shuffle.partitions=2");
    command.add(StreamMain.class.getName());
    for (String part : List.of("registry", "rows", "answers", "checkpoint")) {
      command.add(part.equals("registry") ? registry : folder.resolve(part).toString());
    }
    return LoggedProcess.start(command, Map.of(), folder.resolve(name + ".log"));
  }

  private static void assertAnswers() {
    Dataset<Row> answers = spark.read().parquet(folder.resolve("answers").toString());
    String seed = "hindsight.seed " + SEED;
    assertEquals(StreamFiles.told(rows(), "id", "t"), StreamFiles.told(answers, "id", "t"), seed);
    Dataset<Row> first = answers.where("model = 'v2'");
    long from = first.selectExpr("min(t)").head().getLong(0);
    assertEquals(0, answers.where("model != if(t < %d, 'v1', 'v2')".formatted(from)).count(), seed);
    Dataset<Row> expected =
        SequenceModel.open(one)
            .transform(rows().where("t < " + from))
            .unionByName(SequenceModel.open(other).transform(rows().where("t >= " + from)));
    assertEquals(StreamFiles.told(expected, ANSWERS), StreamFiles.told(answers, ANSWERS), seed);
  }
}
