package io.hindsight.submit;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables of two short sequences with gaps, duplicates, changes of the clocks, and values that are
 * missing or constant, with the keys that are documented for them.
 */
final class DataCases {
  private static final int ROWS = 40;
  private static final String BERLIN = "window: {zone: Europe/Berlin}";

  private DataCases() {}

  /**
   * A table.
   *
   * @param keys of {@code data} beside the usual ones; TARGETS, where given, in place of them
   * @param rows lines of id, t, x, z, y
   * @param told null if it is trained on; else a part of the message that refuses it
   */
  record Case(String title, String keys, List<String> rows, String told) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Case trained(String title, String keys, List<String> rows) {
    return new Case(title, keys, rows, null);
  }

  private static Case refused(String title, String keys, List<String> rows, String told) {
    return new Case(title, keys, rows, told);
  }

  /** Rows of both sequences, at times that a step tells. */
  private static List<String> at(IntFunction<Object> time) {
    List<String> rows = new ArrayList<>();
    for (String id : List.of("a", "b")) {
      for (int t = 0; t < ROWS; t++) {
        double x = 10 + 3 * Math.sin(t / 3.0) + 0.1 * t + (id.equals("b") ? 5 : 0);
        double z = 2 + Math.cos(t / 5.0);
        double y = 10 + 3 * Math.sin((t + 1) / 3.0);
        rows.add(String.format(Locale.ROOT, "%s,%s,%.3f,%.3f,%.3f", id, time.apply(t), x, z, y));
      }
    }
    return rows;
  }

  private static List<String> hours() {
    return at(t -> LocalDateTime.of(2025, 1, 6, 0, 0).plusHours(t));
  }

  private static List<String> days() {
    return at(t -> LocalDate.of(2024, 2, 10).plusDays(t));
  }

  private static List<String> numbers() {
    return at(t -> t + 1);
  }

  /** Without some rows, which are counted over both sequences. */
  private static List<String> without(List<String> rows, int... left) {
    return IntStream.range(0, rows.size())
        .filter(row -> IntStream.of(left).noneMatch(gone -> gone == row))
        .mapToObj(rows::get)
        .toList();
  }

  private static List<String> with(List<String> rows, String... more) {
    return Stream.concat(rows.stream(), Stream.of(more)).toList();
  }

  /** With a cell replaced in every row that a step of its sequence is among. */
  private static List<String> cell(List<String> rows, int column, String value, int... steps) {
    return IntStream.range(0, rows.size())
        .mapToObj(
            row -> {
              String[] cells = rows.get(row).split(",", -1);
              if (IntStream.of(steps).anyMatch(step -> step == row % ROWS)) {
                cells[column] = value;
              }
              return String.join(",", cells);
            })
        .toList();
  }

  private static List<String> all(List<String> rows, int column, String value) {
    return cell(rows, column, value, IntStream.range(0, ROWS).toArray());
  }

  private static List<String> changed(List<String> rows, UnaryOperator<String> change) {
    return rows.stream().map(change).toList();
  }

