package io.hindsight.driver.predict;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.PinnedTable;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.yaml.YamlEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a model's configuration holds for data that it was not trained on, and what of it nobody
 * may change.
 */
final class OtherData {
  private static final String OPTIONS = "data.options";
  private static final String JDBC = "jdbc";
  private static final String DB_TABLE = "dbtable";
  private static final String QUERY = "query";

  private OtherData() {}

  /**
   * How the configuration is changed to read other data: by its path; where a database is read, by
   * the name of the table.
   *
   * @param own the model's configuration
   * @param given the place, as a user names it
   * @throws ConfigException if its source is told by options alone, so that a path would be ignored
   */
  static List<String> changes(RunConfig own, String given) {
    String value = YamlEmitter.quoted(given);
    if (!(own.data() instanceof TableSpec table) || table.location().path().isPresent()) {
      return List.of("data.path=" + value);
    }
    if (!table.location().format().equalsIgnoreCase(JDBC)) {
      throw ConfigException.of(
          "data.path",
          "'%s' would not be looked at: what the model's source %s reads is told by data.options alone; train it with a data.path"
              .formatted(given, table.location().format()));
    }
    List<String> changes = new ArrayList<>();
    for (String option : table.location().options().keySet()) {
      if (option.equalsIgnoreCase(DB_TABLE) || option.equalsIgnoreCase(QUERY)) {
        changes.add(OPTIONS + "." + option + "=null");
      }
    }
    changes.add(OPTIONS + "." + DB_TABLE + "=" + value);
    return changes;
  }

  /**
   * Neither the window of time nor the version of the table that a model was trained on are other
   * data's.
   *
   * @param config with the caller's changes
   * @param own without them
   */
  static RunConfig of(RunConfig config, RunConfig own, List<String> overrides) {
    if (!(config.data() instanceof TableSpec table) || !(own.data() instanceof TableSpec trained)) {
      return config;
    }
    Map<String, String> options = new HashMap<>(table.location().options());
    PinnedTable.versionOptions(trained).stream()
        .filter(option -> !sets(overrides, OPTIONS + "." + option))
        .filter(option -> !sets(overrides, OPTIONS))
        .forEach(options::remove);
    TableSpec whole = table.withOptions(options);
    boolean holds = overrides.stream().anyMatch(change -> change.startsWith("data.window"));
    return config.withData(holds ? whole : whole.withoutWindow());
  }

  private static boolean sets(List<String> overrides, String key) {
    return overrides.stream().anyMatch(change -> change.split("=", 2)[0].strip().equals(key));
  }

  /**
   * Refuses changes that would have no effect, since data is encoded as the model's own was. Data
   * of another kind is refused by whoever reads it.
   *
   * @param own the section of the model's own configuration
   * @param changed the same with the caller's changes
   * @throws ConfigException naming every key that has another value
   */
  static void requireOwnEncoding(DataSpec own, DataSpec changed) {
    if (!own.getClass().equals(changed.getClass())) {
      return;
    }
    Map<String, Object> values = EncodedKeys.of(changed);
    List<ConfigProblem> problems = new ArrayList<>();
    EncodedKeys.of(own)
        .forEach(
            (key, value) -> {
              if (!value.equals(values.get(key))) {
                problems.add(other(key, values.get(key), value));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static ConfigProblem other(String key, Object given, Object own) {
    return new ConfigProblem(
        "--set " + key + "=" + YamlEmitter.single(given),
        0,
        0,
        "",
        "a stored model encodes data as its own was, and its %s is %s"
            .formatted(key, YamlEmitter.single(own)),
        "leave it out, or train another model");
  }
}
