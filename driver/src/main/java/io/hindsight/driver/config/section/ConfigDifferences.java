package io.hindsight.driver.config.section;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.YamlEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells in which keys two configurations would come to different results. */
public final class ConfigDifferences {
  private static final String ABSENT = "absent";

  private ConfigDifferences() {}

  /**
   * The differences, in the order of their keys, as in {@code training.batch was 32, is 33}.
   *
   * @param was the earlier configuration
   * @param is the present one
   * @return empty exactly if {@link ResolvedConfig#hash} is the same
   */
  public static List<String> between(RunConfig was, RunConfig is) {
    SortedMap<String, String> before = flat(was);
    SortedMap<String, String> now = flat(is);
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String from = before.getOrDefault(key, ABSENT);
      String to = now.getOrDefault(key, ABSENT);
      if (!from.equals(to)) {
        differences.add("%s was %s, is %s".formatted(key, from, to));
      }
    }
    return differences;
  }

  private static SortedMap<String, String> flat(RunConfig config) {
    SortedMap<String, String> values = new TreeMap<>();
    flatten(ResolvedConfig.decisive(config), "", values);
    return values;
  }

  /** Adds the values of nested mappings by their keys, as {@code training.batch}. */
  static void flatten(Map<?, ?> mapping, String path, SortedMap<String, String> values) {
    mapping.forEach(
        (name, value) -> {
          String key = Section.join(path, name.toString());
          if (value instanceof Map<?, ?> child) {
            flatten(child, key, values);
          } else {
            values.put(key, YamlEmitter.single(value));
          }
        });
  }
}
