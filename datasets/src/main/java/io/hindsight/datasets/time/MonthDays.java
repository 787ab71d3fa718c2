package io.hindsight.datasets.time;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which rows of a series of months tell the day of the month that it is at. */
public final class MonthDays {
  private MonthDays() {}

  /**
   * The first row of the latest day, and the first of the earliest one that does not end its month:
   * with these alone, and any others behind them, the series is at the same day as with all.
   *
   * @param times of the rows
   * @return their positions; none where the times are no days
   */
  public static IntStream telling(List<String> times) {
    Optional<TimePoints> dates = TimePoints.dates(times).filter(points -> !points.wholeMonths());
    if (dates.isEmpty()) {
      return IntStream.empty();
    }
    int latest = -1;
    int earliest = -1;
    for (int i = 0; i < times.size(); i++) {
      LocalDate date = date(dates.get(), i);
      int day = date.getDayOfMonth();
      if (latest < 0 || day > date(dates.get(), latest).getDayOfMonth()) {
        latest = i;
      }
      boolean endsMonth = day == date.lengthOfMonth();
      if (!endsMonth && (earliest < 0 || day < date(dates.get(), earliest).getDayOfMonth())) {
        earliest = i;
      }
    }
    return IntStream.of(latest, earliest).filter(row -> row >= 0);
  }

  private static LocalDate date(TimePoints points, int row) {
    return LocalDate.ofEpochDay(points.day(row));
  }
}
