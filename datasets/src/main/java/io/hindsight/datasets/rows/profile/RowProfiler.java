package io.hindsight.datasets.rows.profile;

import io.hindsight.datasets.profile.DataProfile;
import io.hindsight.datasets.profile.FirstLook;
import io.hindsight.datasets.profile.Profiled;
import io.hindsight.datasets.profile.SecondLook;
import io.hindsight.datasets.rows.RowLayout;
import io.hindsight.datasets.sequences.PartitionSums;
import io.hindsight.datasets.sequences.Summing;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Profiles the rows of a table on the executors, which read it twice and shuffle nothing. */
public final class RowProfiler {
  private RowProfiler() {}

  /**
   * Profiles rows.
   *
   * @param rows as the layout has them
   * @param reference whose edges values are counted by, too
   * @param newest how many of the newest times are kept, at least 1
   */
  public static Profiled of(
      Dataset<Row> rows, RowLayout layout, Optional<DataProfile> reference, int newest) {
    RDD<Row> all = rows.rdd();
    FirstLook first = PartitionSums.of(all, new First(layout, newest));
    SecondLook second = PartitionSums.of(all, new Second(layout, first.second(reference)));
    return first.with(second);
  }

  private record First(RowLayout layout, int newest) implements Summing<Row, FirstLook> {
    @Override
    public FirstLook of(Iterator<Row> partition) {
      boolean isRowSequence = layout.nested() && !layout.hasIds();
      FirstLook look = new FirstLook(new ProfiledCells(layout).columns(), isRowSequence, newest);
      new RowWalk(layout).walk(partition, look::add);
      return look;
    }
  }

  private record Second(RowLayout layout, SecondLook none) implements Summing<Row, SecondLook> {
    @Override
    public SecondLook of(Iterator<Row> partition) {
      SecondLook look = none.none();
      new RowWalk(layout).walk(partition, look::add);
      return look;
    }
  }
}
