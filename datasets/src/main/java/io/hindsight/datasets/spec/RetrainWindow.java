package io.hindsight.datasets.spec;

import io.hindsight.datasets.TimeWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The window that a retraining reads: it moves along with the time that the retraining is made for.
 *
 * <p>Years, months, weeks and days are those of the calendar in the zone, hours and less are exact:
 * over a change of the clocks {@code P1D} is 23 or 25 hours, {@code PT24H} never.
 *
 * @param length from its start to its end; positive
 * @param lag from its end to that time; may be zero
 * @param zone whose calendar is counted
 */
public record RetrainWindow(Span length, Span lag, ZoneId zone) {
  /**
   * A span of time, as ISO 8601 writes it: {@code P180D}, {@code PT6H}, {@code P1M}, {@code
   * P1DT6H}; neither part is negative.
   *
   * @param calendar years, months and days
   * @param exact hours, minutes and seconds
   */
  public record Span(Period calendar, Duration exact) {
    private static final Pattern ISO =
        Pattern.compile(
            "P(?!$)((?:\\d+Y)?(?:\\d+M)?(?:\\d+W)?(?:\\d+D)?)"
                + "(T(?!$)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d{1,9})?S)?)?");

    /** None. */
    public static final Span ZERO = new Span(Period.ZERO, Duration.ZERO);

    /** The span that a text writes; absent if it writes none, or a negative one. */
    public static Optional<Span> of(String text) {
      Matcher match = ISO.matcher(text);
      if (!match.matches()) {
        return Optional.empty();
      }
      try {
        Period calendar =
            match.group(1).isEmpty() ? Period.ZERO : Period.parse("P" + match.group(1));
        Duration exact =
            match.group(2) == null ? Duration.ZERO : Duration.parse("P" + match.group(2));
        return Optional.of(new Span(calendar, exact));
      } catch (DateTimeException | ArithmeticException e) { // too large
        return Optional.empty();
      }
    }

    /** Whether it is none. */
    public boolean isZero() {
      return calendar.isZero() && exact.isZero();
    }

    /** The time so long before another: first the calendar's part, then the exact one. */
    public Instant before(Instant time, ZoneId zone) {
      return time.atZone(zone).minus(calendar).toInstant().minus(exact);
    }

    /** The time that lies so many such spans after another. */
    public Instant after(Instant time, int spans, ZoneId zone) {
      return time.atZone(zone)
          .plus(calendar.multipliedBy(spans))
          .toInstant()
          .plus(exact.multipliedBy(spans));
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
      if (exact.isZero()) {
        return calendar.isZero() ? "PT0S" : calendar.toString();
      }
      return (calendar.isZero() ? "P" : calendar) + exact.toString().substring(1);
    }
  }

  /**
   * The window of one retraining.
   *
   * @param asOf the time that it is made for
   */
  public TimeWindow before(Instant asOf) {
    Instant to = lag.before(asOf, zone);
    return new TimeWindow(length.before(to, zone), to);
  }
}
