package io.hindsight.datasets.source;

import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.grid.Duplicates;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.kernels.batch.Sequence;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tables of one sequence, and what must be read of them. A row is a time and a value, which the
 * next is predicted from; a step is told as its inputs and, behind {@code >}, its target; behind a
 * bar follow the times that answers are given for.
 */
final class TimeCases {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private TimeCases() {}

  /**
   * A table.
   *
   * @param rows time and value of each, divided by blanks; T in a time stands for itself
   * @param told steps and times, or a part of the message that refuses it
   */
  record Case(String title, TimeRules rules, ZoneId zone, String rows, String told) {
    /** Whether it is refused. */
    boolean isRefused() {
      return !told.contains("|");
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private static TimeRules same(Duplicates rule) {
    return TimeRules.NONE.with(rule);
  }

  private static TimeRules every(String frequency, Gaps gaps) {
    return TimeRules.NONE.onGrid(Frequency.of(frequency).orElseThrow(), gaps);
  }

  private static TimeRules calendar(CalendarField... fields) {
    return TimeRules.NONE.reading(false, List.of(fields));
  }

  /** Rows of one time, and times that are none. */
  static Stream<Case> rows() {
    return Stream.of(
        new Case(
            "two rows of one time are refused",
            TimeRules.NONE,
            UTC,
            "1,1 2,5 2,7 3,9",
            "time 2 of sequence 'a' twice"),
        new Case(
            "the last in the file",
            same(Duplicates.LAST),
            UTC,
            "2,7 1,1 2,5 3,9",
            "1>5 5>9 | 1 2 3"),
        new Case(
            "the last of files in the order of names",
            same(Duplicates.LAST),
            UTC,
            "2,8 2,7 1,1 3,9 2,6 3,2",
            "1>6 6>2 | 1 2 3"),
        new Case("the mean", same(Duplicates.MEAN), UTC, "1,1 2,5 3,9 2,7 2,9", "1>7 7>9 | 1 2 3"),
        new Case(
            "the mean of an exact sum",
            same(Duplicates.MEAN),
            UTC,
            "1,1e16 1,3 1,-1e16 2,4",
            "1>4 | 1 2"),
        new Case(
            "one time in two spellings",
            same(Duplicates.MEAN),
            UTC,
            "1,1 2.0,5 2,7 3,9",
            "1>6 6>9 | 1 2 3"),
        new Case(
            "the hour that clocks in Berlin show twice, without offsets",
            same(Duplicates.MEAN),
            BERLIN,
            "2025-10-26T01:00,1 2025-10-26T02:00,2 2025-10-26T02:00,4 2025-10-26T03:00,5",
            "1>3 3>5 | 2025-10-26T01:00 2025-10-26T02:00 2025-10-26T03:00"),
        new Case(
            "plain numbers",
            every("1h", Gaps.ALLOW),
            UTC,
            "1,1 2,2",
            "must be a timestamp or an ISO date where data.frequency is given"),
        new Case(
            "texts of unlike offsets do not sort",
            every("1h", Gaps.ERROR),
            BERLIN,
            "2025-10-26T02:00+02:00,1 2025-10-26T02:00+01:00,2",
            "2025-10-26T02:00+0"),
        new Case(
            "Berlin in autumn, without offsets: the second hour is missing once the first is both",
            every("1h", Gaps.MASK).with(Duplicates.MEAN),
            BERLIN,
            "2025-10-26T01:00,1 2025-10-26T02:00,2 2025-10-26T02:00,4 2025-10-26T03:00,5",
            "1:0>3 3:0>- 3:1>5 | 2025-10-26T01:00 2025-10-26T02:00 2025-10-26T02:00"
                + " 2025-10-26T03:00"),
        new Case(
            "plain numbers have no calendar",
            calendar(CalendarField.HOUR),
            UTC,
            "1,1 2,2",
            "must be a timestamp or an ISO date where data.calendar is given"));
  }

  /** Rows on a grid of hours, minutes and seconds. */
  static Stream<Case> clocks() {
    return Stream.of(
        new Case(
            "a missing quarter of an hour is put in",
            every("15min", Gaps.CARRY),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T10:15,2 2025-01-01T10:45,4 2025-01-01T11:00,5",
            "1>2 2>- 2>4 4>5 | 2025-01-01T10:00 2025-01-01T10:15 2025-01-01T10:30"
                + " 2025-01-01T10:45 2025-01-01T11:00"),
        new Case(
            "and told by an input",
            every("15min", Gaps.MASK),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T10:15,2 2025-01-01T10:45,4 2025-01-01T11:00,5",
            "1:0>2 2:0>- 2:1>4 4:0>5 | 2025-01-01T10:00 2025-01-01T10:15 2025-01-01T10:30"
                + " 2025-01-01T10:45 2025-01-01T11:00"),
        new Case(
            "and not put in",
            every("15min", Gaps.ALLOW),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T10:15,2 2025-01-01T10:45,4 2025-01-01T11:00,5",
            "1>2 2>- 4>5 | 2025-01-01T10:00 2025-01-01T10:15 2025-01-01T10:45 2025-01-01T11:00"),
        new Case(
            "and refused",
            every("15min", Gaps.ERROR),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T10:15,2 2025-01-01T11:00,5",
            "each step of data.frequency, here 15min, must have a row, but found 2 steps without,"
                + " first 2025-01-01T10:30"),
        new Case(
            "a clock that drifts",
            every("15min", Gaps.ERROR),
            UTC,
            "2025-01-01T10:00:00,1 2025-01-01T10:16:29,2 2025-01-01T10:29:01,3",
            "1>2 2>3 | 2025-01-01T10:00:00 2025-01-01T10:16:29 2025-01-01T10:29:01"),
        new Case(
            "a row beside the grid",
            every("15min", Gaps.ALLOW),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T10:20,2 2025-01-01T10:30,3",
            "found time 2025-01-01T10:20, and 2025-01-01T10:15 as the nearest step"),
        new Case(
            "two rows at one step",
            every("1h", Gaps.ALLOW),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T11:00,2 2025-01-01T11:03,3",
            "found times 2025-01-01T11:00 and 2025-01-01T11:03 at the step of 2025-01-01T11:00"),
        new Case(
            "more rows put in than ten for each",
            every("1s", Gaps.CARRY),
            UTC,
            "2025-01-01T10:00:00,1 2025-01-01T10:01:00,2",
            "at most 10 may be put in, but found 59 missing beside 2 rows at data.frequency: 1s"),
        new Case(
            "Berlin in spring, without offsets: no clock shows 02:00",
            every("1h", Gaps.ERROR),
            BERLIN,
            "2025-03-30T01:00,1 2025-03-30T03:00,3 2025-03-30T04:00,4",
            "1>3 3>4 | 2025-03-30T01:00 2025-03-30T03:00 2025-03-30T04:00"),
        new Case(
            "the same rows of clocks that never change",
            every("1h", Gaps.MASK),
            UTC,
            "2025-03-30T01:00,1 2025-03-30T03:00,3 2025-03-30T04:00,4",
            "1:0>- 1:1>3 3:0>4 | 2025-03-30T01:00 2025-03-30T02:00 2025-03-30T03:00"
                + " 2025-03-30T04:00"),
        new Case(
            "Berlin in spring, a time that no clock shows",
            every("1h", Gaps.ERROR),
            BERLIN,
            "2025-03-30T01:00,1 2025-03-30T02:00,2 2025-03-30T03:00,3",
            "times 2025-03-30T02:00 and 2025-03-30T03:00 at the step of 2025-03-30T03:00"),
        new Case(
            "Berlin in autumn, in UTC",
            every("1h", Gaps.ERROR),
            BERLIN,
            "2025-10-25T23:00Z,1 2025-10-26T00:00Z,2 2025-10-26T01:00Z,4 2025-10-26T02:00Z,5",
            "1>2 2>4 4>5 | 2025-10-25T23:00Z 2025-10-26T00:00Z 2025-10-26T01:00Z"
                + " 2025-10-26T02:00Z"),
        new Case(
            "the step that is found",
            every("auto", Gaps.CARRY),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T12:00,2 2025-01-01T14:00,3 2025-01-01T18:00,5",
            "1>2 2>3 3>- 3>5 | 2025-01-01T10:00 2025-01-01T12:00 2025-01-01T14:00"
                + " 2025-01-01T16:00 2025-01-01T18:00"),
        new Case(
            "no step to be found",
            every("auto", Gaps.CARRY),
            UTC,
            "2025-01-01T10:00,1 2025-01-01T12:00,2 2025-01-01T12:07,3 2025-01-01T18:40,5",
            "data.frequency: auto needs a step that most rows are apart"));
  }

  /** Rows on a grid of days, months and years. */
  static Stream<Case> calendars() {
    return Stream.of(
        new Case(
            "a leap day is missing",
            every("1d", Gaps.MASK),
            UTC,
            "2024-02-28,1 2024-03-01,3 2024-03-02,4",
            "1:0>- 1:1>3 3:0>4 | 2024-02-28 2024-02-29 2024-03-01 2024-03-02"),
        new Case(
            "in other years it is not",
            every("1d", Gaps.ERROR),
            UTC,
            "2025-02-28,1 2025-03-01,3 2025-03-02,4",
            "1>3 3>4 | 2025-02-28 2025-03-01 2025-03-02"),
        new Case(
            "days of 23 hours at midnight in Berlin",
            every("1d", Gaps.CARRY),
            BERLIN,
            "2025-03-28T23:00Z,1 2025-03-29T23:00Z,2 2025-03-31T22:00Z,4",
            "1>2 2>- 2>4 | 2025-03-28T23:00Z 2025-03-29T23:00Z 2025-03-30T22:00Z"
                + " 2025-03-31T22:00Z"),
        new Case(
            "days of 25 hours in New York",
            every("1d", Gaps.CARRY),
            NEW_YORK,
            "2025-11-01T04:00Z,1 2025-11-03T05:00Z,3 2025-11-04T05:00Z,4",
            "1>- 1>3 3>4 | 2025-11-01T04:00Z 2025-11-02T04:00Z 2025-11-03T05:00Z"
                + " 2025-11-04T05:00Z"),
        new Case(
            "hours in New York's spring",
            every("2h", Gaps.ERROR),
            NEW_YORK,
            "2025-03-08T23:00,1 2025-03-09T01:00,2 2025-03-09T04:00,3",
            "1>2 2>3 | 2025-03-08T23:00 2025-03-09T01:00 2025-03-09T04:00"),
        new Case(
            "weeks",
            every("1w", Gaps.CARRY),
            UTC,
            "2025-01-06,1 2025-01-20,3 2025-01-27,4",
            "1>- 1>3 3>4 | 2025-01-06 2025-01-13 2025-01-20 2025-01-27"),
        new Case(
            "ends of months",
            every("1mo", Gaps.CARRY),
            UTC,
            "2025-01-31,1 2025-02-28,2 2025-04-30,4 2025-05-31,5",
            "1>2 2>- 2>4 4>5 | 2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31"),
        new Case(
            "ends of months from February on",
            every("1mo", Gaps.CARRY),
            UTC,
            "2024-02-29,2 2024-03-31,3 2024-06-30,6 2024-07-31,7",
            "2>3 3>- 3>- 3>6 6>7 | 2024-02-29 2024-03-31 2024-04-30 2024-05-31 2024-06-30"
                + " 2024-07-31"),
        new Case(
            "months that tell no day",
            every("1mo", Gaps.MASK),
            UTC,
            "2024-11,1 2025-01,3 2025-02,4",
            "1:0>- 1:1>3 3:0>4 | 2024-11 2024-12 2025-01 2025-02"),
        new Case(
            "a day in the middle of a month",
            every("1mo", Gaps.ALLOW),
            UTC,
            "2025-01-01,1 2025-02-01,2 2025-02-15,3",
            "found time 2025-02-15, and 2025-02-01 as the nearest step"),
        new Case(
            "quarters",
            every("1q", Gaps.CARRY),
            UTC,
            "2024-03-31,1 2024-06-30,2 2024-12-31,4 2025-03-31,5",
            "1>2 2>- 2>4 4>5 | 2024-03-31 2024-06-30 2024-09-30 2024-12-31 2025-03-31"),
        new Case(
            "years that are written as such",
            every("1y", Gaps.CARRY),
            UTC,
            "2020,1 2021,2 2023,4 2024,5",
            "1>2 2>- 2>4 4>5 | 2020 2021 2022 2023 2024"),
        new Case(
            "a leap day every year",
            every("1y", Gaps.CARRY),
            UTC,
            "2020-02-29,1 2021-02-28,2 2023-02-28,4 2024-02-29,5",
            "1>2 2>- 2>4 4>5 | 2020-02-29 2021-02-28 2022-02-28 2023-02-28 2024-02-29"),
        new Case(
            "from Friday to Monday is one business day",
            every("business-day", Gaps.ERROR),
            UTC,
            "2025-01-09,4 2025-01-10,5 2025-01-13,6",
            "4>5 5>6 | 2025-01-09 2025-01-10 2025-01-13"),
        new Case(
            "a missing Monday",
            every("business-day", Gaps.CARRY),
            UTC,
            "2025-01-10,5 2025-01-14,7 2025-01-15,8",
            "5>- 5>7 7>8 | 2025-01-10 2025-01-13 2025-01-14 2025-01-15"),
        new Case(
            "a row of a Saturday",
            every("business-day", Gaps.ALLOW),
            UTC,
            "2025-01-10,5 2025-01-11,7 2025-01-13,8",
            "found time 2025-01-11, and 2025-01-10 as the nearest step"),
        new Case(
            "a month without any row",
            every("1mo", Gaps.ERROR),
            UTC,
            "2025-01-15,1 2025-02-14,2 2025-04-15,4",
            "1 step without, first 2025-03-15"));
  }

  /** Inputs of the time. */
  static Stream<Case> inputs() {
    TimeRules elapsed = TimeRules.NONE.reading(true, List.of());
    return Stream.of(
        new Case(
            "time since the row before, in the steps that come nearest to common ones",
            elapsed,
            UTC,
            "10,1 20,2 30,3 70,4 75,5 85,6",
            "1:0>2 2:0.6931>3 3:0.6931>4 4:1.6094>5 5:0.4055>6 | 10 20 30 70 75 85"),
        new Case(
            "time since the row before, in steps of a grid",
            every("1mo", Gaps.ALLOW).reading(true, List.of()),
            UTC,
            "2025-01,1 2025-02,2 2025-05,3 2025-06,4",
            "1:0>2 2:0.6931>- 3:1.3863>4 | 2025-01 2025-02 2025-05 2025-06"),
        new Case(
            "hours",
            calendar(CalendarField.HOUR),
            UTC,
            "2025-01-01T00:00,1 2025-01-01T06:00,2 2025-01-01T12:00,3",
            "1:0:1>2 2:1:0>3 | 2025-01-01T00:00 2025-01-01T06:00 2025-01-01T12:00"),
        new Case(
            "hours of a zone, of times in UTC",
            calendar(CalendarField.HOUR),
            BERLIN,
            "2025-07-01T22:00Z,1 2025-07-02T04:00Z,2 2025-07-02T10:00Z,3",
            "1:0:1>2 2:1:0>3 | 2025-07-01T22:00Z 2025-07-02T04:00Z 2025-07-02T10:00Z"),
        new Case(
            "minutes and months",
            calendar(CalendarField.MINUTE, CalendarField.MONTH),
            UTC,
            "2025-04-01T00:15,1 2025-04-01T00:30,2 2025-04-01T00:45,3",
            "1:1:0:1:0>2 2:0:-1:1:0>3 | 2025-04-01T00:15 2025-04-01T00:30 2025-04-01T00:45"),
        new Case(
            "days of the week, the month and the year",
            calendar(CalendarField.WEEKDAY, CalendarField.DAY_OF_MONTH, CalendarField.DAY_OF_YEAR),
            UTC,
            "2024-01-01,1 2024-01-02,2 2024-01-03,3",
            "1:0:1:0:1:0:1>2 2:0.7818:0.6235:0.2013:0.9795:0.0172:0.9999>3"
                + " | 2024-01-01 2024-01-02 2024-01-03"),
        new Case(
            "the hour of a row that is put in, where clocks show it twice",
            every("1h", Gaps.MASK).reading(false, List.of(CalendarField.HOUR)),
            BERLIN,
            "2025-10-26T00:00,1 2025-10-26T03:00,5 2025-10-26T04:00,6",
            "1:0:0:1>- 1:1:0.2588:0.9659>- 1:1:0.5:0.866>- 1:1:0.5:0.866>5 5:0:0.7071:0.7071>6"
                + " | 2025-10-26T00:00 2025-10-26T01:00 2025-10-26T02:00 2025-10-26T02:00"
                + " 2025-10-26T03:00 2025-10-26T04:00"));
  }

  /** The steps of the training part, as cases have them. */
  static String told(EncodedData data) {
    return IntStream.range(0, data.training().size())
        .mapToObj(i -> steps(data.training().get(i)))
        .collect(Collectors.joining("; "));
  }

  private static String steps(Sequence one) {
    return IntStream.range(0, one.length())
        .mapToObj(t -> inputs(one, t) + ">" + target(one, t))
        .collect(Collectors.joining(" "));
  }

  private static String inputs(Sequence one, int t) {
    return Arrays.stream(one.features(), t * one.width(), (t + 1) * one.width())
        .mapToObj(TimeCases::number)
        .collect(Collectors.joining(":"));
  }

  private static String target(Sequence one, int t) {
    if (one.lacksTarget(t)) {
      return "-";
    }
    return one.classes() == null ? number(one.targets()[t]) : "c" + one.classes()[t];
  }

  private static String number(double x) {
    String text = String.format(Locale.ROOT, "%.4f", x).replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }
}
