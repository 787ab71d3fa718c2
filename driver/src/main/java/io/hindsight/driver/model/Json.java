package io.hindsight.driver.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.ModelException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Strict JSON: one value per file, no duplicate keys, every field asked for by its type. */
public final class Json {
  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The same line breaks on every system. */
  private static final DefaultPrettyPrinter INDENTED =
      new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private Json() {}

  /** A new object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Indented, with a final line break. */
  public static byte[] pretty(JsonNode node) throws IOException {
    String text = MAPPER.writer(INDENTED).writeValueAsString(node);
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a number; one that JSON cannot write, as a text. */
  public static void put(ObjectNode node, String field, double value) {
    if (Double.isFinite(value)) {
      node.put(field, value);
    } else {
      node.put(field, String.valueOf(value));
    }
  }

  /**
   * Parses an object.
   *
   * @param where the file, for errors
   * @throws ModelException if it is broken, saying where
   */
  public static JsonNode parse(byte[] bytes, String where) {
    try {
      JsonNode node = tree(bytes);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw corrupt(where, "is not valid JSON: " + e.getOriginalMessage());
    }
    throw corrupt(where, "must hold one JSON object");
  }

  /** UTF-8 only: left to itself, the parser takes some damaged files for UTF-16 or UTF-32. */
  static JsonNode tree(byte[] bytes) throws JsonProcessingException {
    return MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * The text of a field.
   *
   * @throws ModelException if there is none
   */
  public static String text(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw corrupt(where, "needs the text '%s', but has %s".formatted(field, shown(value)));
    }
    return value.textValue();
  }

  /**
   * The integer of a field, from 0.
   *
   * @throws ModelException if there is none
   */
  public static long integer(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw corrupt(
          where, "needs '%s' as an integer from 0, but has %s".formatted(field, shown(value)));
    }
    return value.longValue();
  }

  /**
   * The object of a field.
   *
   * @throws ModelException if there is none
   */
  public static JsonNode object(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (!value.isObject()) {
      throw corrupt(where, "needs the object '%s', but has %s".formatted(field, shown(value)));
    }
    return value;
  }

  /**
   * Refuses a file whose format is another one, or a later version of it.
   *
   * @throws ModelException if it is
   */
  public static void requireVersion(JsonNode node, String format, int newest, String where) {
    String found = text(node, "format", where);
    if (!found.equals(format)) {
      throw corrupt(where, "must be of the format '%s', but is '%s'".formatted(format, found));
    }
    long version = integer(node, "format_version", where);
    if (version > newest) {
      throw new ModelException(
          Kind.TOO_NEW,
          "%s is of format version %d, but this program reads up to %d"
              .formatted(where, version, newest));
    }
    if (version < 1) {
      throw corrupt(where, "has format version " + version + "; versions begin at 1");
    }
  }

  /** What says that a file contradicts its format. */
  public static ModelException corrupt(String where, String problem) {
    return new ModelException(Kind.CORRUPT, where + " " + problem);
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing there" : value.toString();
  }
}
