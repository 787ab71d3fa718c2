package io.hindsight.driver.gate;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.FirstLook;
import io.hindsight.datasets.profile.Profiled;
import io.hindsight.datasets.profile.ProfiledColumns;
import io.hindsight.datasets.profile.ProfiledRow;
import io.hindsight.datasets.profile.SecondLook;
import io.hindsight.datasets.time.InstantReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Small tables with rows that are held here, and their profiles. */
final class ProfiledTables {
  private static final InstantReader UTC = new InstantReader(ZoneOffset.UTC);
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

  /**
   * A row.
   *
   * @param label null where there is none
   * @param values NaN where one is missing
   */
  record Row(String id, String time, String label, double... values) {}

  private ProfiledTables() {}

  static Profiled profile(List<String> columns, List<Row> rows, Optional<DataProfile> reference) {
    return profile(
        new ProfiledColumns(columns, List.of(), List.of()), rows, row -> null, reference);
  }

  /** The same of rows with a category, null where there is none, if there is a column of them. */
  static Profiled profile(
      ProfiledColumns columns,
      List<Row> rows,
      Function<Row, String> category,
      Optional<DataProfile> reference) {
    Function<Row, ProfiledRow> profiled =
        row -> {
          ProfiledRow made = profiled(row);
          for (int c = 0; c < columns.categories().size(); c++) {
            made.addCategory(c, category.apply(row));
          }
          return made;
        };
    FirstLook first = new FirstLook(columns, false, 1);
    rows.forEach(row -> first.add(profiled.apply(row)));
    SecondLook second = first.second(reference);
    rows.forEach(row -> second.add(profiled.apply(row)));
    return first.with(second);
  }

  private static ProfiledRow profiled(Row row) {
    ProfiledRow profiled = new ProfiledRow();
    Optional<Instant> instant = // a number of waves is none
        row.time().contains("-") ? UTC.read(row.time()) : Optional.empty();
    profiled.begin(row.id(), row.time().getBytes(StandardCharsets.UTF_8), instant);
    for (int c = 0; c < row.values().length; c++) {
      profiled.add(c, ProfiledRow.PLAIN, row.values()[c]);
    }
    if (row.label() != null) {
      profiled.addLabel(row.label());
    }
    return profiled;
  }

  /** Monthly CO₂: a trend and a season. */
  static List<Row> co2() {
    return lines("co2.csv").stream()
        .map(cells -> new Row(cells[0], cells[1], null, Double.parseDouble(cells[2])))
        .toList();
  }

  /** Short sequences, each with a label. */
  static List<Row> waves() {
    return lines("waves.csv").stream()
        .map(
            cells ->
                new Row(
                    cells[0],
                    "%04d".formatted(Integer.parseInt(cells[1])),
                    cells[3],
                    Double.parseDouble(cells[2])))
        .toList();
  }

  private static List<String[]> lines(String file) {
    try {
      return Files.readAllLines(Path.of("..", "datasets", "data", file)).stream()
          .skip(1)
          .map(line -> line.split(","))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hourly load and temperature of four meters from some day on: seasons of days and weeks. */
  static List<Row> meters(int firstDay, int days) {
    List<Row> rows = new ArrayList<>();
    for (int meter = 0; meter < 4; meter++) {
      for (int hour = 24 * firstDay; hour < 24 * (firstDay + days); hour++) {
        Random random = new Random(1_000_003L * meter + hour);
        double day = Math.sin(2 * Math.PI * hour / 24);
        double week = Math.sin(2 * Math.PI * hour / 168);
        double load = 50 + 8 * meter + 12 * day + 4 * week + 3 * random.nextGaussian();
        double heat = 9 + 6 * day - 2 * week + 1.5 * random.nextGaussian();
        rows.add(new Row("m" + meter, START.plusHours(hour).toString(), null, load, heat));
      }
    }
    return rows;
  }
}
