package io.hindsight.datasets.spec;

import io.hindsight.datasets.grid.Frequency;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * How much of a sequence is left out before a part, so that what overlaps a boundary is not learned
 * (M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 7).
 */
public sealed interface Embargo extends Serializable {
  /** Nothing is left out. */
  Embargo NONE = new Steps(0);

  /**
   * The last steps before the part.
   *
   * @param count 0 or more
   */
  record Steps(int count) implements Embargo {}

  /**
   * The steps whose rows are no longer before the first row of the part than this.
   *
   * @param length of the clock up to hours, else of the calendar
   */
  record Duration(Frequency length) implements Embargo {
    /** The time so long before another, by the calendar of a zone. */
    public Instant before(Instant time, ZoneId zone) {
      ZonedDateTime at = time.atZone(zone);
      int count = length.count();
      ZonedDateTime before =
          switch (length.unit()) {
            case SECONDS -> at.minusSeconds(count);
            case MINUTES -> at.minusMinutes(count);
            case HOURS -> at.minusHours(count);
            case DAYS -> at.minusDays(count);
            case WEEKS -> at.minusWeeks(count);
            case MONTHS -> at.minusMonths(count);
            case QUARTERS -> at.minusMonths(3L * count);
            case YEARS -> at.minusYears(count);
            default -> throw new IllegalStateException(length + " is no duration");
          };
      return before.toInstant();
    }

    @Override
    public String toString() {
      return length.toString();
    }
  }

  /** A duration such as {@code 7d}, in the words of a frequency; absent if the text is of none. */
  static Optional<Embargo> ofDuration(String text) {
    return Frequency.of(text)
        .filter(length -> !length.isAuto() && !length.skipsHolidays())
        .map(Duration::new);
  }

  /** Whether nothing is left out. */
  default boolean isNone() {
    return equals(NONE);
  }
}
