package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.SmallHdfs;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.retrain.folder.RetrainRuns;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A retraining by {@code spark-submit} on a master and a worker, with table and registry on HDFS,
 * whose driver is killed while it trains and while it publishes.
 */
@Timeout(600)
class RetrainClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOR_FEW_ROWS =
      """
      spark.ui.enabled false
      spark.sql.shuffle.partitions 3
      """;

  private static final List<String> TOO_LARGE_FOR_THE_DRIVER =
      List.of("--conf", "spark.hindsight.table.small=0", "--conf", "spark.hindsight.data.memory=0");
  private static final String ENCODED = "/wave/runs/*/*/training/data/*/MANIFEST.json";

  @TempDir private static Path folder;
  private static MiniDFSCluster hdfs;
  private static StandaloneCluster cluster;
  private static String config;

  private final String registry = hdfs.getURI() + "/wave";
  private int lives;

  /** Whether it is time to kill. */
  private interface Moment {
    boolean hasCome() throws IOException;
  }

  @BeforeAll
  static void startServices() throws Exception {
    hdfs = SmallHdfs.start(folder.resolve("hdfs"));
    Path home = Files.createDirectory(folder.resolve("cluster"));
    String defaults = FOR_FEW_ROWS + StandaloneCluster.shortLivedDefaults();
    cluster = StandaloneCluster.start(home, 1, Isolation.loopback(), defaults);
    try (FSDataOutputStream out = hdfs.getFileSystem().create(path("/wave.csv"))) {
      out.writeBytes(WaveRetraining.csv());
    }
    String yaml = WaveRetraining.config(hdfs.getURI() + "/wave.csv");
    config = Files.writeString(folder.resolve("wave.yaml"), yaml).toString();
  }

  @AfterAll
  static void stopServices() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (hdfs != null) {
      hdfs.shutdown(true);
    }
  }

  @Test
  void shouldMakeOneVersionOfTheSameWeightsThoughItsDriverIsKilled() throws Exception {
    assertEquals("train", killAt(this::hasCheckpoint));
    assertEquals(1, find(ENCODED).count());
    assertEquals(List.of(), Registry.open(registry).list());
    String struck = killAt(this::hasPartsOfAVersion);
    assertTrue(List.of("publish", "smoke").contains(struck), struck);

    try (LoggedProcess life = submit()) {
      assertEquals(0, life.exitCode(PATIENCE), life.output());
      assertTrue(life.output().contains("promoted"), life.output());
    }

    assertEquals(0, find(ENCODED).count());
    WaveRetraining.assertNoOtherModel(registry);
    String weights = weightsOfAnUndisturbedRun();
    assertEquals(weights, WaveRetraining.weights(registry));
    assertEquals(weights, json("status").at("/champion/weights_sha256").textValue());
    JsonNode history = json("history");
    assertEquals(1, history.get("entries").size());
    assertEquals(weights, history.at("/versions/0/weights_sha256").textValue());
    assertEquals(1, history.get("runs").size());
    assertEquals("promoted", history.at("/runs/0/state").textValue());
    assertEquals(history.at("/versions/0/id"), history.at("/runs/0/version"));
  }

  /** Without executors: the same table, and a registry of its own. */
  private String weightsOfAnUndisturbedRun() throws IOException {
    TestSession.stop();
    TestSession.start();
    String place = hdfs.getURI() + "/undisturbed";
    CommandLineRun run =
        CommandLineRun.of(WaveRetraining.command(config, place).toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return WaveRetraining.weights(place);
  }

  /** The stage in which the driver was killed, as the registry tells it. */
  private String killAt(Moment moment) throws Exception {
    try (LoggedProcess life = submit()) {
      while (!moment.hasCome()) {
        assertTrue(life.handle().isAlive(), life.output());
        TimeUnit.MILLISECONDS.sleep(30); // each look costs the NameNode, too
      }
      life.handle().destroyForcibly();
      life.exitCode(PATIENCE);
      RetrainStatus status = RetrainRuns.of(Registry.open(registry)).get(0).status();
      assertEquals(RetrainStatus.RUNNING, status.state(), life.output());
      return status.stage().word();
    }
  }

  private boolean hasCheckpoint() throws IOException {
    return find("/wave/runs/*/*/training/checkpoints/step-*").findAny().isPresent();
  }

  private boolean hasPartsOfAVersion() throws IOException {
    return find("/wave/versions/*").findAny().isPresent();
  }

  private static Stream<FileStatus> find(String pattern) throws IOException {
    FileSystem files = hdfs.getFileSystem();
    return Stream.of(files.globStatus(path(pattern)));
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(name);
  }

  private LoggedProcess submit() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--class", Hindsight.class.getName()));
    arguments.addAll(TOO_LARGE_FOR_THE_DRIVER);
    TestSession.NO_GENERATED_CODE.forEach(
        (key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.add(Path.of("target", "hindsight.jar").toAbsolutePath().toString());
    arguments.addAll(WaveRetraining.command(config, registry));
    return cluster.submit(arguments, folder.resolve("life-" + ++lives + ".log"));
  }

  private JsonNode json(String command) throws IOException {
    CommandLineRun run = CommandLineRun.of(command, "--registry", registry, "--json");
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }
}
