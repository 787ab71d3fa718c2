package io.hindsight.driver.config.yaml;

import io.hindsight.datasets.Decimal;
import io.hindsight.driver.config.yaml.YamlNode.Entry;
import io.hindsight.driver.config.yaml.YamlNode.Listing;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import io.hindsight.driver.config.yaml.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes of Java's values the tree that {@link YamlTree} makes of a text, so that both are read and
 * checked by the same code.
 */
public final class ValueTree {
  private final SourcePlace place;

  private ValueTree(SourcePlace place) {
    this.place = place;
  }

  /**
   * The tree of a mapping.
   *
   * @param keys texts, whole numbers, doubles, flags, enumerations, null, and lists and mappings of
   *     them
   * @param place where problems are said to be
   */
  public static Mapping of(Map<String, ?> keys, SourcePlace place) {
    return new ValueTree(place).mapping(keys);
  }

  private Mapping mapping(Map<?, ?> keys) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    keys.forEach((key, value) -> entries.put(key.toString(), new Entry(place, node(value))));
    return new Mapping(place, entries);
  }

  private YamlNode node(Object value) {
    if (value instanceof Map<?, ?> keys) {
      return mapping(keys);
    }
    if (value instanceof List<?> items) {
      return new Listing(place, items.stream().map(this::node).toList());
    }
    if (value instanceof Enum<?> constant) {
      return new Scalar(place, Words.of(constant), true);
    }
    if (value instanceof Double number) {
      return new Scalar(place, number(number), true);
    }
    boolean plain = !(value instanceof String);
    return new Scalar(place, String.valueOf(value), plain);
  }

  private static String number(double x) {
    if (Double.isNaN(x)) {
      return ".nan";
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? ".inf" : "-.inf";
    }
    return Decimal.of(x);
  }
}
