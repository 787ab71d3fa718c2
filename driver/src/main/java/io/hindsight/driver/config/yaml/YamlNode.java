package io.hindsight.driver.config.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A YAML value that knows where it was written. Immutable, so that aliases share their node. */
public sealed interface YamlNode {
  /** Where the value starts. */
  SourcePlace place();

  /** The value in a few words, for messages. */
  String describe();

  /**
   * A single value.
   *
   * @param place start
   * @param text without quotes
   * @param plain whether it was written without quotes, and so may be a number, flag or null
   */
  record Scalar(SourcePlace place, String text, boolean plain) implements YamlNode {
    private static final Pattern NUMBER =
        Pattern.compile("[-+]?(\\.[0-9]{1,60}|[0-9]{1,60}(\\.[0-9]{0,60})?)([eE][-+]?[0-9]{1,9})?");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern NOT_FINITE =
        Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** Whether this is YAML's null: nothing, {@code ~} or {@code null}. */
    boolean isNull() {
      return plain && NULL.matcher(text).matches();
    }

    /** Whether this is a number as the YAML 1.2 core schema has it, decimal and finite. */
    boolean isNumber() {
      return plain && NUMBER.matcher(text).matches();
    }

    /** Whether this is text: quoted, or neither number nor flag nor null. */
    boolean isText() {
      return !plain
          || !(isNull() || isNumber() || flag().isPresent() || NOT_FINITE.matcher(text).matches());
    }

    /** The flag, if this is one. */
    Optional<Boolean> flag() {
      return switch (plain ? text : "") {
        case "true", "True", "TRUE" -> Optional.of(true);
        case "false", "False", "FALSE" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String describe() {
      if (isText()) {
        return "the text '" + abbreviated() + "'";
      }
      return (isNumber() ? "the number " : "") + abbreviated();
    }

    private String abbreviated() {
      return text.codePointCount(0, text.length()) <= 60
          ? text
          : text.substring(0, text.offsetByCodePoints(0, 60)) + "…";
    }
  }

  /**
   * A list.
   *
   * @param place start
   * @param items its values
   */
  record Listing(SourcePlace place, List<YamlNode> items) implements YamlNode {
    public Listing {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list of " + items.size();
    }
  }

  /**
   * A mapping.
   *
   * @param place start
   * @param entries by key, in the order of the file
   */
  record Mapping(SourcePlace place, Map<String, Entry> entries) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The same mapping with one entry replaced, added, or (if absent) removed. */
    Mapping with(String key, Optional<Entry> entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      entry.ifPresentOrElse(e -> changed.put(key, e), () -> changed.remove(key));
      return new Mapping(place, changed);
    }

    @Override
    public String describe() {
      return "a section with keys";
    }
  }

  /**
   * A key's value.
   *
   * @param keyPlace where the key was written
   * @param value its value
   */
  record Entry(SourcePlace keyPlace, YamlNode value) {
    /** Where to point for a wrong value: at it, or at its key if it spans lines. */
    SourcePlace place() {
      return value instanceof Scalar ? value.place() : keyPlace;
    }
  }
}
