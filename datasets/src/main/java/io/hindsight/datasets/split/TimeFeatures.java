package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.calendar.CalendarField;
import io.hindsight.datasets.time.InstantReader;
import io.hindsight.datasets.time.TableTimes;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.datasets.time.TimeStep;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collections;

/**
 * Adds inputs of the time to those of the columns, of the row that a step reads last, in this
 * order: whether the row was put in, ln(1 + steps since the row before), and for each field of the
 * calendar the sine and the cosine of its phase, or whether the day is a holiday.
 */
final class TimeFeatures {
  private final TimeInputs inputs;
  private final TableTimes times;

  TimeFeatures(TimeInputs inputs, TableTimes times) {
    this.inputs = inputs;
    this.times = times;
  }

  /**
   * Writes the inputs of the time.
   *
   * @param features with the inputs of the columns // (T, I)
   * @param first column to write to
   * @param all I
   * @param offset rows before that of the first step
   */
  void addTo(double[] features, int first, int all, RawSequence raw, int offset) {
    int at = first;
    if (inputs.marksGaps()) {
      addGaps(features, at++, all, raw, offset);
    }
    if (inputs.elapsed().isPresent()) {
      addElapsed(features, at++, all, raw, offset);
    }
    if (!inputs.calendar().isEmpty()) {
      addCalendar(features, at, all, raw, offset);
    }
  }

  private static void addGaps(double[] features, int at, int all, RawSequence raw, int offset) {
    for (int t = 0; t * all < features.length; t++) {
      int row = t + offset;
      boolean isInserted = raw.grid().filter(grid -> grid.isInserted(row)).isPresent();
      features[t * all + at] = isInserted ? 1 : 0;
    }
  }

  private void addElapsed(double[] features, int at, int all, RawSequence raw, int offset) {
    TimeStep step = inputs.elapsed().orElseThrow();
    double[] positions = // (N)
        times
            .positions(raw, step)
            .orElseThrow(
                () ->
                    new DataException(
                        "the time since the row before is counted in steps of " + step,
                        "times that are none, such as " + DataException.quote(raw.times().get(0)),
                        raw.place(),
                        "bring times as those of the training data, or use data.elapsed: false"));
    for (int t = 0; t * all < features.length; t++) {
      int row = t + offset;
      double since = row == 0 ? 0 : positions[row] - positions[row - 1];
      features[t * all + at] = StrictMath.log1p(since);
    }
  }

  private void addCalendar(double[] features, int from, int all, RawSequence raw, int offset) {
    InstantReader reader = new InstantReader(inputs.zone());
    for (int t = 0; t * all < features.length; t++) {
      putCalendar(inputs, instant(raw, t + offset, reader), features, t * all + from);
    }
  }

  /** Writes the inputs of the calendar of one time. */
  static void putCalendar(TimeInputs inputs, Instant instant, double[] features, int from) {
    ZonedDateTime time = instant.atZone(inputs.zone());
    int at = from;
    for (CalendarField field : inputs.calendar()) {
      if (field == CalendarField.HOLIDAY) {
        boolean is = Collections.binarySearch(inputs.holidays(), time.toLocalDate()) >= 0;
        features[at] = is ? 1 : 0;
      } else {
        features[at] = StrictMath.sin(field.angle(time));
        features[at + 1] = StrictMath.cos(field.angle(time));
      }
      at += field.width();
    }
  }

  private static Instant instant(RawSequence raw, int row, InstantReader reader) {
    if (raw.grid().filter(grid -> grid.isInserted(row)).isPresent()) {
      return raw.grid().get().after(row, 0);
    }
    String text = raw.times().get(row);
    return reader
        .read(text)
        .orElseThrow(
            () ->
                new DataException(
                    "a time must be a timestamp or an ISO date where data.calendar is given",
                    DataException.quote(text),
                    raw.place(),
                    "name a column of dates in data.time"));
  }
}
