package io.hindsight.datasets.grid;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;

/**
 * Points at one time of day from Monday to Friday, but on holidays. A sequence that begins on
 * another day has its first point on the next that counts.
 *
 * @param holidays ascending
 */
record BusinessLine(LocalDateTime first, ZoneId zone, List<LocalDate> holidays)
    implements GridLine {
  private static final long MONDAY = 4; // days after the first of 1970
  private static final int WEEK = 7;
  private static final int WORKING = 5; // days of a week

  BusinessLine {
    holidays = holidays.stream().filter(BusinessLine::isWorking).toList();
  }

  private static boolean isWorking(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
  }

  @Override
  public Instant at(long point) {
    long wanted = before(first.toLocalDate()) + point;
    LocalDate day = first.toLocalDate().plusDays(Math.floorDiv(point, WORKING) * WEEK);
    while (before(day) > wanted) {
      day = day.minusDays(1);
    }
    while (before(day.plusDays(1)) <= wanted) {
      day = day.plusDays(1);
    }
    return LocalClock.instant(day.atTime(first.toLocalTime()), zone);
  }

  @Override
  public long near(Instant time) {
    return before(LocalClock.of(time, zone).toLocalDate()) - before(first.toLocalDate());
  }

  /** Business days before a day, counted from some day or other. */
  private long before(LocalDate day) {
    long days = day.toEpochDay() - MONDAY;
    long working =
        Math.floorDiv(days, WEEK) * WORKING + Math.min(WORKING, Math.floorMod(days, WEEK));
    return working - holidaysBefore(day);
  }

  private int holidaysBefore(LocalDate day) {
    int found = Collections.binarySearch(holidays, day);
    return found >= 0 ? found : -found - 1;
  }
}
