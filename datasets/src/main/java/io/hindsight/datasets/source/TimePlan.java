package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.fit.TableData;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.time.StepFinder.Found;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.time.TimeStep;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is to be made of the times of a table, once its rows are known.
 *
 * @param holidays of the file that the configuration names
 */
record TimePlan(TableSpec spec, List<LocalDate> holidays) {
  /** Reads the holidays, if there are any. */
  static TimePlan of(TableSpec spec) {
    return new TimePlan(spec, spec.timeRules().holidays().map(HolidayFile::read).orElse(List.of()));
  }

  /**
   * Looks for steps where they are to be found.
   *
   * @throws DataException if there is none
   */
  TimeInputs inputs(TableData data) {
    TimeRules rules = spec.timeRules();
    if (rules.frequency().isEmpty() && !rules.elapsed() && rules.calendar().isEmpty()) {
      return TimeInputs.NONE;
    }
    Optional<Frequency> frequency =
        rules.frequency().map(asked -> asked.isAuto() ? found(data) : asked);
    boolean read =
        rules.calendar().contains(CalendarField.HOLIDAY)
            || frequency.filter(Frequency::skipsHolidays).isPresent();
    return new TimeInputs(
        frequency,
        rules.gaps(),
        rules.elapsed() ? Optional.of(elapsed(frequency, data)) : Optional.empty(),
        rules.calendar(),
        read ? holidays : List.of(),
        spec.scope().zone());
  }

  private static Frequency found(TableData data) {
    Optional<Found> found = data.findStep();
    return TableData.common(found)
        .flatMap(TimeInputs::frequency)
        .orElseThrow(
            () ->
                new DataException(
                    "data.frequency: auto needs a step that most rows are apart, of whole seconds,"
                        + " of months, or from Monday to Friday",
                    found
                        .map(step -> "%s as the most common".formatted(step.step()))
                        .orElse("none"),
                    data.source(),
                    "name the step in data.frequency, such as 1h, or leave the key out"));
  }

  private static TimeStep elapsed(Optional<Frequency> frequency, TableData data) {
    return frequency
        .map(TimeInputs::step)
        .or(() -> data.findStep().map(Found::step))
        .orElseThrow(
            () ->
                new DataException(
                    "data.elapsed needs times that are numbers or dates, and two in a sequence",
                    "none",
                    data.source(),
                    "name another column in data.time, or use data.elapsed: false"));
  }
}
