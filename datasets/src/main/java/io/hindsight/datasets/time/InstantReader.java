package io.hindsight.datasets.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Reads the times of a table as points in time, one after the other, as they are shown: ISO dates
 * with or without a time of day and an offset, months, years, and the same digits without
 * separators.
 *
 * <p>A year, a month and a day are where they begin. A time without an offset is of the zone: one
 * that the clocks skip is when they are put forward, one that they show twice is the first. So
 * later texts are never earlier points in time.
 */
public final class InstantReader {
  private static final int YEAR = 4; // digits
  private static final int SECONDS_SINCE_1970 = 10; // digits, of which some look like a date

  private final ZoneRules zone;
  private DateForm form; // of the text before; null if there was none
  private Optional<ZoneOffset> offset = Optional.empty(); // that the form has

  /**
   * A reader.
   *
   * @param zone of times that do not tell theirs
   */
  public InstantReader(ZoneId zone) {
    this.zone = zone.getRules();
  }

  /** The point in time of a text; absent if it tells none, as a plain number does. */
  public Optional<Instant> read(String text) {
    String date = areDigits(text) && text.length() == YEAR ? text + "-01" : text;
    long seconds = form == null ? DateForm.NONE : form.seconds(date);
    if (seconds == DateForm.NONE) {
      if ((areDigits(text) && text.length() == SECONDS_SINCE_1970) || !isForm(date)) {
        form = null;
        return Optional.empty();
      }
      seconds = form.seconds(date);
    }
    return Optional.of(instant(seconds, form.nanos(date)));
  }

  private boolean isForm(String date) {
    form = DateForm.of(date).orElse(null);
    try {
      offset = form == null ? Optional.empty() : form.offset();
      return form != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private Instant instant(long seconds, int nanos) {
    if (offset.isPresent()) {
      return Instant.ofEpochSecond(seconds - offset.get().getTotalSeconds(), nanos);
    }
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
    ZoneOffsetTransition change = zone.isFixedOffset() ? null : zone.getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.toInstant(zone.getOffset(local));
  }

  private static boolean areDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
