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
import java.util.stream.Stream;

/** A retraining that is started by the same command again and again, as processes. */
final class RetrainLives {
  /** How long a retraining may take. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Path JAVA_OPTIONS = Path.of("target", "launcher", "java.options");

  private final Path folder;
  private final Path config;
  private int lives;

  /** Of a wave in a table in a folder. */
  RetrainLives(Path folder) throws IOException {
    this.folder = folder;
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

  /**
   * Starts it once more.
   *
   * @param registry its path or URI
   * @param options of this Java process
   */
  LoggedProcess start(String registry, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(Files.readString(JAVA_OPTIONS).strip().split("\\s+")));
    command.addAll(List.of("-Xmx600m", "-Dspark.master=local[1]", "-Dspark.ui.enabled=false"));
    command.addAll(List.of(StandaloneCluster.SHORT_LIVED.split(" ")));
    command.addAll(options);
    command.add("-Dlog4j2.configurationFile=" + Path.of("../conf/log4j2.properties").toRealPath());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Hindsight.class.getName()));
    command.addAll(List.of("retrain", config.toString(), "--registry", registry));
    command.addAll(List.of("--from", "2026-01-01T00:00:00Z", "--to", "2026-01-13T00:00:00Z"));
    return LoggedProcess.start(command, Map.of(), folder.resolve("life-" + ++lives + ".log"));
  }

  /** The hash of the champion's weights. */
  static String weights(Path registry) throws IOException {
    return Registry.open(registry.toString()).champion().version().weightsSha256();
  }

  /** Nothing under versions that has a manifest but the champion. */
  static void assertNoOtherModel(Path registry) throws IOException {
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