  /** Steps of time: gaps, duplicates, grids, clocks. */
  static Stream<Case> times() {
    List<String> gaps = without(hours(), 5, 6, 17, 50, 71);
    List<String> twice = with(hours(), "a,2025-01-06T03:00,7,2,9", "b,2025-01-06T20:00,1,1,1");
    List<String> autumn = at(t -> LocalDateTime.of(2025, 10, 25, 12, 0).plusHours(t));
    List<String> spring =
        without(at(t -> LocalDateTime.of(2025, 3, 29, 12, 0).plusHours(t)), 14, 54);
    return Stream.of(
        trained("hours with gaps, by the rows there are", "season: 24", gaps),
        trained("gaps that are allowed", "frequency: 1h, gaps: allow", gaps),
        trained("gaps that carry the row before", "frequency: 1h, gaps: carry", gaps),
        trained("gaps that are told", "frequency: 1h, gaps: mask", gaps),
        trained("the common step", "frequency: auto, gaps: mask", gaps),
        trained("gaps and the time since the row before", "elapsed: true", gaps),
        trained("gaps several steps ahead", "horizon: 4, strategy: direct", gaps),
        trained("gaps and changes", "difference: true, frequency: 1h, gaps: carry", gaps),
        trained("the last of two rows", "duplicates: last", twice),
        trained("the mean of two rows", "duplicates: mean", twice),
        trained(
            "the hour that clocks show twice",
            "duplicates: mean, frequency: 1h, gaps: mask, " + BERLIN,
            with(autumn, "a,2025-10-26T02:00,7,2,9", "b,2025-10-26T02:00,7,2,9")),
        trained("the hour that clocks skip", "frequency: 1h, gaps: error, " + BERLIN, spring),
        trained(
            "a change of the clocks in UTC",
            "frequency: 1h, gaps: error, calendar: [hour], " + BERLIN,
            changed(autumn, row -> row.replaceFirst("(T\\d\\d:\\d\\d)", "$1Z"))),
        trained(
            "a clock that drifts",
            "frequency: 1h, gaps: error",
            at(t -> LocalDateTime.of(2025, 1, 6, 0, t % 5).plusHours(t))),
        trained("days with a leap day missing", "frequency: 1d, gaps: mask", without(days(), 19)),
        trained(
            "weeks", "frequency: 1w, gaps: error", at(t -> LocalDate.of(2025, 1, 6).plusWeeks(t))),
        trained(
            "ends of months",
            "frequency: 1mo, gaps: carry, calendar: [month]",
            without(at(t -> YearMonth.of(2022, 1).plusMonths(t).atEndOfMonth()), 4)),
        trained(
            "quarters",
            "frequency: 1q, gaps: error",
            at(t -> YearMonth.of(2010, 3).plusMonths(3L * t).atEndOfMonth())),
        trained("years", "frequency: 1y, gaps: error", at(t -> 1980 + t)),
        trained(
            "business days with holidays",
            "frequency: business-day, gaps: error, holidays: HOLIDAYS, calendar: [holiday]",
            at(DataCases::businessDay)),
        trained(
            "all of clock and calendar",
            "holidays: HOLIDAYS, calendar: [minute, hour, weekday, day-of-month, day-of-year, month, holiday]",
            hours()));
  }

  /** The t-th weekday from 8 January 2025 on but 13 January. */
  private static LocalDate businessDay(int t) {
    LocalDate day = LocalDate.of(2025, 1, 8);
    for (int left = t; left > 0; left--) {
      day = day.plusDays(day.getDayOfWeek().getValue() == 5 ? 3 : 1);
      day = day.equals(LocalDate.of(2025, 1, 13)) ? day.plusDays(1) : day;
    }
    return day;
  }

