package io.hindsight.datasets.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times of a table as points in time. */
public final class Instants {
  private Instants() {}

  /**
   * The point in time that a text of an ordering column writes: of a month its first day, of a day
   * its first second; without an offset from UTC it counts as UTC.
   *
   * @return absent if it writes no date
   */
  public static Optional<Instant> of(String time) {
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeException notIso) {
      return DateForm.of(time)
          .flatMap(form -> form.read(time))
          .map(t -> t.toInstant(ZoneOffset.UTC));
    }
  }
}
