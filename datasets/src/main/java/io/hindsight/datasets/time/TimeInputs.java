package io.hindsight.datasets.time;

import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.Gaps;
import io.hindsight.datasets.grid.Grid;
import io.hindsight.datasets.time.TimeStep.Unit;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * What is made of the times of a table's rows, kept with a model so that the same is made of new
 * data: the grid that rows must lie on, and inputs.
 *
 * @param frequency of the grid; absent if rows may lie anywhere
 * @param gaps what is done about steps of the grid without a row
 * @param elapsed the step that the time since the row before is counted in; absent if it is no
 *     input
 * @param calendar numbers of the calendar that are inputs
 * @param holidays days that are no business days, ascending
 * @param zone of days, and of times that do not tell theirs
 */
public record TimeInputs(
    Optional<Frequency> frequency,
    Gaps gaps,
    Optional<TimeStep> elapsed,
    List<CalendarField> calendar,
    List<LocalDate> holidays,
    ZoneId zone) {
  /** Nothing. */
  public static final TimeInputs NONE =
      new TimeInputs(
          Optional.empty(), Gaps.ALLOW, Optional.empty(), List.of(), List.of(), ZoneOffset.UTC);

  private static final int DAY = 86_400; // seconds
  private static final int WEEK = 7; // days
  private static final int MINUTE = 60; // seconds
  private static final int MOST = 999_999; // of a unit
  private static final EnumSet<DayOfWeek> BUSINESS =
      EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  public TimeInputs {
    calendar = List.copyOf(calendar);
    holidays = List.copyOf(holidays);
  }

  /** Whether nothing is made of times. */
  public boolean areNone() {
    return frequency.isEmpty() && width() == 0;
  }

  /** Whether an input tells which steps were inserted. */
  public boolean marksGaps() {
    return gaps == Gaps.MASK;
  }

  /** How many inputs are made of the time of a step. */
  public int width() {
    int fields = calendar.stream().mapToInt(CalendarField::width).sum();
    return (marksGaps() ? 1 : 0) + (elapsed.isPresent() ? 1 : 0) + fields;
  }

  /** The grid that rows must lie on. */
  public Optional<Grid> grid() {
    return frequency.map(steps -> new Grid(steps, zone, holidays));
  }

  /** The same without inputs: columns are fitted without them. */
  public TimeInputs withoutInputs() {
    return new TimeInputs(
        frequency, marksGaps() ? Gaps.CARRY : gaps, Optional.empty(), List.of(), holidays, zone);
  }

  /** The step of a grid. */
  public static TimeStep step(Frequency frequency) {
    int count = frequency.count();
    return switch (frequency.unit()) {
      case SECONDS -> TimeStep.of(Unit.SECONDS, count);
      case MINUTES -> TimeStep.of(Unit.SECONDS, 60.0 * count);
      case HOURS -> TimeStep.of(Unit.SECONDS, 3600.0 * count);
      case DAYS -> TimeStep.of(Unit.SECONDS, (double) DAY * count);
      case WEEKS -> TimeStep.of(Unit.SECONDS, (double) WEEK * DAY * count);
      case MONTHS -> TimeStep.of(Unit.MONTHS, count);
      case QUARTERS -> TimeStep.of(Unit.MONTHS, 3.0 * count);
      case YEARS -> TimeStep.of(Unit.MONTHS, 12.0 * count);
      case BUSINESS_DAYS -> TimeStep.ofWeekdays(BUSINESS);
      case AUTO -> throw new IllegalArgumentException("the step is not known yet");
    };
  }

  /** The frequency of a step that was found; absent for one that no grid has. */
  public static Optional<Frequency> frequency(TimeStep step) {
    long length = Math.round(step.length());
    if (step.unit() == Unit.WEEKDAYS) {
      return step.weekdays().equals(BUSINESS)
          ? Optional.of(Frequency.BUSINESS_DAY)
          : Optional.empty();
    }
    if (step.unit() == Unit.NUMBER || length < 1 || Math.abs(step.length() - length) > 1e-6) {
      return Optional.empty();
    }
    return step.unit() == Unit.MONTHS
        ? counted(Frequency.Unit.MONTHS, length)
        : length % DAY == 0
            ? counted(Frequency.Unit.DAYS, length / DAY)
            : length % MINUTE == 0
                ? counted(Frequency.Unit.MINUTES, length / MINUTE)
                : counted(Frequency.Unit.SECONDS, length);
  }

  private static Optional<Frequency> counted(Frequency.Unit unit, long count) {
    return count > MOST ? Optional.empty() : Optional.of(new Frequency(unit, (int) count));
  }
}
