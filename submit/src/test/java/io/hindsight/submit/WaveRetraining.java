package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A retraining of seconds: a wave of 300 hours, of which twelve days are the window. */
final class WaveRetraining {
  private WaveRetraining() {}

  /** The table. */
  static String csv() {
    StringBuilder rows = new StringBuilder("station,time,load\n");
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int hour = 0; hour < 300; hour++) {
      double load = 20 + 5 * Math.sin(hour * Math.PI / 6);
      Instant time = start.plus(hour, ChronoUnit.HOURS);
      rows.append(String.format(Locale.ROOT, "north,%s,%.4f%n", time, load));
    }
    return rows.toString();
  }

  /**
   * The configuration.
   *
   * @param table path or URI
   */
  static String config(String table) {
    return """
        data: {format: csv, path: '%s', options: {header: true}, sequence: station,
          time: time, inputs: [load], targets: [load], scale: standardize,
          split: {by: time, validation: 24, test: 48}}
        model: {cell: gru, hidden: [6], output: {at: every-step}}
        training: {epochs: 12, batch: 8, bptt: {window: 24, stride: 8, carry-state: false},
          optimizer: {type: adam, learning-rate: 2.0e-2}, checkpoint: {every-steps: 5}}
        """
        .formatted(table);
  }

  /**
   * The command, without the program.
   *
   * @param config path of the configuration
   * @param registry path or URI
   */
  static List<String> command(String config, String registry) {
    return List.of(
        "retrain",
        config,
        "--registry",
        registry,
        "--from",
        "2026-01-01T00:00:00Z",
        "--to",
        "2026-01-13T00:00:00Z");
  }

  /** The hash of the champion's weights. */
  static String weights(String registry) throws IOException {
    return Registry.open(registry).champion().version().weightsSha256();
  }

  /** Nothing under versions but the champion, which became it once. */
  static void assertNoOtherModel(String registry) throws IOException {
    Registry opened = Registry.open(registry);
    String version = opened.champion().version().id();
    Storage storage = opened.storage();
    assertEquals(1, opened.history().size());
    assertEquals(List.of(version), storage.list(registry + "/versions"));
    assertEquals(
        List.of("MANIFEST.json", "blessing.json", "data.json", "model", "report.html"),
        storage.list(registry + "/versions/" + version));
  }
}
