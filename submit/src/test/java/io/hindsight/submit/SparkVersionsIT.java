package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same jar and scripts under other releases of Spark, each with a master and two workers of its
 * own and the strongest cipher that works there, against the weights that this process trains.
 * {@code .ci/spark-matrix} runs it for all of them.
 */
class SparkVersionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final String SECRET = "6c1f03b98e5a4f27a90d7b64e2c8315d";
  private static final int STEPS = 60;
  private static final int STEPS_BEFORE_THE_KILL = 20;
  private static final List<Way> WAYS =
      List.of(
          new Way("lstm", "spark-resident"),
          new Way("gru", "spark-jobs"),
          new Way("gru", "spark-resident"),
          new Way("lstm", "spark-jobs"));

  @TempDir private static Path folder;

  private record Way(String cell, String engine) {
    List<String> settings() {
      return List.of("--set", "model.cell=" + cell, "--set", "training.engine=" + engine);
    }
  }

  @BeforeAll
  static void startSession() {
    TestSession.start();
  }

  @TestFactory
  Stream<DynamicTest> shouldTrainToTheSameBits() throws IOException {
    Path config = SmallRun.config(folder, STEPS);
    return Stream.of(System.getProperty("hindsight.spark.versions", "").split("[ ,]+"))
        .map(MavenSpark::parse)
        .map(spark -> DynamicTest.dynamicTest("" + spark, () -> train(spark, config)));
  }

  private static void train(MavenSpark spark, Path config) throws Exception {
    Path home = Files.createDirectory(folder.resolve("" + spark));
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            home, 2, Isolation.namespaceIfPermitted(home), defaults(spark), spark.jars())) {
      for (Way way : WAYS.subList(0, Integer.getInteger("hindsight.spark.ways"))) {
        Path run = home.resolve(way.cell + "-" + way.engine);
        assertEquals(trainHere(config, way.cell), trainThere(cluster, config, way, run), "" + run);
      }
      readATable(cluster, home);
    }
  }

  private static String trainHere(Path config, String cell) throws IOException {
    Path run = folder.resolve("here-" + cell);
    if (!Files.exists(run)) {
      return trainHere(train(config, run, new Way(cell, "local").settings()), run);
    }
    return weights(run);
  }

  private static String trainHere(List<String> command, Path run) throws IOException {
    CommandLineRun local = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, local.code(), local.err());
    return weights(run);
  }

  /** What a user writes on every host, as conf/spark-standalone.conf says. */
  private static String defaults(MavenSpark spark) throws IOException {
    String conf = Files.readString(HERE.resolve("../conf/spark-standalone.conf"));
    return String.join(
        "\n",
        spark.isBefore(4, 1, 3) ? conf.replace("AES/GCM/NoPadding", "AES/CTR/NoPadding") : conf,
        "spark.authenticate.secret " + SECRET,
        // the kernels' speed is not the subject, though the driver's must be there
        "spark.executor.extraJavaOptions " + StandaloneCluster.SHORT_LIVED,
        "spark.driver.extraJavaOptions " + StandaloneCluster.FIRST_COMPILER,
        "spark.sql.shuffle.partitions 3",
        "");
  }

  /** With an executor killed on the way. */
  private static String trainThere(StandaloneCluster cluster, Path config, Way way, Path run)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("" + HERE.resolve("standalone/train")));
    command.addAll(List.of("" + config, "" + run));
    command.addAll(way.settings());
    Map<String, String> master = Map.of("SPARK_MASTER_URL", cluster.masterUrl());
    try (LoggedProcess driver = cluster.run(command, master, log(run))) {
      RunProgress.await(driver, run, STEPS_BEFORE_THE_KILL, PATIENCE);
      assertTrue(cluster.executors().stream().findFirst().orElseThrow().destroyForcibly());
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      assertFalse(driver.output().contains("has no Vector API"), driver.output());
      return weights(run);
    }
  }

  /** Tables are read, and answers written, by what differs most from release to release. */
  private static void readATable(StandaloneCluster cluster, Path home) throws Exception {
    Path config = Path.of("../conf/quickstart.yaml").toRealPath();
    Path data = Path.of("../datasets/data/co2.csv").toRealPath();
    List<String> settings = List.of("--set", "data.path=" + data, "--set", "training.epochs=2");
    Path here = home.resolve("table-here");
    String expected = trainHere(train(config, here, settings), here);
    Path there = home.resolve("table");
    runThere(cluster, train(config, there, settings), log(there));
    assertEquals(expected, weights(there));
    assertEquals(SmallRun.status(here).get("metrics"), SmallRun.status(there).get("metrics"));

    List<String> predict = predict(here, data, home.resolve("answers-here"));
    assertEquals(0, CommandLineRun.of(predict.toArray(String[]::new)).code());
    Path answers = home.resolve("answers");
    runThere(cluster, predict(there, data, answers), log(answers));
    assertEquals(lines(home.resolve("answers-here")), lines(answers));
  }

  /** In a session of one process, whose rows are shuffled however few there are. */
  private static void runThere(StandaloneCluster cluster, List<String> words, Path log)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("" + HERE.resolve("hindsight")));
    command.addAll(words);
    command.addAll(List.of("--master", "local[2]", "--conf", "spark.hindsight.table.small=0"));
    try (LoggedProcess driver = cluster.run(command, Map.of(), log)) {
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      assertFalse(driver.output().contains("has no Vector API"), driver.output());
    }
  }

  private static List<String> predict(Path run, Path data, Path output) {
    return List.of(
        "predict",
        "--model=" + run.resolve("model"),
        "--input=" + data,
        "--format=json",
        "--output=" + output);
  }

  /** The rows of all files of a folder. */
  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "part-*")) {
      for (Path part : parts) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    assertFalse(lines.isEmpty());
    lines.sort(null);
    return lines;
  }

  private static List<String> train(Path config, Path run, List<String> settings) {
    List<String> command = new ArrayList<>(List.of("train", "" + config, "--run-dir", "" + run));
    command.addAll(settings);
    return command;
  }

  private static String weights(Path run) throws IOException {
    return SmallRun.status(run).get("weights_sha256").asText();
  }

  private static Path log(Path run) {
    return run.resolveSibling(run.getFileName() + ".log");
  }
}
