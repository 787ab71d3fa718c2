package io.hindsight.datasets.grid;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * Evenly spaced points in time, wherever they begin.
 *
 * @param frequency how far they are apart; not {@link Frequency#AUTO}
 * @param zone whose days and months are counted
 * @param holidays days that are no business days, ascending
 */
public record Grid(Frequency frequency, ZoneId zone, List<LocalDate> holidays)
    implements Serializable {
  public Grid {
    holidays = List.copyOf(holidays);
  }

  /**
   * The points that begin at the first time of a sequence.
   *
   * @param times ascending // (N), N ≥ 1
   */
  public GridLine from(List<Instant> times) {
    Instant first = times.get(0);
    return switch (frequency.unit()) {
      case SECONDS -> new EvenLine(first, frequency.count());
      case MINUTES -> new EvenLine(first, 60L * frequency.count());
      case HOURS -> new EvenLine(first, 3600L * frequency.count());
      case DAYS -> new DayLine(LocalClock.of(first, zone), zone, frequency.count());
      case WEEKS -> new DayLine(LocalClock.of(first, zone), zone, 7L * frequency.count());
      case MONTHS -> months(times, 1);
      case QUARTERS -> months(times, 3);
      case YEARS -> months(times, 12);
      case BUSINESS_DAYS -> new BusinessLine(LocalClock.of(first, zone), zone, holidays);
      case AUTO -> throw new IllegalArgumentException("the step is not known yet");
    };
  }

  /**
   * The day of the month is that of the first time; where that is the last of its month, the latest
   * that occurs, so that of ends of months it is that of the longest.
   */
  private GridLine months(List<Instant> times, int months) {
    LocalDateTime first = LocalClock.of(times.get(0), zone);
    int day = first.getDayOfMonth();
    boolean isLast = day == first.toLocalDate().lengthOfMonth();
    for (int row = 1; isLast && row < times.size(); row++) {
      day = Math.max(day, LocalClock.of(times.get(row), zone).getDayOfMonth());
    }
    return new MonthLine(first, zone, (long) months * frequency.count(), day);
  }
}
