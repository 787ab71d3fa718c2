package io.hindsight.driver.config.section;

import io.hindsight.driver.config.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a section that not every value of its key {@code type} has.
 *
 * @param owners by key, the types that have it
 */
record OwnedKeys(SortedMap<String, List<String>> owners) {
  /** The keys, in any order. */
  static OwnedKeys of(Map<String, List<String>> owners) {
    return new OwnedKeys(new TreeMap<>(owners));
  }

  /**
   * Refuses each key that was given and that the type does not have.
   *
   * @param type the type; absent if it could not be read, and then all keys are known
   */
  void refuseForeign(Section section, Optional<String> type) {
    owners.forEach(
        (key, types) -> {
          if (type.isEmpty()) {
            section.has(key);
          } else if (!types.contains(type.get())) {
            String message = "belongs to " + String.join(", ", types) + ", not to " + type.get();
            section.refuse(key, message, "delete it, or change the type");
          }
        });
  }
}
