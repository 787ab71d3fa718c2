package io.hindsight.datasets.grid;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the steps of a grid are apart.
 *
 * @param unit what it is counted in
 * @param count how many of it; 1 or more
 */
public record Frequency(Unit unit, int count) implements Serializable {
  /** What a frequency is counted in, by the word that is written behind the number. */
  public enum Unit {
    /** Seconds. */
    SECONDS("s"),
    /** Minutes of 60 seconds. */
    MINUTES("min"),
    /** Hours of 60 minutes, also where clocks change. */
    HOURS("h"),
    /** Days of the calendar, which may have 23 or 25 hours. */
    DAYS("d"),
    /** Seven days of the calendar. */
    WEEKS("w"),
    /** Months of the calendar. */
    MONTHS("mo"),
    /** Three months. */
    QUARTERS("q"),
    /** Twelve months. */
    YEARS("y"),
    /** Days from Monday to Friday that are no holidays. */
    BUSINESS_DAYS("business-day"),
    /** The common step of the table, which is found when it is read. */
    AUTO("auto");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  /** The common step of the table. */
  public static final Frequency AUTO = new Frequency(Unit.AUTO, 1);

  /** From one business day to the next. */
  public static final Frequency BUSINESS_DAY = new Frequency(Unit.BUSINESS_DAYS, 1);

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(s|min|h|d|w|mo|q|y)");

  public Frequency {
    if (count < 1) {
      throw new IllegalArgumentException("a frequency must be at least 1, but is " + count);
    }
  }

  /** The frequency of a text such as {@code 15min} or {@code business-day}; absent if of none. */
  public static Optional<Frequency> of(String text) {
    if (text.equals(Unit.AUTO.word)) {
      return Optional.of(AUTO);
    }
    if (text.equals(Unit.BUSINESS_DAYS.word)) {
      return Optional.of(BUSINESS_DAY);
    }
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(match.group(1));
    for (Unit unit : Unit.values()) {
      if (unit.word.equals(match.group(2))) {
        return Optional.of(new Frequency(unit, count));
      }
    }
    return Optional.empty();
  }

  /** Whether it is found when the table is read. */
  public boolean isAuto() {
    return unit == Unit.AUTO;
  }

  /** Whether holidays are no steps of it. */
  public boolean skipsHolidays() {
    return unit == Unit.BUSINESS_DAYS;
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return unit == Unit.AUTO || unit == Unit.BUSINESS_DAYS ? unit.word : count + unit.word;
  }
}
