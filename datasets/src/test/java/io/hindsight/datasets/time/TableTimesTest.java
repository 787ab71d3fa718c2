package io.hindsight.datasets.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.columns.RawRows;
import io.hindsight.datasets.columns.RawSide;
import io.hindsight.datasets.columns.RowNumbers;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TableTimesTest {
  private static final int ROWS = 100;

  /** Every way in which rows follow each other evenly: a name, the step, and a row's time. */
  static List<Arguments> even() {
    LocalDate day = LocalDate.parse("2019-01-31");
    LocalDateTime hour = LocalDateTime.parse("2022-01-01T00:00:00");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    return List.of(
        kind("row numbers", "1", i -> "" + i),
        kind("years", "1", i -> "" + (1900 + i)),
        kind("every fifth", "5", i -> "" + (1000 + 5 * i)),
        kind("decimals", "0.25", i -> "" + i / 4.0),
        kind("decimals that are rounded", "0.1", i -> "" + i * 0.1),
        kind("seconds since 1970", "3600", i -> "" + (1_640_995_200L + 3600 * i)),
        kind("nanoseconds since 1970", "60000000000", i -> (1_640_995_200L + 60 * i) + "000000000"),
        kind("hours", "1 h", i -> hour.plusHours(i).toString().replace('T', ' ') + ":00"),
        kind("quarters of an hour", "15 min", i -> hour.plusMinutes(15 * i) + "+02:00"),
        kind("instants", "1 s", i -> Instant.ofEpochSecond(1_640_995_200 + i).toString()),
        kind("tenths of seconds", "100 ms", i -> Instant.ofEpochMilli(100L * i).toString()),
        kind("days", "1 d", i -> day.plusDays(i).toString()),
        kind("days with slashes", "1 d", i -> day.plusDays(i).toString().replace('-', '/')),
        kind("days as digits", "1 d", i -> day.plusDays(i).toString().replace("-", "")),
        kind(
            "midnights of a zone with summer time",
            "1 d",
            i -> day.plusDays(i).atStartOfDay(berlin).toInstant().toString()),
        kind("weeks", "7 d", i -> day.plusWeeks(i).toString()),
        kind("45 days", "45 d", i -> day.plusDays(45 * i).toString()),
        kind("months", "1 month", i -> day.plusMonths(i).toString().substring(0, 7)),
        kind(
            "months as digits",
            "1 month",
            i -> day.plusMonths(i).toString().substring(0, 7).replace("-", "")),
        kind("the 1st of months", "1 month", i -> day.withDayOfMonth(1).plusMonths(i).toString()),
        kind("ends of months", "1 month", i -> day.plusMonths(i).toString()),
        kind("the 30th", "1 month", i -> day.withDayOfMonth(30).plusMonths(i).toString()),
        kind(
            "months begun in a zone with summer time",
            "1 month",
            i -> day.withDayOfMonth(1).plusMonths(i).atStartOfDay(berlin).toInstant().toString()),
        kind("last business days", "1 month", i -> lastBusinessDay(day.plusMonths(i)).toString()),
        kind("days of months since 1970", "31", i -> "" + day.plusMonths(i).toEpochDay()),
        kind("ends of quarters", "3 months", i -> day.plusMonths(2 + 3 * i).toString()),
        kind("the 1st of years", "1 year", i -> day.withDayOfMonth(1).plusYears(i).toString()),
        kind("leap days and ends of February", "1 year", i -> february(2000 + i).toString()),
        kind("business days", "1 day of Mon Tue Wed Thu Fri", i -> businessDay(i).toString()),
        kind(
            "business days of a zone",
            "1 day of Mon Tue Wed Thu Sun",
            i -> businessDay(i).atStartOfDay(berlin).toInstant().toString()),
        kind(
            "a clock that is not exact",
            "1 min",
            i -> Instant.ofEpochMilli(60_000L * i + (i * 7919 % 5) * 200).toString()));
  }

  private static Arguments kind(String name, String step, IntFunction<String> time) {
    return Arguments.of(name, step, time);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("even")
  void shouldFindTheStepOfEvenRows(String name, String step, IntFunction<String> time) {
    RawSequence raw = sequence("a", IntStream.range(0, ROWS).mapToObj(time).toList());
    TableTimes times = TableTimes.find(List.of(raw));
    Spacing spacing = SpacingMeter.of(List.of(raw), times, 1).orElseThrow();

    if (!name.contains("not exact")) {
      assertEquals(Optional.of(step), spacing.step());
    }
    assertTrue(spacing.isEven(), spacing::describe);
    assertTrue(spacing.byTime());
    assertEquals(0, spacing.withoutTarget());
    assertEquals(Optional.empty(), spacing.longest());
    assertEquals(57, times.line(raw).after(50, 7));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("even")
  void shouldFindTheRowsAtATimeWhereSomeAreMissing(
      String name, String step, IntFunction<String> time) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      if (i != 20 && i != 40 && i != 41) {
        kept.add(i);
      }
    }
    RawSequence raw = sequence("a", kept.stream().map(time::apply).toList());
    TableTimes times = TableTimes.find(List.of(raw));
    Spacing spacing = SpacingMeter.of(List.of(raw), times, 1).orElseThrow();

    assertEquals(96, spacing.steps());
    assertEquals(2, spacing.gaps());
    assertEquals(3, spacing.missing());
    assertEquals(0, spacing.shorter());
    assertEquals(2, spacing.withoutTarget());
    assertEquals(time.apply(39), spacing.longest().orElseThrow().from());
    assertEquals(time.apply(42), spacing.longest().orElseThrow().to());
    for (int row = 0; row < kept.size(); row++) {
      for (int horizon : new int[] {0, 1, 3, 12}) {
        assertEquals(
            kept.indexOf(kept.get(row) + horizon), times.line(raw).after(row, horizon), name);
        assertEquals(
            kept.indexOf(kept.get(row) - horizon), times.line(raw).before(row, horizon), name);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("even")
  void shouldTellTheTimeOfATargetAsTheTableWouldWriteIt(
      String name, String step, IntFunction<String> time) {
    RawSequence raw = sequence("a", IntStream.range(0, ROWS).mapToObj(time).toList());
    TableTimes times = TableTimes.find(List.of(raw));

    assertTrue(times.later(raw, 0).isEmpty());
    // What no step tells: a clock's errors, rounding, a zone's changes, business days of months.
    boolean known =
        !name.contains("exact")
            && !name.contains("round")
            && !name.contains("zone")
            && !name.contains("since 1970")
            && !name.contains("last business");
    if (known || name.startsWith("seconds") || name.startsWith("nano")) {
      for (int horizon : new int[] {1, 3}) {
        List<String> later = times.later(raw, horizon).orElseThrow();
        for (int row = 0; row < ROWS; row++) {
          assertEquals(time.apply(row + horizon), plain(later.get(row), time.apply(row)), name);
        }
      }
    }
  }

  /** Java writes 1.0 where the plain number is 1, and an instant without the zeros of a second. */
  private static String plain(String later, String like) {
    String number = like.contains(".") && later.matches("\\d+") ? later + ".0" : later;
    return number.replace(".000Z", "Z");
  }

  @Test
  void shouldCountRowsWhereNoStepIsCommon() {
    Random random = new Random(5);
    List<String> times = new ArrayList<>();
    long second = 1_640_995_200;
    for (int i = 0; i < 300; i++) {
      times.add(Instant.ofEpochSecond(second += 1 + random.nextInt(3000)).toString());
    }
    RawSequence raw = sequence("a", times);
    TableTimes found = TableTimes.find(List.of(raw));
    Spacing spacing = SpacingMeter.of(List.of(raw), found, 1).orElseThrow();

    assertEquals(TimeSteps.ROWS, found.steps());
    assertEquals(51, found.line(raw).after(50, 1));
    assertTrue(found.later(raw, 1).isEmpty());
    assertFalse(spacing.byTime());
    assertFalse(spacing.isEven());
    assertTrue(spacing.describe().contains("no step is common"), spacing.describe());
    assertTrue(spacing.describe().contains("count rows"), spacing.describe());
  }

  @Test
  void shouldCountRowsWhereOnlyTheOrderOfTheTimesIsKnown() {
    RawSequence raw = sequence("a", List.of("12:10", "12:20", "12:40", "13:00"));
    TableTimes found = TableTimes.find(List.of(raw));
    Spacing spacing = SpacingMeter.of(List.of(raw), found, 1).orElseThrow();

    assertTrue(found.steps().areRows());
    assertEquals(2, found.line(raw).after(1, 1));
    assertEquals(Optional.empty(), spacing.step());
    assertTrue(spacing.describe().startsWith("The times cannot be read"), spacing.describe());
  }

  @Test
  void shouldMeasureASequenceOfAnotherStepByItsOwn() {
    RawSequence hourly = sequence("hourly", every(1, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12));
    RawSequence daily = sequence("daily", every(24, 0, 1, 2, 3, 5, 6));
    RawSequence sparse = sequence("sparse", every(1, 0, 2, 3, 7, 8, 20));
    RawSequence few = sequence("few", every(1, 0, 5, 10));
    List<RawSequence> table = List.of(daily, few, hourly, sparse);
    TableTimes times = TableTimes.find(table);
    Spacing spacing = SpacingMeter.of(table, times, 1).orElseThrow();

    assertEquals(Optional.of("1 h"), spacing.step());
    assertTrue(times.steps().differ());
    assertEquals(1, spacing.ownStep());
    assertEquals(5, times.line(daily).after(4, 1));
    assertEquals(-1, times.line(daily).after(3, 1));
    assertEquals(-1, times.line(sparse).after(0, 1));
    assertEquals(-1, times.line(few).after(0, 1), "three rows tell no step of their own");
    assertEquals("2022-01-02 00:00:00", times.later(daily, 1).orElseThrow().get(0));
    assertEquals("2022-01-01 01:00:00", times.later(sparse, 1).orElseThrow().get(0));
    assertEquals(Optional.of("12 h"), spacing.longest().map(Spacing.Gap::length));
  }

  @Test
  void shouldMeasureNewDataByTheStepsOfTheModel() {
    RawSequence hourly = sequence("a", every(1, 0, 1, 2, 3, 4, 5));
    TimeSteps steps = TableTimes.find(List.of(hourly)).steps();
    RawSequence other = sequence("a", every(1, 0, 2, 4, 6, 7, 8, 10));
    TableTimes measured = TableTimes.of(List.of(other), steps);

    assertEquals(-1, measured.line(other).after(0, 1));
    assertEquals(4, measured.line(other).after(3, 1));
    RawSequence unreadable = sequence("a", List.of("x-1", "x-2"));
    assertEquals(1, TableTimes.of(List.of(unreadable), steps).line(unreadable).after(0, 1));
  }

  @Test
  void shouldPlaceTimesThatACalendarStepLeavesOutBetweenSteps() {
    List<String> days = IntStream.range(0, 40).mapToObj(i -> businessDay(i).toString()).toList();
    TimeSteps steps = TableTimes.find(List.of(sequence("a", days))).steps();
    RawSequence withSaturday =
        sequence(
            "a", List.of("2022-01-06", "2022-01-07", "2022-01-08", "2022-01-10", "2022-01-11"));
    Timeline line = TableTimes.of(List.of(withSaturday), steps).line(withSaturday);

    assertEquals(3, line.after(1, 1), "from Friday to Monday");
    assertEquals(-1, line.after(2, 1));
    RawSequence monthly = sequence("a", List.of("2022-01-01", "2022-02-01", "2022-03-01"));
    TimeSteps months = TableTimes.find(List.of(monthly)).steps();
    RawSequence twice =
        sequence("a", List.of("2022-01-01", "2022-01-20", "2022-02-01", "2022-03-01"));
    line = TableTimes.of(List.of(twice), months).line(twice);
    assertEquals(2, line.after(0, 1));
    assertEquals(-1, line.after(1, 1));
  }

  @Test
  void shouldSayNothingOfTablesWithoutTimesOrSteps() {
    List<RawSequence> none = List.of(sequence("a", List.of()));
    List<RawSequence> one = List.of(sequence("a", List.of("1")));

    assertTrue(SpacingMeter.of(none, TableTimes.find(none), 1).isEmpty());
    assertTrue(SpacingMeter.of(one, TableTimes.find(one), 1).isEmpty());
    assertEquals(1, TableTimes.find(one).line(one.get(0)).rows());
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 100 ms",
    "1, 1 s",
    "59, 59 s",
    "60, 1 min",
    "90, 1.5 min",
    "3601, 60 min",
    "5400, 1.5 h",
    "86400, 1 d",
    "604800, 7 d",
    "1000000, 11.6 d"
  })
  void shouldWriteDurationsForPeople(double seconds, String expected) {
    assertEquals(expected, TimeStep.of(TimeStep.Unit.SECONDS, seconds).toString());
  }

  @Test
  void shouldDescribeGapsInWordsAndAsJson() {
    List<String> times = every(1, 0, 1, 2, 3, 4, 12, 13, 14, 16);
    List<RawSequence> table = List.of(sequence("a", times));
    Spacing spacing = SpacingMeter.of(table, TableTimes.find(table), 1).orElseThrow();

    assertEquals(
        "The rows are unevenly spaced in time: the common step is 1 h; gaps longer than it make 2 of"
            + " 8 steps (25.0 %), with 8 rows missing; the longest, 8 h, from 2022-01-01 04:00:00 to"
            + " 2022-01-01 12:00:00 in sequence 'a'. Horizon and baselines look up by time: there is"
            + " no target to train on or to score for 1 row.",
        spacing.describe());
    assertEquals(
        "{\"step\":\"1 h\",\"by\":\"time\",\"steps\":8,\"even\":6,\"gaps\":2,\"gap_share\":0.25,"
            + "\"missing_rows\":8,\"shorter\":0,\"longest_gap\":{\"length\":\"8 h\","
            + "\"sequence\":\"a\",\"from\":\"2022-01-01 04:00:00\",\"to\":\"2022-01-01 12:00:00\"},"
            + "\"rows_without_target\":1,\"sequences_of_other_step\":0}",
        spacing.toJson().toString());
  }

  private static List<String> every(int hours, int... steps) {
    LocalDateTime first = LocalDateTime.parse("2022-01-01T00:00:00");
    return IntStream.of(steps)
        .mapToObj(step -> first.plusHours((long) hours * step).toString().replace('T', ' ') + ":00")
        .toList();
  }

  private static LocalDate businessDay(int i) {
    LocalDate monday = LocalDate.parse("2022-01-03");
    return monday.plus(i / 5, ChronoUnit.WEEKS).plusDays(i % 5);
  }

  private static LocalDate lastBusinessDay(LocalDate month) {
    LocalDate last = month.with(TemporalAdjusters.lastDayOfMonth());
    boolean weekend = last.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
    return weekend ? last.with(TemporalAdjusters.previous(DayOfWeek.FRIDAY)) : last;
  }

  private static LocalDate february(int year) {
    return LocalDate.of(year, 2, 1).with(TemporalAdjusters.lastDayOfMonth());
  }

  private static RawSequence sequence(String id, List<String> times) {
    int count = Math.max(1, times.size());
    RawRows rows =
        new RawRows(
            times,
            RowNumbers.of(new double[count]),
            RowNumbers.of(new double[count]),
            null,
            count,
            List.of(),
            RawSide.NONE);
    return new RawSequence(id, () -> "a.csv", rows);
  }
}
