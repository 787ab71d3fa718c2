package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The times of one sequence in the readings that they allow.
 *
 * @param numbers as plain numbers
 * @param dates as dates; digits such as 20220131 may be both
 */
record SequenceTimes(Optional<TimePoints> numbers, Optional<TimePoints> dates) {
  private static final int NEARLY_THE_SAME_DAY = 4; // business days at the end of a month

  static SequenceTimes of(RawSequence raw) {
    return of(raw.times());
  }

  static SequenceTimes of(List<String> times) {
    return new SequenceTimes(TimePoints.numbers(times), TimePoints.dates(times));
  }

  /** The reading that a step needs. */
  Optional<TimePoints> reading(TimeStep step) {
    return step.ofDates() ? dates : numbers;
  }

  /** The times in steps from the first // (N); absent if they cannot be read so. */
  Optional<double[]> positions(TimeStep step) {
    return reading(step).map(step::positions);
  }

  /** Whether no month has two times, and all are about the same day from its start or its end. */
  boolean isMonthly() {
    if (dates.isEmpty()) {
      return false;
    }
    TimePoints points = dates.get();
    if (!isOneEachMonth(points)) {
      return false;
    }
    Days days = days(points);
    int spread = Math.min(days.latest - days.earliest, days.latestToEnd - days.earliestToEnd);
    return points.wholeMonths() || spread <= NEARLY_THE_SAME_DAY;
  }

  /**
   * The day of the month that every time is at, or the last of a shorter month; 0 if there is none.
   */
  int monthDay() {
    if (dates.isEmpty() || dates.get().wholeMonths()) {
      return 0;
    }
    TimePoints points = dates.get();
    int day = days(points).latest;
    for (int i = 0; i < points.size(); i++) {
      LocalDate date = LocalDate.ofEpochDay(points.day(i));
      if (date.getDayOfMonth() != Math.min(day, date.lengthOfMonth())) {
        return 0;
      }
    }
    return day;
  }

  /** Whether every time is at the same day of a month, or its last, and no month has two. */
  boolean isExactlyMonthly() {
    return isMonthly() && (dates.get().wholeMonths() || monthDay() > 0);
  }

  private static Days days(TimePoints points) {
    Days days = new Days();
    for (int i = 0; i < points.size(); i++) {
      days.add(LocalDate.ofEpochDay(points.day(i)));
    }
    return days;
  }

  /** Most times show at the second that they have not. */
  private static boolean isOneEachMonth(TimePoints points) {
    LocalDate before = null;
    for (int i = 0; i < points.size(); i++) {
      LocalDate date = LocalDate.ofEpochDay(points.day(i));
      if (before != null && !date.withDayOfMonth(1).isAfter(before)) {
        return false;
      }
      before = date;
    }
    return true;
  }

  /** The range of days of the month, from its start and from its end. */
  private static final class Days {
    int earliest = 31;
    int latest;
    int earliestToEnd;
    int latestToEnd = -31;

    void add(LocalDate date) {
      int day = date.getDayOfMonth();
      int toEnd = day - date.lengthOfMonth();
      earliest = Math.min(earliest, day);
      latest = Math.max(latest, day);
      earliestToEnd = Math.min(earliestToEnd, toEnd);
      latestToEnd = Math.max(latestToEnd, toEnd);
    }
  }
}
