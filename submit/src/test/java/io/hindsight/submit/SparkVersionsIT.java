package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
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
 * The same jar under other releases of Spark, each with a master and two workers of its own,
 * against the weights that this process trains. {@code .ci/spark-matrix} runs it for all of them.
 */
class SparkVersionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Path JAR = Path.of("target", "hindsight.jar").toAbsolutePath();
  private static final int STEPS = 90;
  private static final int STEPS_BEFORE_THE_KILL = 20;
  private static final String FAST = // the kernels' speed is not the subject
      "spark.executor.extraJavaOptions " + StandaloneCluster.SHORT_LIVED;

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
            home, 2, Isolation.namespaceIfPermitted(home), FAST, spark.jars())) {
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

  /** With an executor killed on the way. */
  private static String trainThere(StandaloneCluster cluster, Path config, Way way, Path run)
      throws Exception {
    List<String> command = train(config, run, way.settings());
    try (LoggedProcess driver = submit(cluster, cluster.masterUrl(), command, run)) {
      RunProgress.await(driver, run, STEPS_BEFORE_THE_KILL, PATIENCE);
      assertTrue(cluster.executors().stream().findFirst().orElseThrow().destroyForcibly());
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      return weights(run);
    }
  }

  /** Tables are read by what differs most from release to release. */
  private static void readATable(StandaloneCluster cluster, Path home) throws Exception {
    Path config = Path.of("../conf/quickstart.yaml").toRealPath();
    Path data = Path.of("../datasets/data/co2.csv").toRealPath();
    List<String> settings = List.of("--set", "data.path=" + data, "--set", "training.epochs=2");
    Path here = home.resolve("table-here");
    String expected = trainHere(train(config, here, settings), here);
    Path there = home.resolve("table");
    List<String> command = train(config, there, settings);
    try (LoggedProcess driver = submit(cluster, "local[2]", command, there)) {
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
    }
    assertEquals(expected, weights(there));
    assertEquals(SmallRun.status(here).get("metrics"), SmallRun.status(there).get("metrics"));
  }

  private static List<String> train(Path config, Path run, List<String> settings) {
    List<String> command = new ArrayList<>(List.of("train", "" + config, "--run-dir", "" + run));
    command.addAll(settings);
    return command;
  }

  private static String weights(Path run) throws IOException {
    return SmallRun.status(run).get("weights_sha256").asText();
  }

  private static LoggedProcess submit(
      StandaloneCluster cluster, String master, List<String> command, Path run) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("" + cluster.sparkHome().resolve("bin/spark-submit")));
    all.addAll(List.of("--master", master, "--conf", "spark.ui.enabled=false"));
    all.addAll(List.of("--class", Hindsight.class.getName(), "" + JAR));
    all.addAll(command);
    return cluster.run(all, Map.of(), run.resolveSibling(run.getFileName() + ".log"));
  }
}
