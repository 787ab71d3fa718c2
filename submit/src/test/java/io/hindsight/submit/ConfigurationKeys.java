package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.section.ConfigReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The keys that a configuration can have, and those that one has. */
final class ConfigurationKeys {
  private static final Pattern ALLOWED =
      Pattern.compile("([\\w.-]*)nosuchkey: unknown key[^\\n]*?keys allowed here: ([\\w, -]+)");

  private ConfigurationKeys() {}

  /**
   * Every key but those that are sections: each section refuses an unknown key by listing those
   * that it knows.
   */
  static Set<String> all() {
    Set<String> keys = new TreeSet<>();
    for (String data : List.of("csv", "text", "generator")) {
      String yaml =
          """
          nosuchkey: 1
          on: {nosuchkey: 1}
          data: {format: %s, name: copy, nosuchkey: 1, split: {nosuchkey: 1}, window: {nosuchkey: 1}}
          model: {nosuchkey: 1, output: {nosuchkey: 1}, initial: {nosuchkey: 1}}
          output: {nosuchkey: 1}
          gate: {nosuchkey: 1, data: {nosuchkey: 1}, model: {nosuchkey: 1}}
          training:
            nosuchkey: 1
            bptt: {window: 5, nosuchkey: 1, curriculum: {nosuchkey: 1}}
            optimizer: {nosuchkey: 1}
            schedule: {type: nosuchtype, nosuchkey: 1}
            clip: {nosuchkey: 1}
            early-stopping: {nosuchkey: 1}
            checkpoint: {nosuchkey: 1}
            on-non-finite: rollback
            rollback: {nosuchkey: 1}
          """;
      keys.addAll(keysOf(yaml.formatted(data)));
    }
    Set<String> sections =
        keys.stream()
            .filter(k -> keys.stream().anyMatch(o -> o.startsWith(k + ".")))
            .collect(Collectors.toSet());
    keys.removeAll(sections);
    return keys;
  }

  private static Set<String> keysOf(String yaml) {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> ConfigReader.read(yaml, "test.yaml", List.of()));
    Set<String> keys = new TreeSet<>();
    ALLOWED
        .matcher(refused.getMessage())
        .results()
        .forEach(
            section -> {
              for (String key : section.group(2).split(", ")) {
                keys.add(section.group(1) + key);
              }
            });
    assertTrue(keys.size() > 30, refused.getMessage());
    return keys;
  }

  /** Keys and sections that a configuration, or some of its sections, has. */
  static Set<String> in(String yaml) {
    Set<String> keys = new TreeSet<>();
    add(keys, "", yaml(yaml));
    return keys;
  }

  /** Those of a change {@code section.key=value}; of one that removes a key none. */
  static Set<String> inChange(String change) {
    String[] parts = change.split("=", 2);
    Set<String> keys = new TreeSet<>();
    if (!parts[1].equals("null")) {
      keys.add(parts[0]);
      add(keys, parts[0] + ".", yaml(parts[1]));
    }
    return keys;
  }

  static Object yaml(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  private static void add(Set<String> keys, String prefix, Object node) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            keys.add(prefix + key);
            add(keys, prefix + key + ".", value);
          });
    }
  }
}
