package io.hindsight.datasets.time;

import io.hindsight.datasets.RawSequence;
import java.lang.ref.SoftReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The times of one sequence in the readings that they allow. */
final class SequenceTimes {
  private static final int NEARLY_THE_SAME_DAY = 4; // business days at the end of a month
  private static final int MANY = 1 << 16; // times, whose readings are made again if need be

  private final List<String> texts;
  private Read few; // null where there are many
  private SoftReference<Read> many = new SoftReference<>(null);

  private record Read(Optional<TimePoints> numbers, Optional<TimePoints> dates) {}

  private SequenceTimes(List<String> texts) {
    this.texts = texts;
  }

  static SequenceTimes of(RawSequence raw) {
    return of(raw.times());
  }

  static SequenceTimes of(List<String> times) {
    return new SequenceTimes(times);
  }

  private synchronized Read read() {
    Read known = few == null ? many.get() : few;
    if (known == null) {
      known = new Read(TimePoints.numbers(texts), TimePoints.dates(texts));
      many = new SoftReference<>(known);
      few = texts.size() <= MANY ? known : null;
    }
    return known;
  }

  /** As plain numbers. */
  Optional<TimePoints> numbers() {
    return read().numbers();
  }

  /** As dates; digits such as 20220131 may be both. */
  Optional<TimePoints> dates() {
    return read().dates();
  }

  /** The reading that a step needs. */
  Optional<TimePoints> reading(TimeStep step) {
    return step.ofDates() ? dates() : numbers();
  }

  /** The times in steps from the first // (N); absent if they cannot be read so. */
  Optional<double[]> positions(TimeStep step) {
    return reading(step).map(step::positions);
  }

  /** Whether no month has two times, and all are about the same day from its start or its end. */
  boolean isMonthly() {
    if (dates().isEmpty()) {
      return false;
    }
    TimePoints points = dates().get();
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
    if (dates().isEmpty() || dates().get().wholeMonths()) {
      return 0;
    }
    TimePoints points = dates().get();
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
    return isMonthly() && (dates().get().wholeMonths() || monthDay() > 0);
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
