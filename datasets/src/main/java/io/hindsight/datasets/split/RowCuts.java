package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.spec.Embargo;
import io.hindsight.datasets.time.InstantReader;
import java.time.Instant;
import java.time.ZoneId;

/** Finds the steps of one sequence that a row or a point in time divides. */
final class RowCuts {
  private static final Need DATES = new Need("data.split is by date", "use data.split.by: time");
  private static final Need EMBARGO =
      new Need("data.split.embargo is a duration", "give data.split.embargo as a number of steps");

  /** Why times must be read, and what else may be done. */
  private record Need(String why, String remedy) {}

  private final RawSequence raw;
  private final TableEncoder encoder;
  private final ZoneId zone;
  private final InstantReader reader;

  /**
   * For a sequence.
   *
   * @param encoder that encoded it
   * @param zone of times that do not tell theirs
   */
  RowCuts(RawSequence raw, TableEncoder encoder, ZoneId zone) {
    this.raw = raw;
    this.encoder = encoder;
    this.zone = zone;
    reader = new InstantReader(zone);
  }

  /**
   * The first step whose row, or the row of whose target, is at a time or later; so all steps
   * before it have both before.
   *
   * @param end returned if there is no earlier one
   */
  int firstStep(Instant time, int end) {
    return firstStep(firstRow(time), end);
  }

  /**
   * The first step of a row or a later one, or with the row of whose target it is so.
   *
   * @param end returned if there is no earlier one
   */
  int firstStep(int row, int end) {
    for (int step = 0; step < end; step++) {
      if (encoder.row(step) >= row || encoder.ahead(raw, step) >= row) {
        return step;
      }
    }
    return end;
  }

  /** The first row at a time or later; N if there is none. */
  private int firstRow(Instant time) {
    int row = 0;
    while (row < raw.length() && instant(row, DATES).isBefore(time)) {
      row++;
    }
    return row;
  }

  /**
   * The step that a part ends before so that an embargo lies before the next one.
   *
   * @param first step of the next one
   */
  int embargoed(Embargo embargo, int first) {
    if (embargo instanceof Embargo.Steps steps) {
      return first - steps.count();
    }
    Embargo.Duration duration = (Embargo.Duration) embargo;
    Instant from = duration.before(instant(encoder.row(first), EMBARGO), zone);
    int step = first;
    while (step > 0 && !instant(encoder.row(step - 1), EMBARGO).isBefore(from)) {
      step--;
    }
    return step;
  }

  private Instant instant(int row, Need need) {
    String text = raw.times().get(row);
    return reader
        .read(text)
        .orElseThrow(
            () ->
                new DataException(
                    "a time must be a timestamp or an ISO date where " + need.why(),
                    DataException.quote(text),
                    raw.place(),
                    "name a column of dates in data.time, or " + need.remedy()));
  }
}
