package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.cluster.Isolation;
import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example for standalone clusters as it is: master and workers with {@code
 * conf/spark-standalone.conf} and a secret, {@code submit/standalone/train} in front of them.
 */
class SecureClusterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(400);
  private static final Pattern REFUSED = Pattern.compile("Failed to connect to master");
  private static final int KILLS = Integer.getInteger("hindsight.kills", 2);
  private static final int STEPS_BETWEEN_KILLS = 20;
  private static final int STEPS = (KILLS + 5) * STEPS_BETWEEN_KILLS;
  private static final String SECRET = "0f9a5e1c77d24b6fb1c08e3d52a4967b";

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Path config;
  private static String expected;
  private static LoggedProcess toNobody; // nothing listens on the port of its master
  private static LoggedProcess withTheWrongSecret;

  @BeforeAll
  static void startClusterAndTrainLocally() throws Exception {
    config = SmallRun.config(folder, STEPS);
    Path here = folder.resolve("here");
    CommandLineRun local =
        CommandLineRun.of(
            "train", "" + config, "--set", "training.engine=local", "--run-dir", "" + here);
    assertEquals(0, local.code(), local.err());
    expected = SmallRun.status(here).get("weights_sha256").asText();
    Path home = Files.createDirectory(folder.resolve("cluster"));
    cluster =
        StandaloneCluster.start(home, 2, Isolation.namespaceIfPermitted(home), withSecret(SECRET));
    startThoseThatAreRefused();
  }

  /** Early, since Spark tries for a minute. */
  private static void startThoseThatAreRefused() throws IOException {
    Path conf = confFolder("driver-conf", withSecret("not the cluster's secret, but long enough"));
    Map<String, String> wrong = Map.of("SPARK_CONF_DIR", conf.toString());
    withTheWrongSecret = train(cluster.masterUrl(), "spark-jobs", wrong, "refused");
    toNobody = train("spark://127.0.0.1:9", "auto", Map.of(), "to-nobody");
  }

  @AfterAll
  static void stopCluster() throws IOException {
    Stream.of(toNobody, withTheWrongSecret).filter(Objects::nonNull).forEach(LoggedProcess::close);
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-resident", "spark-jobs"})
  void shouldTrainToTheSameBitsWhileExecutorsAreKilled(String engine) throws Exception {
    Path run = folder.resolve(engine);
    try (LoggedProcess driver = train(cluster.masterUrl(), engine, Map.of(), engine)) {
      int killed = 0;
      for (int i = 1; i <= KILLS; i++) {
        RunProgress.await(driver, run, i * STEPS_BETWEEN_KILLS, PATIENCE);
        killed += killOneExecutor() && driver.handle().isAlive() ? 1 : 0;
      }
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      assertEquals(expected, SmallRun.status(run).get("weights_sha256").asText());
      System.out.printf("%s: %d executors killed, stalls %s ms%n", engine, killed, stalls(run));
      assertEquals(KILLS, killed, "kills that met a running executor of a running training");
      assertFalse(driver.output().contains(SECRET));
    }
    assertFalse(logsOfExecutors().contains(SECRET));
  }

  @Test
  void shouldRefuseAWorkerWithTheWrongSecret() throws Exception {
    Path conf = confFolder("worker-conf", withSecret("not the cluster's secret, but long enough"));
    try (LoggedProcess worker =
        cluster.startWorker("wrong", Map.of("SPARK_CONF_DIR", conf.toString()))) {
      worker.await(REFUSED, PATIENCE);
      assertFalse(worker.output().contains("Successfully registered"), worker.output());
    }
    assertEquals(
        2, RunProgress.lines(cluster.masterLog(), "Registering worker"), cluster.masterLog());
  }

  @Test
  void shouldRefuseAWorkerWithoutASecret() throws Exception {
    Path conf = confFolder("open-conf", "");
    try (LoggedProcess worker =
        cluster.startWorker("open", Map.of("SPARK_CONF_DIR", conf.toString()))) {
      worker.await(REFUSED, PATIENCE);
      assertFalse(worker.output().contains("Successfully registered"), worker.output());
    }
    assertEquals(
        2, RunProgress.lines(cluster.masterLog(), "Registering worker"), cluster.masterLog());
  }

  @Test
  void shouldRefuseAnApplicationWithTheWrongSecret() throws Exception {
    assertEquals(6, withTheWrongSecret.exitCode(PATIENCE), withTheWrongSecret.output());
    String output = withTheWrongSecret.output();
    assertTrue(output.contains("no Spark master answers at " + cluster.masterUrl()), output);
    assertTrue(output.contains("spark.authenticate.secret"), output);
    String log = cluster.masterLog();
    assertFalse(log.contains("Registered app refused"), log);
  }

  @Test
  void shouldSayThatNoMasterAnswers() throws Exception {
    assertEquals(6, toNobody.exitCode(PATIENCE), toNobody.output());
    String output = toNobody.output();
    assertTrue(output.contains("no Spark master answers at spark://127.0.0.1:9"), output);
    assertTrue(output.contains("check that it runs and can be reached from here"), output);
  }

  @Test
  void shouldNotOpenTheRestPort() throws Exception {
    assertFalse(cluster.masterLog().contains("StandaloneRestServer"), cluster.masterLog());
  }

  /**
   * Starts the example.
   *
   * @param run name of the run and its directory
   */
  private static LoggedProcess train(
      String master, String engine, Map<String, String> environment, String run)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("SPARK_MASTER_URL=" + master);
    command.add(Path.of("standalone/train").toAbsolutePath().toString());
    command.addAll(List.of("" + config, "" + folder.resolve(run)));
    command.addAll(List.of("--set", "training.engine=" + engine, "--set", "name=" + run));
    return cluster.run(command, environment, folder.resolve(run + ".log"));
  }

  /** The longest steps, as many as there were kills. */
  private static List<Long> stalls(Path run) throws IOException {
    List<Long> times = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      times.add(Math.round(new ObjectMapper().readTree(line).path("step_ms").asDouble()));
    }
    times.sort(Comparator.reverseOrder());
    return times.subList(0, KILLS);
  }

  private static boolean killOneExecutor() {
    return cluster.executors().stream()
        .findFirst()
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }

  private static String withSecret(String secret) throws IOException {
    String conf = Files.readString(Path.of("../conf/spark-standalone.conf"));
    String authenticate = "spark.authenticate.secret " + secret;
    return String.join("\n", conf, authenticate, StandaloneCluster.shortLivedDefaults());
  }

  private static Path confFolder(String name, String defaults) throws IOException {
    Path conf = Files.createDirectory(folder.resolve(name));
    Path file = Files.writeString(conf.resolve("spark-defaults.conf"), defaults);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return conf;
  }

  private static String logsOfExecutors() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cluster"))) {
      StringBuilder all = new StringBuilder();
      for (Path log : files.filter(file -> file.endsWith("stderr")).toList()) {
        all.append(Files.readString(log));
      }
      assertFalse(all.isEmpty());
      return all.toString();
    }
  }
}