  /** Values that are missing or constant, and short sequences. */
  static Stream<Case> values() {
    List<String> missing = cell(cell(numbers(), 2, "", 0, 3, 4, 20, 38), 3, " ", 7, 30);
    List<String> untold = cell(numbers(), 4, "", 2, 9, 30);
    List<String> classes =
        IntStream.range(0, 2 * ROWS)
            .mapToObj(
                row -> numbers().get(row).replaceFirst("[^,]*$", row % 7 == 2 ? "" : "k" + row % 2))
            .toList();
    Stream<Case> scales =
        Stream.of("standardize", "minmax", "log", "log1p", "robust", "none")
            .map(
                scale ->
                    trained(
                        "missing: mean scaled by " + scale,
                        "missing: mean, scale: " + scale,
                        missing));
    return Stream.concat(
        scales,
        Stream.of(
            trained("the value before", "missing: last", missing),
            trained("the value before scaled by log", "missing: last, scale: log", missing),
            trained("missing read as zero", "missing: zero", missing),
            trained("a rule for each column", "missing: {x: last, z: zero}", missing),
            trained("NaN", "missing: mean", cell(numbers(), 2, "NaN", 4, 21)),
            trained("changes of filled values", "missing: last, difference: true", missing),
            trained(
                "filled by the mean of each sequence",
                "missing: mean, scale-by: sequence",
                missing),
            trained(
                "filled by the mean of the last rows",
                "missing: mean, scale-by: window, scale-window: 4, scale: robust",
                missing),
            trained("no value at all", "missing: zero, scale: none", all(numbers(), 3, "")),
            trained("only one value", "missing: mean", cell(all(numbers(), 3, ""), 3, "4", 5)),
            trained("a constant input", "scale: standardize", all(numbers(), 3, "7")),
            trained("a constant input and the range", "scale: minmax", all(numbers(), 3, "7")),
            trained("a constant input and quartiles", "scale: robust", all(numbers(), 3, "7")),
            trained(
                "a constant input with gaps",
                "missing: last",
                cell(all(numbers(), 3, "7"), 3, "", 0, 8, 39)),
            trained("a constant target", "scale: standardize", all(numbers(), 4, "7")),
            trained("targets without a value", "missing-targets: skip", untold),
            trained("those of changes", "missing-targets: skip, difference: true", untold),
            trained(
                "classes without a label",
                "missing-targets: skip, target-kind: class, split: {by: time}",
                classes),
            trained(
                "a sequence of one row, and one without values",
                "season: 12",
                with(numbers(), "c,1,3,3,3", "d,1,,,", "d,2,,,", "d,3,,,"))));
  }

  /** What is refused. */
  static Stream<Case> refusals() {
    List<String> hours = hours();
    String gap = "frequency: 1h, gaps: error";
    return Stream.of(
        refused("two rows of one time", "season: 12", with(numbers(), "a,4,7,2,9"), "time 4"),
        refused(
            "duplicates whose labels differ",
            "duplicates: mean, target-kind: class, split: {by: time}",
            with(all(numbers(), 4, "k"), "a,4,7,2,other"),
            "other"),
        refused("missing steps", gap, without(hours, 5, 6), "2 steps without"),
        refused("plain numbers on a grid", gap, numbers(), "data.frequency is given"),
        refused("plain numbers of a calendar", "calendar: [hour]", numbers(), "data.calendar is"),
        refused(
            "a row beside the grid",
            "frequency: 1h",
            with(hours, "a,2025-01-06T03:30,7,2,9"),
            "nearest step"),
        refused(
            "two rows at one step",
            "frequency: 1h",
            with(hours, "a,2025-01-06T03:03,7,2,9"),
            "at the step of"),
        refused("far too many gaps", "frequency: 1s, gaps: carry", hours, "at most"),
        refused(
            "no common step",
            "frequency: auto",
            at(t -> LocalDateTime.of(2025, 1, 6, 0, 0).plusMinutes((long) t * t * t)),
            "needs a step that most rows are apart"),
        refused("a row of a Saturday", "frequency: business-day", days(), "2024-02-1"),
        refused(
            "a time that no clock shows",
            gap + ", " + BERLIN,
            at(t -> LocalDateTime.of(2025, 3, 29, 12, 0).plusHours(t)),
            "2025-03-30T02:00"),
        refused("a missing input", "season: 12", cell(numbers(), 2, "", 4), "data.missing: last"),
        refused(
            "a missing target", "season: 12", cell(numbers(), 4, "", 4), "data.missing-targets"),
        refused(
            "a column without a rule",
            "missing: {x: mean}",
            cell(numbers(), 3, "", 4),
            "data.missing: last"),
        refused("a mean of nothing", "missing: mean", all(numbers(), 3, ""), "must have a value"),
        refused("infinity", "missing: mean", cell(numbers(), 2, "Infinity", 4), "must be finite"),
        refused("NaN without a rule", "season: 12", cell(numbers(), 2, "NaN", 4), "finite"),
        refused("a word", "missing: mean", cell(numbers(), 2, "none", 4), "must be a number"),
        refused("a logarithm of 0", "scale: log", cell(numbers(), 2, "0", 4), "log"),
        refused("only short sequences", "min-length: 99", numbers(), "data.min-length"));
  }
}
