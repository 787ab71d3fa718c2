package io.hindsight.driver.config.builder;

import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of one section that were given, in the order they were given. */
final class Keys {
  private final Map<String, Object> given = new LinkedHashMap<>();

  /** None yet. */
  Keys() {}

  /** Those of a section that was written before. */
  Keys(Map<String, ?> section) {
    section.forEach((key, value) -> given.put(key, copy(value)));
  }

  /** Gives a key its value, in place of an earlier one. */
  void set(String key, Object value) {
    given.put(key, value);
  }

  /** Gives a key of a section below its value. */
  @SuppressWarnings("unchecked") // sections below are made here and in copy only
  void set(String section, String key, Object value) {
    ((Map<String, Object>) given.computeIfAbsent(section, name -> new LinkedHashMap<>()))
        .put(key, value);
  }

  /** Takes a key back. */
  void remove(String key) {
    given.remove(key);
  }

  /** Takes a key of a section below back. */
  void remove(String section, String key) {
    if (given.get(section) instanceof Map<?, ?> below) {
      below.remove(key);
    }
  }

  /** A copy, which later changes leave as it is. */
  Map<String, Object> toMap() {
    return new Keys(given).given;
  }

  private static Object copy(Object value) {
    return value instanceof Map<?, ?> section ? copyOf(section) : value;
  }

  private static Map<String, Object> copyOf(Map<?, ?> section) {
    Map<String, Object> copy = new LinkedHashMap<>();
    section.forEach((key, value) -> copy.put(key.toString(), copy(value)));
    return copy;
  }
}
