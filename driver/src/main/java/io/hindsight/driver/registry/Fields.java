package io.hindsight.driver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.model.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fields of the files of a registry, each asked for by its type. */
final class Fields {
  /** Names of versions are names of folders on any storage. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Fields() {}

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  static String id(JsonNode json, String field, String where) {
    return requireId(Json.text(json, field, where), field, where);
  }

  static Optional<String> optionalId(JsonNode json, String field, String where) {
    return json.path(field).isNull() ? Optional.empty() : Optional.of(id(json, field, where));
  }

  static List<String> ids(JsonNode json, String field, String where) {
    List<String> ids = texts(json, field, where);
    ids.forEach(each -> requireId(each, field, where));
    return ids;
  }

  private static String requireId(String text, String field, String where) {
    if (!isId(text)) {
      throw Json.corrupt(
          where, "needs the name of a version as '%s', but has '%s'".formatted(field, text));
    }
    return text;
  }

  static String sha256(JsonNode json, String field, String where) {
    String text = Json.text(json, field, where);
    if (!SHA256.matcher(text).matches()) {
      throw Json.corrupt(where, "needs a SHA-256 as '%s', but has '%s'".formatted(field, text));
    }
    return text;
  }

  static Instant instant(JsonNode json, String field, String where) {
    String text = Json.text(json, field, where);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Json.corrupt(where, "needs a UTC time as '%s', but has '%s'".formatted(field, text));
    }
  }

  static boolean truth(JsonNode json, String field, String where) {
    JsonNode value = json.path(field);
    if (!value.isBoolean()) {
      throw Json.corrupt(where, "needs '%s' as true or false, but has %s".formatted(field, value));
    }
    return value.booleanValue();
  }

  static JsonNode array(JsonNode json, String field, String where) {
    JsonNode value = json.path(field);
    if (!value.isArray()) {
      throw Json.corrupt(where, "needs the list '%s', but has %s".formatted(field, value));
    }
    return value;
  }

  static List<String> texts(JsonNode json, String field, String where) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : array(json, field, where)) {
      if (!each.isTextual()) {
        throw Json.corrupt(where, "needs texts in '%s', but has %s".formatted(field, each));
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  /** Refuses a file that says what it must in another form: no change of it may pass. */
  static void requireForm(byte[] written, byte[] found, String where) {
    if (!Arrays.equals(written, found)) {
      throw Json.corrupt(where, "says what it must in another form than it is written in");
    }
  }
}
