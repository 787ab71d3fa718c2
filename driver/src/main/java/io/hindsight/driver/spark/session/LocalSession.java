package io.hindsight.driver.spark.session;

import io.hindsight.driver.config.ConfigException;
import java.util.HashMap;
import java.util.Map;

/**
 * A session on two threads of this process for tables of few rows, which commands and runs in this
 * process find and use until it is closed. Its settings are those of the launcher, and what makes
 * few rows fast.
 *
 * <p>Where Spark runs in this process already, that session is used as it is, and stays when this
 * is closed.
 */
public final class LocalSession implements AutoCloseable {
  /**
   * Settings for tables of few rows: code made for them takes longer to compile than they to read,
   * and Spark's usual 200 partitions each cost a task.
   */
  public static final Map<String, String> FOR_FEW_ROWS =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.shuffle.partitions", "5");

  private final Map<String, String> before = new HashMap<>(); // null where there was none
  private final Sessions sessions;

  private LocalSession() {
    Map<String, String> settings = new HashMap<>(FOR_FEW_ROWS);
    settings.put("spark.master", "local[2]");
    settings.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    try {
      sessions = Sessions.open("test", "tables are read by it");
      sessions.session();
    } catch (RuntimeException failure) {
      restoreProperties();
      throw failure;
    }
  }

  /**
   * Opens one.
   *
   * @throws ConfigException if a setting of Spark in this process is wrong
   */
  public static LocalSession open() {
    return new LocalSession();
  }

  @Override
  public void close() {
    sessions.close();
    restoreProperties();
  }

  private void restoreProperties() {
    before.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }
}
