package io.hindsight.datasets;

import io.hindsight.datasets.table.TableSettings;
import org.apache.spark.sql.SparkSession;

/** One small local session for all tests of a JVM. */
public final class TestSession {
  private TestSession() {}

  /**
   * Starts the session on first use and makes it the active one. Without generated code, whose
   * compilation takes longer than the few rows of a test.
   */
  public static SparkSession start() {
    SparkSession.Builder builder = SparkSession.builder();
    TableSettings.DEFAULTS.forEach(builder::config);
    return builder
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.heartbeatInterval", "200ms") // for what tells while a task runs
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .getOrCreate();
  }
}
