package io.hindsight.driver.config.yaml;

import io.hindsight.datasets.Decimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes nested maps as YAML in one fixed form, since configurations are hashed: two spaces per
 * level, lists in brackets and mappings within them in braces, and quotes wherever a text might be
 * read as anything else.
 */
public final class YamlEmitter {
  private YamlEmitter() {}

  /** The document of a mapping from texts to mappings, lists, texts, numbers and flags. */
  public static String emit(Map<String, ?> document) {
    StringBuilder out = new StringBuilder();
    mapping(document, "", out);
    return out.toString();
  }

  private static void mapping(Map<?, ?> mapping, String indent, StringBuilder out) {
    mapping.forEach(
        (key, value) -> {
          out.append(indent).append(text(key.toString())).append(':');
          if (value instanceof Map<?, ?> child && !child.isEmpty()) {
            out.append('\n');
            mapping(child, indent + "  ", out);
          } else {
            out.append(' ').append(single(value)).append('\n');
          }
        });
  }

  /** A value other than a mapping, on one line. */
  public static String single(Object value) {
    if (value instanceof Map<?, ?> mapping) {
      return mapping.entrySet().stream()
          .map(entry -> text(entry.getKey().toString()) + ": " + single(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(YamlEmitter::single).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Double number) {
      return Decimal.of(number);
    }
    return value instanceof String text ? text(text) : String.valueOf(value);
  }

  private static String text(String text) {
    boolean plain = text.matches("[A-Za-z_/][A-Za-z0-9_./-]*") && isPlainText(text);
    return plain ? text : quoted(text);
  }

  private static boolean isPlainText(String text) {
    return new YamlNode.Scalar(SourcePlace.inFile("", 1, 1), text, true).isText();
  }

  /** A text as a value between quotation marks, whatever it holds. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
              } else if (c >= ' ' && c < 0x7F) {
                out.append((char) c);
              } else {
                out.append(String.format("\\U%08X", c));
              }
            });
    return out.append('"').toString();
  }
}
