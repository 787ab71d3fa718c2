package io.hindsight.datasets.table;

import java.util.Map;

/** Settings of Spark SQL that reading tables counts on, where the user has set none. */
public final class TableSettings {
  /** Names and values. */
  public static final Map<String, String> DEFAULTS =
      Map.of(
          // Times that are cast to text, or read from text without a zone, are the same everywhere.
          "spark.sql.session.timeZone", "UTC",
          // Times in nanoseconds, as pandas writes them, are read as whole numbers, not refused.
          "spark.sql.legacy.parquet.nanosAsLong", "true");

  private TableSettings() {}
}
