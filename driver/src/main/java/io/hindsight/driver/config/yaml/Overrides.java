package io.hindsight.driver.config.yaml;

import io.hindsight.driver.config.yaml.YamlNode.Entry;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import io.hindsight.driver.config.yaml.YamlNode.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the values of {@code --set section.key=value} into the tree of the file. */
public final class Overrides {
  private final Problems problems;

  /** Collects what is wrong with them there. */
  public Overrides(Problems problems) {
    this.problems = problems;
  }

  /** The tree with every override, the later ones on top of the earlier. */
  public Mapping apply(Mapping root, List<String> overrides) {
    Mapping result = root;
    for (int i = 0; i < overrides.size(); i++) {
      result = apply(result, overrides.get(i), SourcePlace.override(overrides.get(i), i + 1));
    }
    return result;
  }

  private Mapping apply(Mapping root, String override, SourcePlace place) {
    int equals = override.indexOf('=');
    List<String> keys =
        Arrays.asList(override.substring(0, Math.max(0, equals)).strip().split("\\."));
    if (equals < 0 || keys.isEmpty() || keys.stream().anyMatch(String::isBlank)) {
      String remedy = "write it as --set training.batch=64";
      problems.add(place, "", "this is not of the form section.key=value", remedy);
      return root;
    }
    String path = String.join(".", keys);
    Optional<YamlNode> value =
        YamlTree.parse(override.substring(equals + 1), place, path, problems);
    Optional<YamlNode> given = value.or(() -> Optional.of(new Scalar(place, "", true)));
    boolean removes =
        given.get() instanceof Scalar scalar && scalar.plain() && scalar.text().equals("null");
    return put(root, keys, 0, removes ? Optional.empty() : given, place);
  }

  private Mapping put(
      Mapping mapping, List<String> keys, int depth, Optional<YamlNode> value, SourcePlace place) {
    String key = keys.get(depth);
    if (depth == keys.size() - 1) {
      return mapping.with(key, value.map(v -> new Entry(place, v)));
    }
    Entry entry = mapping.entries().get(key);
    if (entry == null && value.isEmpty()) {
      return mapping;
    }
    if (entry != null && !(entry.value() instanceof Mapping) && !isNull(entry.value())) {
      String path = String.join(".", keys.subList(0, depth + 1));
      String message = "is " + entry.value().describe() + " and not a section";
      problems.add(place, path, message, "set the key itself, as in --set " + path + "=value");
      return mapping;
    }
    boolean section = entry != null && entry.value() instanceof Mapping;
    Mapping child = section ? (Mapping) entry.value() : new Mapping(place, Map.of());
    SourcePlace keyPlace = entry == null ? place : entry.keyPlace();
    Mapping changed = put(child, keys, depth + 1, value, place);
    return mapping.with(key, Optional.of(new Entry(keyPlace, changed)));
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof Scalar scalar && scalar.isNull();
  }
}
