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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runnable jar under {@code spark-submit}, on a master and three workers of their own, all of
 * them without a locale.
 */
class SparkSubmitIT {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Path JAR = Path.of("target", "hindsight.jar").toAbsolutePath();

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    Path home = Files.createDirectory(folder.resolve("cluster"));
    String defaults = StandaloneCluster.shortLivedDefaults();
    cluster = StandaloneCluster.start(home, 3, Isolation.namespaceIfPermitted(home), defaults);
  }

  @AfterAll
  static void stopCluster() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void shouldTrainToTheSameBitsAsInThisProcess() throws Exception {
    Path config = SmallRun.config(folder, 30);
    Path here = folder.resolve("here");
    CommandLineRun local =
        CommandLineRun.of(
            "train", config.toString(), "--set", "training.engine=local", "--run-dir", "" + here);
    assertEquals(0, local.code(), local.err());

    Path there = folder.resolve("there");
    assertEquals(
        0,
        submit(
            "train",
            config.toString(),
            "--set",
            "training.engine=spark-jobs",
            "--run-dir",
            there.toString()));
    assertEquals(
        SmallRun.status(here).get("weights_sha256"), SmallRun.status(there).get("weights_sha256"));
    String log = Files.readString(folder.resolve("train-driver.log"));
    assertTrue(log.contains(" in 3 tasks per step"), "one per core, although Spark begins with 2");
    assertEquals(3, linesOfExecutors(" kernels ("), "each executor tells its kernels once");
    assertEquals(30, SmallRun.status(there).get("steps").asInt());
    assertTrue(SmallRun.status(there).get("weights_sha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  void shouldEndWithTheCommandsExitCode() throws Exception {
    assertEquals(2, submit("validate", folder.resolve("absent.yaml").toString()));
  }

  /** Through the launcher; driver and executor name the file. */
  @Test
  void shouldReadATableWhoseNameIsBeyondAscii() throws Exception {
    Path config = table("größe.yaml");
    Path run = folder.resolve("été");
    List<String> command = new ArrayList<>(List.of("bash", "" + Path.of("hindsight").toRealPath()));
    command.addAll(List.of("train", "" + config, "--run-dir", "" + run));
    command.addAll(List.of("--master", cluster.masterUrl(), "--set", "data.inputs=[größe]"));
    command.addAll(List.of("--set", "training.engine=local", "--conf=spark.ui.enabled=false"));
    command.add("--conf=spark.cores.max=1");
    try (LoggedProcess driver = cluster.run(command, Map.of(), folder.resolve("launched.log"))) {
      assertEquals(0, driver.exitCode(PATIENCE), driver.output());
      assertTrue(driver.output().contains(run.toString()), driver.output());
    }
    assertEquals("completed", SmallRun.status(run).get("state").asText());
  }

  @Test
  void shouldSayThatSparksLauncherHasLostAnArgument() throws Exception {
    String output = refused("sample", "--model", "model", "--prime", "Zoë");
    assertTrue(output.contains("'Zo??' may not be what was typed"), output);
    assertTrue(output.contains("export LC_ALL=C.UTF-8"), output);
  }

  @Test
  void shouldSayThatAFileOfTheConfigurationCannotBeNamed() throws Exception {
    String output = refused("gradcheck", table("plain.yaml").toString());
    assertTrue(output.contains("données.csv: the file cannot be named"), output);
    assertTrue(output.contains("export LC_ALL=C.UTF-8"), output);
  }

  /** What Spark's own script gives back, which starts a Java to find out how to start the other. */
  private static String refused(String... command) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("" + cluster.sparkHome().resolve("bin/spark-submit")));
    all.addAll(List.of("--master", "local[1]", "--class", Hindsight.class.getName(), "" + JAR));
    all.addAll(List.of(command));
    try (LoggedProcess driver =
        cluster.run(all, Map.of(), folder.resolve(command[0] + "-refused.log"))) {
      assertEquals(2, driver.exitCode(PATIENCE), driver.output());
      return driver.output();
    }
  }

  private static Path table(String config) throws IOException {
    Path data = folder.resolve("données.csv");
    Files.writeString(data, "größe\n1\n2\n3\n4\n5\n6\n7\n8\n");
    return Files.writeString(
        folder.resolve(config),
        """
        data: {format: csv, path: %s, options: {header: true}, time: größe,
          inputs: [größe], targets: [größe], split: {validation: 0, test: 0}}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, batch: 1, optimizer: {type: sgd, learning-rate: 0.1}}
        """
            .formatted(data));
  }

  private static int submit(String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--conf", "spark.ui.enabled=false"));
    arguments.addAll(List.of("--class", Hindsight.class.getName(), JAR.toString()));
    arguments.addAll(List.of(command));
    try (LoggedProcess driver =
        cluster.submit(arguments, folder.resolve(command[0] + "-driver.log"))) {
      int code = driver.exitCode(PATIENCE);
      System.out.println(driver.output());
      return code;
    }
  }

  private static long linesOfExecutors(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long lines = 0;
      for (Path log : files.filter(file -> file.endsWith("stderr")).toList()) {
        lines += Files.readString(log).lines().filter(line -> line.contains(text)).count();
      }
      return lines;
    }
  }
}
