package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Data with which nothing is wrong, and two windows of it: a registry gets its first model from
 * one, and the next from the other.
 *
 * @param config of the retrainings
 * @param windows the first and the second
 */
record CleanSample(RunConfig config, List<TimeWindow> windows) {
  private static final int EPOCHS = 100; // until it learns no more: else models differ by luck
  private static final String UPDATES =
      """
        optimizer: {type: adam, learning-rate: 1.0e-2}
        schedule: {type: cosine}
        clip: {norm: 1.0}
      """;

  /** Where samples come from. */
  enum Source {
    /** Loads of four stations, and a day later. */
    LOADS,
    /** Waves in an order that chance decides, one a day. */
    WAVES,
    /** 28 of the 39 years of CO₂ on Mauna Loa, and a year later. */
    CO2;

    /** Draws a sample. */
    CleanSample draw(Path folder, int number) throws IOException {
      return switch (this) {
        case CO2 -> co2(number);
        case WAVES -> waves(folder, number);
        case LOADS -> loads(folder, number);
      };
    }
  }

  /** The retraining of a window. */
  RetrainRequest request(String registry, int window) {
    return new RetrainRequest(
        config,
        registry,
        windows.get(window),
        Optional.empty(),
        RetrainRequest.Start.SCRATCH,
        true);
  }

  private static CleanSample loads(Path folder, int number) throws IOException {
    Loads loads = new Loads(folder, number);
    loads.write(loads.rows());
    RetrainRequest first = loads.request(0, EPOCHS);
    return new CleanSample(
        first.config(), List.of(first.window(), loads.request(1, EPOCHS).window()));
  }

  private static CleanSample co2(int number) {
    LocalDate start = LocalDate.of(1959, 1, 1).plusMonths(number * 7L % 120);
    String yaml =
        """
        name: co2
        seed: %d
        data:
          format: csv
          path: '%s'
          options: {header: true}
          sequence: station
          time: month
          inputs: [ppm]
          targets: [ppm]
          target-kind: value
          horizon: 1
          difference: true
          season: 12
          split: {by: time, validation: 48, test: 48}
        model: {cell: lstm, hidden: [16], output: {at: every-step}, initial: {forget-bias: 1}}
        training:
          epochs: 40
          batch: 8
          bptt: {window: 48, stride: 4, carry-state: false}
        """
            .formatted(number, data("co2.csv"));
    return new CleanSample(
        ConfigReader.read(yaml + UPDATES, "co2.yaml", List.of()),
        List.of(
            window(start, start.plusYears(28)), window(start.plusYears(1), start.plusYears(29))));
  }

  private static CleanSample waves(Path folder, int number) throws IOException {
    Path csv = folder.resolve("waves.csv");
    List<List<String>> waves = shuffled(number);
    LocalDate start = LocalDate.of(2024, 1, 1);
    Files.write(csv, dated(waves, start));
    String yaml =
        """
        name: waves
        seed: %d
        data:
          format: csv
          path: '%s'
          options: {header: true}
          sequence: id
          time: time
          inputs: [value]
          targets: [label]
          target-kind: class
          horizon: 0
          split: {by: time, validation: 0.15, test: 0.15}
        model: {cell: gru, hidden: [32], output: {at: last-step}, initial: {type: orthogonal}}
        training:
          epochs: 30
          batch: 32
        """
            .formatted(number, csv);
    int length = waves.size() * 7 / 8;
    int move = waves.size() - length;
    return new CleanSample(
        ConfigReader.read(yaml + UPDATES, "waves.yaml", List.of()),
        List.of(
            window(start, start.plusDays(length)),
            window(start.plusDays(move), start.plusDays(move + length))));
  }

  /** The lines of each wave, in an order that chance decides. */
  private static List<List<String>> shuffled(int seed) throws IOException {
    Map<String, List<String>> byId = new TreeMap<>();
    for (String line : Files.readAllLines(data("waves.csv"))) {
      byId.computeIfAbsent(line.split(",")[0], id -> new ArrayList<>()).add(line);
    }
    byId.remove("id"); // the header
    List<List<String>> waves = new ArrayList<>(byId.values());
    Collections.shuffle(waves, new Random(seed));
    return waves;
  }

  /** One wave a day, a row every minute. */
  private static List<String> dated(List<List<String>> waves, LocalDate start) {
    List<String> lines = new ArrayList<>(List.of("id,time,value,label"));
    Instant day = start.atStartOfDay(ZoneOffset.UTC).toInstant();
    for (List<String> wave : waves) {
      Instant time = day;
      for (String line : wave) {
        String[] cells = line.split(",");
        lines.add(String.join(",", cells[0], time.toString(), cells[2], cells[3]));
        time = time.plus(1, ChronoUnit.MINUTES);
      }
      day = day.plus(1, ChronoUnit.DAYS);
    }
    return lines;
  }

  private static Path data(String name) {
    return Path.of("../datasets/data", name).toAbsolutePath().normalize();
  }

  private static TimeWindow window(LocalDate from, LocalDate to) {
    return new TimeWindow(
        from.atStartOfDay(ZoneOffset.UTC).toInstant(), to.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
