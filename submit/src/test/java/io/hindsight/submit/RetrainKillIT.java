package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
import io.hindsight.driver.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Retrainings that are killed again and again in all their stages, and started by the same command:
 * in the end there is one version, the champion, with the weights of a run that nobody disturbed.
 *
 * <p>{@code -Dhindsight.retrain-kills=100} kills more often.
 */
class RetrainKillIT {
  private static final int KILLS = Integer.getInteger("hindsight.retrain-kills", 3);
  private static final long SEED = Long.getLong("hindsight.seed", System.nanoTime());
  private static final int DELAY_MICROS = 60_000; // at most, after the stage that is waited for
  private static final List<String> STAGES =
      List.of("publish", "train", "pointer", "verdict", "smoke", "data", "snapshot");
  private static final List<String> IN_ORDER =
      List.of("lease", "snapshot", "data", "train", "verdict", "publish", "smoke", "pointer");
  private static final Path JAVA_OPTIONS = Path.of("target", "launcher", "java.options");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern STAGE =
      Pattern.compile("\"state\" : \"(\\w+)\",\\s+\"stage\" : \"(\\w+)\"");

  private final Random random = new Random(SEED);
  @TempDir private Path folder;
  private Path config;
  private int lives;

  @BeforeEach
  void write() throws IOException {
    System.out.println("RetrainKillIT: -Dhindsight.seed=" + SEED);
    StringBuilder rows = new StringBuilder("station,time,load\n");
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int hour = 0; hour < 300; hour++) {
      rows.append(
          String.format(
              Locale.ROOT,
              "north,%s,%.4f%n",
              start.plus(hour, ChronoUnit.HOURS),
              20 + 5 * Math.sin(hour * Math.PI / 6)));
    }
    Path csv = Files.writeString(folder.resolve("wave.csv"), rows);
    config =
        Files.writeString(
            folder.resolve("wave.yaml"),
            """
            data: {format: csv, path: '%s', options: {header: true}, sequence: station,
              time: time, inputs: [load], targets: [load], scale: standardize,
              split: {by: time, validation: 24, test: 48}}
            model: {cell: gru, hidden: [6], output: {at: every-step}}
            training: {epochs: 12, batch: 8, bptt: {window: 24, stride: 8, carry-state: false},
              optimizer: {type: adam, learning-rate: 2.0e-2}, checkpoint: {every-steps: 5}}
            """
                .formatted(csv));
  }

  @Test
  void shouldMakeOneVersionOfTheSameWeightsHoweverOftenItIsKilled() throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    try (LoggedProcess life = start(undisturbed)) {
      assertEquals(0, life.exitCode(PATIENCE), life.output());
    }
    String expected = weights(undisturbed);
    Map<String, Integer> killed = new TreeMap<>();
    for (int kill = 0, registry = 0; kill < KILLS; registry++) {
      Path place = folder.resolve("registry-" + registry);
      for (boolean ended = false; !ended; ) {
        String target = kill < KILLS ? STAGES.get(kill % STAGES.size()) : "none";
        String struck = killIn(place, target);
        ended = struck.isEmpty();
        if (!ended) {
          killed.merge(struck, 1, Integer::sum);
          kill++;
        }
      }
      assertEquals(expected, weights(place));
      assertNoOtherModel(place);
    }
    System.out.println("RetrainKillIT: kills by stage " + killed);
  }

  /** The stage in which it was killed; empty if it came to its end before. */
  private String killIn(Path registry, String stage) throws Exception {
    try (LoggedProcess life = start(registry)) {
      while (life.handle().isAlive() && !isAt(registry, stage)) {
        TimeUnit.MICROSECONDS.sleep(500);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(DELAY_MICROS));
      if (life.handle().isAlive()) {
        life.handle().destroyForcibly();
        int code = life.exitCode(PATIENCE);
        return code == 0 ? "" : stage;
      }
      assertEquals(0, life.exitCode(PATIENCE), life.output());
      return "";
    }
  }

  /**
   * Whether the run that goes on now has come to a stage; that of an earlier life does not count.
   */
  private boolean isAt(Path registry, String stage) throws IOException {
    try (Stream<Path> runs = Files.list(registry.resolve("runs"))) {
      for (Path run : runs.toList()) {
        Path status = run.resolve("status.json");
        Matcher found = STAGE.matcher(Files.exists(status) ? Files.readString(status) : "");
        boolean isOfThisLife =
            Files.exists(status) && Files.getLastModifiedTime(status).toMillis() > begun;
        if (isOfThisLife && found.find()) {
          return found.group(1).equals("running")
              && IN_ORDER.indexOf(found.group(2)) >= IN_ORDER.indexOf(stage)
              && IN_ORDER.contains(stage);
        }
      }
      return false;
    } catch (IOException notThereYet) {
      return false;
    }
  }

  private long begun;

  private LoggedProcess start(Path registry) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(Files.readString(JAVA_OPTIONS).strip().split("\\s+")));
    command.addAll(List.of("-Xmx600m", "-Dspark.master=local[1]", "-Dspark.ui.enabled=false"));
    command.addAll(List.of(StandaloneCluster.SHORT_LIVED.split(" ")));
    command.add("-Dlog4j2.configurationFile=" + Path.of("../conf/log4j2.properties").toRealPath());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Hindsight.class.getName()));
    command.addAll(List.of("retrain", config.toString(), "--registry", registry.toString()));
    command.addAll(List.of("--from", "2026-01-01T00:00:00Z", "--to", "2026-01-13T00:00:00Z"));
    begun = System.currentTimeMillis();
    return LoggedProcess.start(command, Map.of(), folder.resolve("life-" + ++lives + ".log"));
  }

  private static String weights(Path registry) throws IOException {
    return Registry.open(registry.toString()).champion().version().weightsSha256();
  }

  /** Nothing under versions that has a manifest but the champion. */
  private static void assertNoOtherModel(Path registry) throws IOException {
    Registry opened = Registry.open(registry.toString());
    assertEquals(1, opened.list().size());
    assertEquals(1, opened.history().size());
    try (Stream<Path> files = Files.walk(registry.resolve("versions"))) {
      List<Path> manifests =
          files.filter(file -> file.endsWith("MANIFEST.json")).map(Path::getParent).toList();
      String version = opened.champion().version().id();
      assertTrue(
          manifests.stream()
              .allMatch(
                  place -> place.endsWith(version) || place.endsWith(Path.of(version, "model"))),
          manifests.toString());
    }
  }
}
