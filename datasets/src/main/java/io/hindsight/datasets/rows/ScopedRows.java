package io.hindsight.datasets.rows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.time.InstantReader;
import java.time.Instant;

/** Tells which rows of a partition are read by their times, one row after the other. */
public final class ScopedRows {
  private final RowLayout layout;
  private final InstantReader reader; // null if times may be anything

  /** For rows of a layout. */
  public ScopedRows(RowLayout layout) {
    this.layout = layout;
    reader = layout.scope() == null ? null : new InstantReader(layout.scope().zone());
  }

  /**
   * Whether a row is read.
   *
   * @throws DataException if its time is missing, or no point in time where it must be one
   */
  public boolean contain(Cells row) {
    if (reader == null) {
      return true;
    }
    String time = layout.time().shown(layout.timeCell(row));
    Instant instant = reader.read(time).orElseThrow(() -> noInstant(time, row.place()));
    return layout.scope().window() == null || layout.scope().window().contains(instant);
  }

  private DataException noInstant(String time, TablePlace place) {
    return new DataException(
        "a time must be a timestamp or an ISO date where data.window or data.split has dates",
        DataException.quote(time),
        place.column(layout.timeName()),
        "name a column of dates in data.time, or leave out data.window and split by time");
  }
}
