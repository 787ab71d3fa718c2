package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.time.InstantReader;
import java.time.Instant;
import java.time.ZoneId;

/** Finds the steps of one sequence that a point in time divides. */
final class DateCuts {
  private final RawSequence raw;
  private final TableEncoder encoder;
  private final InstantReader reader;

  /**
   * For a sequence.
   *
   * @param encoder that encoded it
   * @param zone of times that do not tell theirs
   */
  DateCuts(RawSequence raw, TableEncoder encoder, ZoneId zone) {
    this.raw = raw;
    this.encoder = encoder;
    reader = new InstantReader(zone);
  }

  /**
   * The first step whose row, or the row of whose target, is at a time or later; so all steps
   * before it have both before.
   *
   * @param end returned if there is no earlier one
   */
  int firstStep(Instant time, int end) {
    int row = firstRow(time);
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
    while (row < raw.length() && instant(row).isBefore(time)) {
      row++;
    }
    return row;
  }

  private Instant instant(int row) {
    String text = raw.times().get(row);
    return reader
        .read(text)
        .orElseThrow(
            () ->
                new DataException(
                    "a time must be a timestamp or an ISO date where data.split is by date",
                    DataException.quote(text),
                    raw.place(),
                    "name a column of dates in data.time, or use data.split.by: time"));
  }
}
