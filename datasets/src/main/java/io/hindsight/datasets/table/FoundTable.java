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
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";
  private static final long FINE = 8 << 20; // bytes of files for a partition
  private static final long MOST_FINE = 1000; // partitions, beyond which each gets more
  private static final long COARSE = 128 << 20; // but no more than this

  /** Whether all files together are small; what comes from elsewhere may be of any size. */
  boolean isSmall() {
    return snapshot instanceof SourceFiles files
        && files.bytes() <= TableSettings.small(rows.sparkSession());
  }

  /**
   * Partitions to bring sequences together in, such that each fits the memory of a task; 0 leaves
   * it to Spark, where the size is not known or the user has set their number.
   */
  int partitions() {
    boolean isSet = rows.sparkSession().conf().getAll().contains(SHUFFLE_PARTITIONS);
    if (isSet || !(snapshot instanceof SourceFiles files)) {
      return 0;
    }
    long fine = Math.min(files.bytes() / FINE, MOST_FINE);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(fine, files.bytes() / COARSE) + 1);
  }
}
