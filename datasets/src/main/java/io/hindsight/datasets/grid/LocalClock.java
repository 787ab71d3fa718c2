package io.hindsight.datasets.grid;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Dates and times of day as a zone's clocks show them. A time that the clocks skip is when they are
 * put forward; one that they show twice is the first.
 */
final class LocalClock {
  private LocalClock() {}

  static LocalDateTime of(Instant time, ZoneId zone) {
    return LocalDateTime.ofInstant(time, zone);
  }

  static Instant instant(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.toInstant(zone.getRules().getOffset(local));
  }
}
