package io.hindsight.driver.config.yaml;

import io.hindsight.driver.config.yaml.YamlNode.Entry;
import io.hindsight.driver.config.yaml.YamlNode.Listing;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import io.hindsight.driver.config.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cursor over one section of the configuration.
 *
 * <p>Reading a key makes it known; {@link #refuseUnknownKeys} then reports the rest. A value that
 * is wrong is reported and answered as absent, so reading goes on and finds every other problem; a
 * section that is missing or wrong is answered as empty and asks for nothing.
 */
public final class Section {
  private final Problems problems;
  private final String path;
  private final SourcePlace place;
  private final Mapping node;
  private final boolean present;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final List<Section> children = new ArrayList<>();

  private Section(
      Problems problems, String path, SourcePlace place, Mapping node, boolean present) {
    this.problems = problems;
    this.path = path;
    this.place = place;
    this.node = node;
    this.present = present;
  }

  /** The whole file. */
  public static Section root(Problems problems, SourcePlace start, Mapping node) {
    return new Section(problems, "", start, node, true);
  }

  /** The dotted path of a key below {@code path}. */
  public static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Whether the section was given, and is one. */
  public boolean present() {
    return present;
  }

  /** Whether a key was given, rightly or wrongly. */
  public boolean has(String key) {
    known.add(key);
    return node.entries().containsKey(key);
  }

  /** The keys that were given, in their order. */
  public Set<String> keys() {
    return node.entries().keySet();
  }

  /** Whether the key has no problem so far, given or not. */
  public boolean sound(String key) {
    return problems.sound(join(path, key));
  }

  /** Records a problem at the key's value; at the section if the key was not given. */
  public void problem(String key, String message, String remedy) {
    Entry entry = node.entries().get(key);
    problems.add(entry == null ? place : entry.place(), join(path, key), message, remedy);
  }

  /** Records a problem at the key itself. */
  public void refuse(String key, String message, String remedy) {
    if (node.entries().containsKey(key)) {
      refused.add(key);
      problems.add(node.entries().get(key).keyPlace(), join(path, key), message, remedy);
    }
  }

  /** Refuses each of the keys that was given, for the same reason. */
  public void refuseAll(List<String> keys, String message, String remedy) {
    keys.forEach(key -> refuse(key, message, remedy));
  }

  /**
   * Reports a required key that was not given; silent if the section itself is missing, or if the
   * key is there misspelt, which is reported as such.
   */
  public void require(String key, String remedy) {
    if (present && !has(key) && !misspelt(key)) {
      problem(key, "required, but missing", remedy);
    }
  }

  private boolean misspelt(String key) {
    return node.entries().keySet().stream()
        .anyMatch(given -> Suggestions.nearest(given, List.of(key)).isPresent());
  }

  /** Reports a required key of a section that was read before. */
  public void requireBelow(String section, String key, String remedy) {
    Entry entry = node.entries().get(section);
    String full = join(join(path, section), key);
    if (present && problems.sound(full)) {
      SourcePlace enclosing = entry == null ? place : entry.keyPlace();
      problems.add(enclosing, full, "required, but missing", remedy);
    }
  }

  /** Refuses a key of a section that was read before. */
  public void refuseBelow(String section, String key, String message, String remedy) {
    for (Section child : children) {
      if (child.path.equals(join(path, section))) {
        child.refuse(key, message, remedy);
      }
    }
  }

  /** A section below this one. */
  public Section section(String key) {
    Optional<YamlNode> value = value(key);
    Mapping child = new Mapping(place, Map.of());
    if (value.isPresent() && value.get() instanceof Mapping mapping) {
      child = mapping;
    } else {
      value.ifPresent(v -> wrongType(key, v, "a section", "write its keys below it, indented"));
    }
    boolean exists = value.filter(Mapping.class::isInstance).isPresent();
    SourcePlace start = exists ? node.entries().get(key).keyPlace() : place;
    Section section = new Section(problems, join(path, key), start, child, exists);
    children.add(section);
    return section;
  }

  /** The sections of a list, with at least one; empty if it is missing or wrong. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (YamlNode item : listing(key, "{…}")) {
      if (item instanceof Mapping mapping) {
        String itemPath = "%s[%d]".formatted(join(path, key), sections.size());
        sections.add(new Section(problems, itemPath, item.place(), mapping, true));
      } else {
        String message = "found " + item.describe() + " inside a list of sections";
        itemProblem(key, item, message, "write its keys in braces: {key: value}");
      }
    }
    children.addAll(sections);
    return sections;
  }

  /** A key's value as it was written; null, which is not a value, is reported. */
  public Optional<YamlNode> value(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    YamlNode value = node.entries().get(key).value();
    if (value instanceof Scalar scalar && scalar.isNull()) {
      problem(key, "has no value", "give it one, or delete the line");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** A key's single value; lists and sections are reported. */
  Optional<Scalar> scalar(String key, String expected) {
    Optional<YamlNode> value = value(key);
    if (value.isPresent() && !(value.get() instanceof Scalar)) {
      wrongType(key, value.get(), expected, "write a single value");
      return Optional.empty();
    }
    return value.map(Scalar.class::cast);
  }

  /** Whether a key's value is a text; nothing is reported. */
  public boolean isText(String key) {
    return has(key) && node.entries().get(key).value() instanceof Scalar one && one.isText();
  }

  /** A key's text. */
  public Optional<String> text(String key) {
    Optional<Scalar> scalar = scalar(key, "text");
    if (scalar.isPresent() && !scalar.get().isText()) {
      wrongType(key, scalar.get(), "text", "put it in quotes: \"" + scalar.get().text() + "\"");
      return Optional.empty();
    }
    return filled(key, scalar);
  }

  /** A key's text, number or flag, as text. */
  public Optional<String> word(String key) {
    return filled(key, scalar(key, "text"));
  }

  private Optional<String> filled(String key, Optional<Scalar> scalar) {
    if (scalar.isPresent() && scalar.get().text().isBlank()) {
      problem(key, "is empty", "give it a value, or delete the line");
      return Optional.empty();
    }
    return scalar.map(Scalar::text);
  }

  /** A key's text, or those of its list; empty if it is missing or wrong. */
  public List<String> textOrTexts(String key) {
    boolean isList = has(key) && node.entries().get(key).value() instanceof Listing;
    return isList ? texts(key) : text(key).map(List::of).orElse(List.of());
  }

  /** A flag, or the fallback. */
  public boolean flag(String key, boolean fallback) {
    Optional<Scalar> scalar = scalar(key, "true or false");
    if (scalar.isEmpty()) {
      return fallback;
    }
    return scalar
        .get()
        .flag()
        .orElseGet(
            () -> {
              String hint = Words.flagMeant(scalar.get().text());
              wrongType(key, scalar.get(), "true or false", hint);
              return fallback;
            });
  }

  /** One of some words. */
  public Optional<String> oneOf(String key, List<String> words) {
    Optional<Scalar> scalar = scalar(key, "one of " + String.join(", ", words));
    if (scalar.isPresent() && !words.contains(scalar.get().text())) {
      String word = scalar.get().text();
      problem(key, "unknown value '" + word + "'", Suggestions.remedy(word, words));
      return Optional.empty();
    }
    return scalar.map(Scalar::text);
  }

  /** A constant of an enumeration, written in lower case with hyphens. */
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return oneOf(key, Words.of(type)).map(word -> Words.constant(type, word));
  }

  /** The texts of a list without repetitions; empty if it is missing or wrong. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Scalar item : items(key, "name")) {
      if (!item.isText() || item.text().isBlank()) {
        String remedy = "put a name in quotes: \"" + item.text() + "\"";
        itemProblem(key, item, "found " + item.describe() + " in place of text", remedy);
      } else if (texts.contains(item.text())) {
        itemProblem(key, item, "'" + item.text() + "' is there twice", "delete one of the two");
      } else {
        texts.add(item.text());
      }
    }
    return texts;
  }

  /** Names of classes, which may be numbers, as text; empty if the list is missing or wrong. */
  public List<String> labels(String key) {
    List<String> labels = new ArrayList<>();
    for (Scalar item : items(key, "name")) {
      if (labels.contains(item.text())) {
        itemProblem(key, item, "'" + item.text() + "' is there twice", "delete one of the two");
      } else {
        labels.add(item.text());
      }
    }
    return labels;
  }

  /** A program and its arguments, each as text; empty if the list is missing or wrong. */
  public List<String> command(String key) {
    return items(key, "program").stream().map(Scalar::text).toList();
  }

  /**
   * The single values of a list with at least one; empty if it is missing or wrong.
   *
   * @param example an item, for the remedy where a list is missing
   */
  List<Scalar> items(String key, String example) {
    List<Scalar> items = new ArrayList<>();
    for (YamlNode item : listing(key, example)) {
      if (item instanceof Scalar scalar) {
        items.add(scalar);
      } else {
        itemProblem(key, item, "found " + item.describe() + " inside a list", "use single values");
      }
    }
    return items;
  }

  private List<YamlNode> listing(String key, String example) {
    Optional<YamlNode> value = value(key);
    if (value.isEmpty() || !(value.get() instanceof Listing list)) {
      value.ifPresent(
          v -> {
            String item = v instanceof Scalar scalar ? scalar.text() : example;
            wrongType(key, v, "a list", "write it in brackets: [" + item + "]");
          });
      return List.of();
    }
    if (list.items().isEmpty()) {
      problem(key, "the list is empty", "give at least one, as in [" + example + "]");
    }
    return list.items();
  }

  /** Free keys with single values of any type, as text. */
  public Map<String, String> options(String key) {
    Map<String, String> options = new LinkedHashMap<>();
    Section section = section(key);
    for (String option : section.node.entries().keySet()) {
      section.scalar(option, "a single value").ifPresent(s -> options.put(option, s.text()));
    }
    return options;
  }

  /** Records a value of the wrong type. */
  void wrongType(String key, YamlNode found, String expected, String remedy) {
    problem(key, "found " + found.describe() + " in place of " + expected, remedy);
  }

  /** Records a problem at one item of the key's list. */
  void itemProblem(String key, YamlNode item, String message, String remedy) {
    problems.add(item.place(), join(path, key), message, remedy);
  }

  /** Reports every key that nobody read, here and in all sections below that were read. */
  public void refuseUnknownKeys() {
    refuseUnknownKeys(knownPaths());
  }

  private void refuseUnknownKeys(List<String> everywhere) {
    for (String key : node.entries().keySet()) {
      if (!known.contains(key) && !refused.contains(key)) {
        refuse(key, "unknown key", remedyForUnknown(key, everywhere));
      }
    }
    children.forEach(child -> child.refuseUnknownKeys(everywhere));
  }

  private String remedyForUnknown(String key, List<String> everywhere) {
    String last = "." + key;
    Optional<String> elsewhere =
        everywhere.stream().filter(p -> p.endsWith(last) || p.equals(key)).findFirst();
    return Suggestions.nearest(key, known)
        .or(() -> elsewhere)
        .map(w -> "did you mean '" + w + "'?")
        .orElseGet(() -> "keys allowed here: " + String.join(", ", known));
  }

  private List<String> knownPaths() {
    List<String> paths = new ArrayList<>();
    known.forEach(key -> paths.add(join(path, key)));
    children.forEach(child -> paths.addAll(child.knownPaths()));
    return paths;
  }
}
