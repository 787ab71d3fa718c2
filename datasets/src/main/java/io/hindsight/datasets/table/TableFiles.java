package io.hindsight.datasets.table;

import io.hindsight.datasets.snapshot.SourceFiles;
import io.hindsight.datasets.snapshot.SourceSnapshot;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files that Spark reads a table from. */
final class TableFiles {
  private TableFiles() {}

  /**
   * How they are now.
   *
   * @param table opened, so that Spark has listed them
   * @param source the table, for people
   */
  static SourceSnapshot of(Dataset<Row> table, String source) {
    List<Path> files = Arrays.stream(table.inputFiles()).map(TableFiles::path).toList();
    return files.isEmpty() ? new SourceSnapshot.Unknown(source) : SourceFiles.find(source, files);
  }

  /** A file as Spark names it, in the escapes of a URI. */
  static Path path(String file) {
    return new Path(URI.create(file));
  }
}
