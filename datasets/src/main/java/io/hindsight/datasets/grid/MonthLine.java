package io.hindsight.datasets.grid;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;

/**
 * Points at one day of the month, or the last of a shorter month, and one time of day.
 *
 * @param months of the calendar from one to the next
 * @param day of the month
 */
record MonthLine(LocalDateTime first, ZoneId zone, long months, int day) implements GridLine {
  @Override
  public Instant at(long point) {
    LocalDateTime month = first.withDayOfMonth(1).plusMonths(Math.multiplyExact(months, point));
    int last = month.toLocalDate().lengthOfMonth();
    return LocalClock.instant(month.withDayOfMonth(Math.min(day, last)), zone);
  }

  @Override
  public long near(Instant time) {
    return Math.floorDiv(month(LocalClock.of(time, zone)) - month(first), months);
  }

  private static long month(LocalDateTime time) {
    return time.getLong(ChronoField.PROLEPTIC_MONTH);
  }
}
