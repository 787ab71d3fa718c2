package io.hindsight.datasets.profile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Profiles rows that are held here, as tasks profile those of a table. */
public final class Profiles {
  /**
   * A row.
   *
   * @param time orders rows as its text does
   * @param label null where there is none
   * @param values NaN where one is missing
   */
  public record Row(String id, String time, String label, double... values) {}

  private Profiles() {}

  /** The profile of some rows. */
  public static Profiled of(List<String> columns, List<Row> rows, Optional<DataProfile> reference) {
    return of(columns, List.of(rows), reference);
  }

  /** The same of rows in parts, which are merged. */
  static Profiled of(
      List<String> columns, Iterable<List<Row>> parts, Optional<DataProfile> reference) {
    FirstLook first = new FirstLook(new ProfiledColumns(columns, List.of(), List.of()), false, 1);
    for (List<Row> part : parts) {
      FirstLook some = new FirstLook(new ProfiledColumns(columns, List.of(), List.of()), false, 1);
      part.forEach(row -> some.add(profiled(row)));
      first.merge(some);
    }
    SecondLook second = first.second(reference);
    for (List<Row> part : parts) {
      SecondLook some = second.none();
      part.forEach(row -> some.add(profiled(row)));
      second.merge(some);
    }
    return first.with(second);
  }

  private static ProfiledRow profiled(Row row) {
    ProfiledRow profiled = new ProfiledRow();
    profiled.begin(
        row.id(),
        row.time() == null ? null : row.time().getBytes(StandardCharsets.UTF_8),
        Optional.empty());
    for (int c = 0; c < row.values().length; c++) {
      profiled.add(c, ProfiledRow.PLAIN, row.values()[c]);
    }
    if (row.label() != null) {
      profiled.addLabel(row.label());
    }
    return profiled;
  }

  /** Rows with other values in one column. */
  public static List<Row> changed(List<Row> rows, UnaryOperator<Row> change) {
    return new ArrayList<>(rows.stream().map(change).toList());
  }
}
