package io.hindsight.datasets.rows.profile;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.profile.RowTimes;
import io.hindsight.datasets.rows.Cells;
import io.hindsight.datasets.rows.RowCounter;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sequences.PartitionSums;
import io.hindsight.datasets.sequences.Summing;
import io.hindsight.datasets.time.InstantReader;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks at the times of a table's rows on the executors; rows without a time are passed over. */
public final class RowClock {
  private RowClock() {}

  /**
   * The times of rows that lie in the window of their layout.
   *
   * @param most how many of the newest are kept
   */
  public static RowTimes of(Dataset<Row> rows, RowLayout layout, int most) {
    return PartitionSums.of(rows.rdd(), new Look(layout, most));
  }

  private record Look(RowLayout layout, int most) implements Summing<Row, RowTimes> {
    @Override
    public RowTimes of(Iterator<Row> partition) {
      RowTimes times = new RowTimes(most);
      RowCounter counter = new RowCounter(layout);
      InstantReader reader = new InstantReader(layout.scope().zone());
      while (partition.hasNext()) {
        Row row = partition.next();
        add(times, new Cells(row, counter.next(row), layout.decimal()), reader);
      }
      return times;
    }

    private void add(RowTimes times, Cells cells, InstantReader reader) {
      try {
        cells.requireWellFormed(layout.malformedAt(), layout.format());
        reader
            .read(layout.time().shown(layout.timeCell(cells)))
            .filter(
                time -> layout.scope().window() == null || layout.scope().window().contains(time))
            .ifPresent(times::add);
      } catch (DataException unreadable) {
        // Whoever trains on the row refuses it, with its place.
      }
    }
  }
}
