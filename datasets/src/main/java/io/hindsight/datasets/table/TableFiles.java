package io.hindsight.datasets.table;

import java.net.URI;
import org.apache.hadoop.fs.Path;

/** The files that Spark reads a table from. */
final class TableFiles {
  private TableFiles() {}

  /** A file as Spark names it, in the escapes of a URI. */
  static Path path(String file) {
    return new Path(URI.create(file));
  }
}
