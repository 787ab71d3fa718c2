package io.hindsight.datasets.spec;

import java.util.Map;
import java.util.Optional;

/**
 * Where a table is, and how Spark reads it.
 *
 * @param format a Spark SQL format ({@code csv json parquet orc avro jdbc …}), or {@code table}
 * @param path a Hadoop URI or glob, or a table's name; absent for sources that need none (jdbc)
 * @param options options of the Spark SQL source
 * @param decimal the character before the fraction of a number in text: a point, or a comma
 */
public record TableLocation(
    String format, Optional<String> path, Map<String, String> options, char decimal) {
  public TableLocation {
    options = Map.copyOf(options);
  }

  /** A table whose numbers have a decimal point. */
  public TableLocation(String format, Optional<String> path, Map<String, String> options) {
    this(format, path, options, '.');
  }

  /** The same with other options of its source. */
  public TableLocation with(Map<String, String> others) {
    return new TableLocation(format, path, others, decimal);
  }
}
