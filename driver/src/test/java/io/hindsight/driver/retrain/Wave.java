package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** A table of two stations and an hourly wave with noise, which grows; and its retrainings. */
final class Wave {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int LENGTH = 240; // hours of a window

  private final Path folder;
  private final String zone;
  private final List<String> rows = new ArrayList<>();
  private int hours;

  Wave(Path folder) throws IOException {
    this(folder, "");
  }

  /**
   * A table whose times are of a zone.
   *
   * @param zone empty to write them in UTC, with the offset
   */
  Wave(Path folder, String zone) throws IOException {
    this.folder = folder;
    this.zone = zone;
    grow(LENGTH);
  }

  /** Adds hours at the end. */
  void grow(int more) throws IOException {
    grow(more, value -> value);
  }

  /** Adds hours at the end whose values are not what they were. */
  void grow(int more, DoubleUnaryOperator change) throws IOException {
    SplittableRandom random = new SplittableRandom(7 + hours);
    for (int hour = hours; hour < hours + more; hour++) {
      for (String station : List.of("north", "south")) {
        double phase = station.equals("north") ? 0 : 1;
        double value = 20 + 5 * Math.sin(hour * Math.PI / 6 + phase) + random.nextDouble() / 2;
        rows.add(
            String.format(
                Locale.ROOT,
                "%s,%s,%.4f",
                station,
                time(START.plus(hour, ChronoUnit.HOURS)),
                change.applyAsDouble(value)));
      }
    }
    hours += more;
    Files.writeString(csv(), "station,time,load\n" + String.join("\n", rows) + "\n");
  }

  /**
   * Writes another table.
   *
   * @param periods hours of the wave of each station
   */
  void write(Path file, int from, int to, int... periods) throws IOException {
    SplittableRandom random = new SplittableRandom(11 + from);
    List<String> lines = new ArrayList<>(List.of("station,time,load"));
    for (int hour = from; hour < to; hour++) {
      for (int station = 0; station < periods.length; station++) {
        double wave = Math.sin(2 * Math.PI * hour / periods[station]);
        double value = 20 + 5 * wave + random.nextDouble() / 2;
        String time = time(START.plus(hour, ChronoUnit.HOURS));
        lines.add(String.format(Locale.ROOT, "s%d,%s,%.4f", station, time, value));
      }
    }
    Files.write(file, lines);
  }

  private String time(Instant instant) {
    return zone.isEmpty()
        ? instant.toString()
        : LocalDateTime.ofInstant(instant, ZoneId.of(zone)).toString();
  }

  private Path csv() {
    return folder.resolve("wave.csv");
  }

  /** The registry of its retrainings, as it is now. */
  Registry open() {
    return Registry.open(registry());
  }

  /** The version that is the champion now. */
  String champion() throws IOException {
    return open().state().orElseThrow().version();
  }

  String registry() {
    return folder.resolve("registry").toString();
  }

  /** A configuration that trains for a second. */
  String yaml() {
    return """
        name: wave
        seed: 3
        data:
          format: csv
          path: '%s'
          options: {header: true}
          sequence: station
          time: time
          inputs: [load]
          targets: [load]
          horizon: 1
          scale: standardize
          split: {by: time, validation: 24, test: 48}
          window: {length: PT240H}
        model: {cell: gru, hidden: [6], output: {at: every-step}}
        training:
          epochs: 12
          batch: 8
          bptt: {window: 24, stride: 8, carry-state: false}
          optimizer: {type: adam, learning-rate: 2.0e-2}
          checkpoint: {every-steps: 10}
        """
        .formatted(csv());
  }

  RunConfig config(String... changes) {
    List<String> all = new ArrayList<>(List.of(changes));
    if (!zone.isEmpty()) {
      all.add("data.window.zone=" + zone);
    }
    return ConfigReader.read(yaml(), "wave.yaml", all);
  }

  /** The window that ends so many hours after the start. */
  static TimeWindow window(int end) {
    Instant to = START.plus(end, ChronoUnit.HOURS);
    return new TimeWindow(to.minus(LENGTH, ChronoUnit.HOURS), to);
  }

  /** A retraining of the window that ends with the data. */
  RetrainRequest request(String... changes) {
    return request(window(hours), config(changes));
  }

  RetrainRequest request(TimeWindow window, RunConfig config) {
    return new RetrainRequest(
        config, registry(), window, Optional.empty(), RetrainRequest.Start.SCRATCH, true);
  }
}
