package io.hindsight.datasets.grid;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Points at one time of day.
 *
 * @param days of the calendar from one to the next
 */
record DayLine(LocalDateTime first, ZoneId zone, long days) implements GridLine {
  @Override
  public Instant at(long point) {
    return LocalClock.instant(first.plusDays(Math.multiplyExact(days, point)), zone);
  }

  @Override
  public long near(Instant time) {
    return Math.floorDiv(ChronoUnit.DAYS.between(first, LocalClock.of(time, zone)), days);
  }
}
