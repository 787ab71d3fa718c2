package io.hindsight.driver.engine;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.ConfigEntry$;

/**
 * What Spark itself knows of its settings: their types, limits and defaults. Spark keeps this to
 * itself, so it is used here alone, and where a version of Spark has it no more, nothing is known.
 */
final class SparkEntries {
  /** Each declares its settings when it is initialised. */
  private static final List<String> DECLARING =
      List.of(
          "org.apache.spark.internal.config.package$",
          "org.apache.spark.internal.config.Kryo$",
          "org.apache.spark.internal.config.Network$",
          "org.apache.spark.internal.config.Status$",
          "org.apache.spark.internal.config.UI$");

  private static final String SQL = "spark.sql.";
  private static final String DECLARING_SQL = "org.apache.spark.sql.internal.SQLConf$";

  private SparkEntries() {}

  /**
   * Has Spark read a setting.
   *
   * @throws RuntimeException if it cannot, with Spark's reason
   */
  static void read(SparkConf conf, String key) {
    find(key).ifPresent(conf::get);
  }

  /** A setting's default in words; empty if Spark has none, or does not know the setting. */
  static Optional<String> usual(String key) {
    return find(key)
        .map(ConfigEntry::defaultValueString)
        .filter(text -> !text.equals(ConfigEntry$.MODULE$.UNDEFINED()));
  }

  /**
   * Has Spark check the settings against each other.
   *
   * @throws RuntimeException if some do not go together, or another exception, with Spark's reason
   */
  static void check(SparkConf conf) {
    conf.clone().validateSettings(); // of a copy, since it renames old ones
  }

  private static Optional<ConfigEntry<?>> find(String key) {
    try {
      for (String holder : DECLARING) {
        Class.forName(holder);
      }
      if (key.startsWith(SQL)) {
        Class.forName(DECLARING_SQL);
      }
      return Optional.ofNullable(ConfigEntry$.MODULE$.findEntry(key));
    } catch (ClassNotFoundException | LinkageError otherVersion) {
      return Optional.empty();
    }
  }
}
