package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.PartedNetwork;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers are cut off the network for 5 to 30 seconds, by the steps that the driver has made. The
 * run either goes on or ends with exit code 6, and resumes: {@code -Dhindsight.cuts=20} for many.
 * Shards have several pages; with resident tasks and Spark's own timeouts a worker stays cut off
 * until the run has gone on without it. Driver and executors run on the reference kernels, so that
 * a small network takes as long as a step must for a cut of seconds to fall into many.
 */
class NetworkCutIT {
  private static final int CUTS = Integer.getInteger("hindsight.cuts", 1);
  private static final int SHORTEST = 5; // s
  private static final int LONGEST = Integer.getInteger("hindsight.cuts.longest", 6);
  private static final int STRIDE = 15 * LONGEST; // steps per cut; about as many as it lasts
  private static final int RETRYABLE = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(12);

  private static final String CONFIG =
      """
      name: cut
      seed: 7
      data: {format: generator, name: adding, length: 100, sequences: 2000}
      model: {cell: lstm, hidden: [24], output: {at: last-step}}
      training:
        steps: %d
        batch: 32
        engine: %s
        optimizer: {type: adam, learning-rate: 2.0e-3}
        clip: {norm: 1.0}
        checkpoint: {every-steps: 50}
      """;

  /** Eight pages a shard for resident tasks, two or three for a task of a step's job. */
  private static final String SMALL_PAGES = "spark.hindsight.message.bytes=131072";

  /** So that a cut outlasts them. */
  private static final List<String> IMPATIENT =
      List.of(
          "spark.network.timeout=4s",
          "spark.network.timeoutInterval=1s",
          "spark.executor.heartbeatInterval=1s",
          "spark.rpc.askTimeout=4s");

  private static final int FIRST = 40; // steps
  private static final int STEPS = FIRST + STRIDE * CUTS + 20;

