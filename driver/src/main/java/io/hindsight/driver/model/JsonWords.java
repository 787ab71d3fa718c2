package io.hindsight.driver.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Words and sizes in {@code model.json}. */
final class JsonWords {
  private JsonWords() {}

  /** An enum constant as configurations spell it. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant that a field names. */
  static <E extends Enum<E>> E choice(E[] choices, JsonNode json, String field, String where) {
    String text = Json.text(json, field, where);
    for (E choice : choices) {
      if (name(choice).equals(text)) {
        return choice;
      }
    }
    List<String> names = Arrays.stream(choices).map(JsonWords::name).toList();
    throw Json.corrupt(where, "has '%s' as its %s; there are %s".formatted(text, field, names));
  }

  /** A whole number of 32 bits. */
  static int size(JsonNode json, String field, String where) {
    long size = Json.integer(json, field, where);
    if (size > Integer.MAX_VALUE) {
      throw Json.corrupt(where, "has a '%s' of %d".formatted(field, size));
    }
    return (int) size;
  }
}
