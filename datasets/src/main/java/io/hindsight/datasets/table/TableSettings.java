package io.hindsight.datasets.table;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Settings of Spark SQL that reading tables counts on, where the user has set none. */
public final class TableSettings {
  /** Names and values. */
  public static final Map<String, String> DEFAULTS =
      Map.of(
          // Times that are cast to text, or read from text without a zone, are the same everywhere.
          "spark.sql.session.timeZone", "UTC",
          // Times in nanoseconds, as pandas writes them, are read as whole numbers, not refused.
          "spark.sql.legacy.parquet.nanosAsLong", "true");

  /**
   * Setting of Hindsight: bytes that the files of a table have in all, up to which its rows are
   * brought together by the driver, which takes no shuffle.
   */
  public static final String SMALL = "spark.hindsight.table.small";

  /** Where it is not set. */
  public static final int USUAL_SMALL = 4 << 20;

  private TableSettings() {}

  /** The bytes of {@link #SMALL}. */
  static long small(SparkSession session) {
    String size = session.conf().get(SMALL, String.valueOf(USUAL_SMALL));
    return new SparkConf(false).set(SMALL, size).getSizeAsBytes(SMALL);
  }
}