  private static String expected;
  private static PartedNetwork network;
  private static StandaloneCluster cluster; // of which nothing is left cut off

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Optional<PartedNetwork> permitted = PartedNetwork.ifPermitted(folder);
    Assumptions.assumeTrue(permitted.isPresent(), "needs the right to make network namespaces");
    network = permitted.get();
    cluster = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, network);
    expected = trainUndisturbed(folder.resolve("run"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String trainUndisturbed(Path folder) {
    String text = CONFIG.formatted(STEPS, "local");
    RunConfig config = ConfigReader.read(text, "local", List.of());
    return TrainingRun.start(config, new RunDirectory(folder), false).weightsSha256();
  }

  @Test
  void shouldTrainOnResidentTasksToTheSameBits() throws Exception {
    check("spark-resident", List.of());
  }

  @Test
  void shouldTrainOnResidentTasksToTheSameBitsWhenTheCutOutlastsTheTimeouts() throws Exception {
    check("spark-resident", IMPATIENT);
  }

  @Test
  void shouldTrainInJobsToTheSameBits() throws Exception {
    check("spark-jobs", IMPATIENT);
  }

  private void check(String engine, List<String> settings) throws Exception {
    awaitNoExecutor();
    Run run = new Run(settings, settings.isEmpty());
    Files.writeString(run.config(), CONFIG.formatted(STEPS, engine));
    assertEquals(expected, run.withCuts());
    System.out.printf(
        "%s, %d cuts of %.1f s on average, %d steps, %s: hash as undisturbed; %d clean ends and"
            + " resumes; seconds from cut to 20 steps later: %s%n",
        engine, CUTS, run.cutSeconds / CUTS, STEPS, settings, run.resumes, run.recovery);
  }

  /** Those of a driver that has ended leave the cores to the next. */
  private static void awaitNoExecutor() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!cluster.executors().isEmpty()) {
      assertTrue(System.nanoTime() < end, "still running: " + cluster.executors());
      Thread.sleep(100);
    }
  }

  /** The driver, begun again where it ends with exit code 6. */
  private final class Run {
    private final List<String> settings;
    private final boolean untilOthersGoOn;
    private final CounterRandom random = CounterRandom.of(CUTS, Purpose.GENERATED_DATA, 5);
    private final List<String> recovery = new ArrayList<>(); // s
    private double cutSeconds;
    private int resumes;

    Run(List<String> settings, boolean untilOthersGoOn) {
      this.settings = settings;
      this.untilOthersGoOn = untilOthersGoOn;
    }

    Path config() {
      return folder.resolve("cut.yaml");
    }

    String withCuts() throws Exception {
      LoggedProcess driver = start();
      for (int cut = 1; cut <= CUTS; cut++) {
        driver = awaitStep(FIRST + (long) STRIDE * (cut - 1), driver);
        int worker = random.nextInt(2);
        int millis = 1000 * SHORTEST + random.nextInt(1000 * (LONGEST - SHORTEST) + 1);
        long before = System.nanoTime();
        long steps = steps();
        assertTrue(steps + 20 < STEPS, "the run ends before cut " + cut);
        network.cut(worker);
        Thread mending = new Thread(() -> mendAfter(worker, millis), "mending");
        if (untilOthersGoOn) {
          driver = awaitStep(steps + 20, driver);
          assertFalse(driver.output().contains("Lost executor"), "waited until Spark gave it up");
        }
        mending.start();
        driver = awaitStep(steps + 20, driver);
        recovery.add("%.1f".formatted((System.nanoTime() - before) / 1e9));
        mending.join();
        cutSeconds += millis / 1e3;
      }
      while (true) {
        int code = driver.exitCode(PATIENCE);
        if (code == 0) {
          return driver.output().replaceAll("(?s).*weights (\\w+).*", "$1");
        }
        driver = again(driver, code);
      }
    }

    private void mendAfter(int worker, int millis) {
      try {
        Thread.sleep(millis);
        network.mend(worker);
      } catch (Exception e) {
        throw new IllegalStateException("worker " + worker + " stays cut off", e);
      }
    }

    private LoggedProcess awaitStep(long step, LoggedProcess first) throws Exception {
      LoggedProcess driver = first;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (steps() < step) {
        if (!driver.handle().isAlive()) {
          driver = again(driver, driver.exitCode(PATIENCE));
        }
        assertTrue(System.nanoTime() < end, "no step " + step + ":\n" + driver.output());
        Thread.sleep(20);
      }
      return driver;
    }

    /** Anything but success and exit code 6 is a failure of the test. */
    private LoggedProcess again(LoggedProcess ended, int code) throws Exception {
      assertEquals(RETRYABLE, code, ended.output());
      resumes++;
      return start();
    }

    private long steps() throws IOException {
      Path metrics = folder.resolve("run/metrics.jsonl");
      if (!Files.exists(metrics)) {
        return 0;
      }
      try (Stream<String> lines = Files.lines(metrics)) {
        return lines.filter(line -> line.contains("\"grad_norm\"")).count();
      }
    }

    private LoggedProcess start() throws Exception {
      boolean resume = resumes > 0;
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
      command.addAll(List.of(StandaloneCluster.shortLived().split(" ")));
      command.addAll(List.of("-Xmx1g", "-cp", StandaloneCluster.classPath()));
      command.add("-Dspark.master=" + cluster.masterUrl());
      command.add("-Dspark.home=" + cluster.sparkHome());
      command.add("-Dspark.executor.extraClassPath=" + StandaloneCluster.executorClassPath());
      command.add("-Dspark.executor.extraJavaOptions=" + StandaloneCluster.shortLived());
      command.add("-Dspark.plugins=" + HindsightPlugin.class.getName());
      command.add("-Dspark.driver.host=" + network.host());
      command.add("-Dspark.ui.enabled=false");
      command.add("-D" + SMALL_PAGES);
      settings.forEach(setting -> command.add("-D" + setting));
      command.add(TrainingMain.class.getName());
      String directory = folder.resolve("run").toString();
      command.addAll(List.of(config().toString(), directory, "" + resume));
      return LoggedProcess.start(
          network.wrap(command),
          Map.of("SPARK_LOCAL_IP", network.host()),
          folder.resolve("driver-" + resumes + ".log"));
    }
  }
}
