package io.hindsight.datasets.table;

import io.hindsight.datasets.snapshot.SourceFiles;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table that Spark has found, none of whose rows has been read.
 *
 * @param rows all of them, with all columns
 * @param snapshot what they will be read from
 */
record FoundTable(Dataset<Row> rows, SourceSnapshot snapshot) {
  /** Whether all files together are small; what comes from elsewhere may be of any size. */
  boolean isSmall() {
    return snapshot instanceof SourceFiles files
        && files.bytes() <= TableSettings.small(rows.sparkSession());
  }
}
