package io.hindsight.datasets.calendar;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;

/** A number of the clock or the calendar that comes round again. */
public enum CalendarField {
  /** Of the hour, of 60. */
  MINUTE(ChronoField.MINUTE_OF_HOUR, 60),
  /** Of the day, of 24. */
  HOUR(ChronoField.HOUR_OF_DAY, 24),
  /** From Monday, of 7. */
  WEEKDAY(ChronoField.DAY_OF_WEEK, 7),
  /** Of the month, of 31. */
  DAY_OF_MONTH(ChronoField.DAY_OF_MONTH, 31),
  /** Of the year, of 366. */
  DAY_OF_YEAR(ChronoField.DAY_OF_YEAR, 366),
  /** Of the year, of 12. */
  MONTH(ChronoField.MONTH_OF_YEAR, 12),
  /** Whether the day is a holiday: one number, 1 or 0, in place of a phase. */
  HOLIDAY(null, 0);

  private static final double TURN = 2 * StrictMath.PI;

  private final ChronoField field; // null for holidays
  private final int period;

  CalendarField(ChronoField field, int period) {
    this.field = field;
    this.period = period;
  }

  /** How many inputs it makes: the sine and the cosine of a phase, or one number. */
  public int width() {
    return field == null ? 1 : 2;
  }

  /**
   * The angle of a time, in [0, 2π): that of (value − smallest value) / period of a turn.
   *
   * @param time in the zone whose clock is meant
   */
  public double angle(ZonedDateTime time) {
    long value = time.get(field) - field.range().getMinimum();
    return TURN * value / period;
  }
}
