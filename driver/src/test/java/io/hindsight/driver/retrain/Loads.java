package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Hours of four stations, whose load follows the time of day and the temperature: what a trial of
 * the gates is made of. Cells are texts, so that anything can be wrong with them.
 */
final class Loads {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int LENGTH = 240; // hours of a window
  static final int MOVE = 24; // hours from one window to the next

  /** A row, to be spoilt. */
  static final class Row {
    String station;
    Instant time;
    String load;
    String temperature;

    /** The load as a number. */
    double value() {
      return Double.parseDouble(load);
    }

    void load(double value) {
      load = String.format(Locale.ROOT, "%.4f", value);
    }
  }

  private final long seed;
  private final Path folder;

  Loads(Path folder, long seed) {
    this.folder = folder;
    this.seed = seed;
  }

  /** Two windows, the second of which begins a day later. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int station = 0; station < 4; station++) {
      SplittableRandom random = new SplittableRandom(seed * 31 + station);
      double weather = 10;
      for (int hour = 0; hour < LENGTH + MOVE; hour++) {
        weather += random.nextDouble() - 0.5 + 0.05 * (10 - weather);
        Row row = new Row();
        row.station = "s" + station;
        row.time = START.plus(hour, ChronoUnit.HOURS);
        row.temperature = String.format(Locale.ROOT, "%.4f", weather);
        double day = Math.sin((hour + station) * Math.PI / 12);
        row.load(50 + 10 * day - weather + 0.5 * random.nextDouble());
        rows.add(row);
      }
    }
    return rows;
  }

  void write(List<Row> rows) throws IOException {
    StringBuilder csv = new StringBuilder("station,time,load,temperature\n");
    for (Row row : rows) {
      csv.append(row.station).append(',').append(row.time).append(',');
      csv.append(row.load).append(',').append(row.temperature).append('\n');
    }
    Files.writeString(folder.resolve("loads.csv"), csv);
  }

  /** The first window, or the second; trained briefly. */
  RetrainRequest request(int window) {
    return request(window, 24);
  }

  /** The same, trained for so many epochs. */
  RetrainRequest request(int window, int epochs) {
    Instant from = START.plus((long) window * MOVE, ChronoUnit.HOURS);
    TimeWindow range = new TimeWindow(from, from.plus(LENGTH, ChronoUnit.HOURS));
    return new RetrainRequest(
        config(epochs),
        folder.resolve("registry").toString(),
        range,
        Optional.empty(),
        RetrainRequest.Start.SCRATCH,
        true);
  }

  private RunConfig config(int epochs) {
    return ConfigReader.read(
        """
        name: loads
        data:
          format: csv
          path: '%s'
          options: {header: true}
          sequence: station
          time: time
          inputs: [load, temperature]
          targets: [load]
          split: {by: time, validation: 24, test: 48}
        model: {cell: gru, hidden: [8], output: {at: every-step}}
        training:
          epochs: %d
          batch: 8
          bptt: {window: 24, stride: 12, carry-state: false}
          optimizer: {type: adam, learning-rate: 2.0e-2}
          schedule: {type: cosine}
        """
            .formatted(folder.resolve("loads.csv"), epochs),
        "loads.yaml",
        List.of());
  }
}
