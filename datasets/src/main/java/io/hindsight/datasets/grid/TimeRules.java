package io.hindsight.datasets.grid;

import io.hindsight.datasets.calendar.CalendarField;
import java.util.List;
import java.util.Optional;

/**
 * What is made of the times of a table's rows.
 *
 * @param duplicates what is done about rows of one time
 * @param frequency of the grid that rows must lie on; absent if they may lie anywhere
 * @param gaps what is done about steps of the grid without a row
 * @param elapsed whether the time since the row before is an input
 * @param calendar numbers of the calendar that are inputs
 * @param holidays a text file of dates; absent if there is none
 */
public record TimeRules(
    Duplicates duplicates,
    Optional<Frequency> frequency,
    Gaps gaps,
    boolean elapsed,
    List<CalendarField> calendar,
    Optional<String> holidays) {
  /** Rows are read as they are. */
  public static final TimeRules NONE =
      new TimeRules(
          Duplicates.ERROR, Optional.empty(), Gaps.ALLOW, false, List.of(), Optional.empty());

  public TimeRules {
    calendar = List.copyOf(calendar);
  }

  /** The same with other rules for rows of one time. */
  public TimeRules with(Duplicates other) {
    return new TimeRules(other, frequency, gaps, elapsed, calendar, holidays);
  }

  /** The same with a grid. */
  public TimeRules onGrid(Frequency other, Gaps missing) {
    return new TimeRules(duplicates, Optional.of(other), missing, elapsed, calendar, holidays);
  }

  /** The same with inputs of the time. */
  public TimeRules reading(boolean since, List<CalendarField> fields) {
    return new TimeRules(duplicates, frequency, gaps, since, fields, holidays);
  }

  /** The same with holidays. */
  public TimeRules withHolidays(String path) {
    return new TimeRules(duplicates, frequency, gaps, elapsed, calendar, Optional.of(path));
  }

  /** Whether times must be points in time. */
  public boolean needDates() {
    return frequency.isPresent() || !calendar.isEmpty();
  }

  /** Whether anything is made of them. */
  public boolean areNone() {
    return equals(NONE);
  }
}
