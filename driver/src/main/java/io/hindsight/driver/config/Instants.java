package io.hindsight.driver.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Points in time as people write them: a date and a time of day in UTC, with {@code Z}, such as
 * {@code 2026-01-31T00:00:00Z}. Nothing else is understood, for what is left out would depend on
 * the machine.
 */
public final class Instants {
  /** What is expected, for a problem. */
  public static final String RULE = "a time must be in UTC, with Z";

  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

  private Instants() {}

  /** The point in time that a text writes; absent if it writes none. */
  public static Optional<Instant> of(String text) {
    if (!UTC.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      String local = text.substring(0, text.length() - 1);
      return Optional.of(LocalDateTime.parse(local).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) { // no calendar has it
      return Optional.empty();
    }
  }

  /**
   * The point in time that an argument writes.
   *
   * @param what the argument, for the error: {@code --as-of}
   * @throws ConfigException if it writes none
   */
  public static Instant parse(String text, String what) {
    return of(text)
        .orElseThrow(
            () ->
                ConfigException.of(
                    what, "%s, but found '%s'; %s".formatted(RULE, text, remedy(text))));
  }

  /** What to write in place of a text that writes none. */
  public static String remedy(String text) {
    try {
      return "write " + OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return "write it as 2026-01-31T00:00:00Z";
    }
  }
}
