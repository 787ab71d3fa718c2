package io.hindsight.driver.config.missing;

import io.hindsight.datasets.columns.MissingRule;
import io.hindsight.datasets.columns.MissingRules;
import io.hindsight.datasets.columns.MissingValues;
import io.hindsight.datasets.spec.Scale;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.config.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code data.missing} and {@code data.missing-targets} of a table. */
public final class MissingKeys {
  private static final String MISSING = "missing";
  private static final String TARGETS = "missing-targets";
  private static final String OTHER = "other";

  /** Words of {@code data.missing-targets}. */
  private enum Targets {
    ERROR,
    SKIP
  }

  private MissingKeys() {}

  /**
   * Reads the keys.
   *
   * @param inputs the columns of {@code data.inputs}
   */
  public static MissingValues read(
      Section data, List<String> inputs, TargetKind kind, Scale scale) {
    boolean each =
        data.has(MISSING) && data.value(MISSING).stream().anyMatch(Mapping.class::isInstance);
    MissingRules rules =
        each
            ? named(data.section(MISSING), inputs)
            : data.choice(MISSING, MissingRule.class)
                .map(MissingRules::of)
                .orElse(MissingRules.NONE);
    refuseMeaningless(data, rules, inputs, scale);
    Optional<Targets> targets = data.choice(TARGETS, Targets.class);
    if (targets.isPresent() && kind == TargetKind.LABEL_STRING) {
      String message = "a step of a label string may have no label, and none is missing";
      data.problem(TARGETS, message, "delete the line");
    }
    return new MissingValues(rules, targets.filter(Targets.SKIP::equals).isPresent());
  }

  private static MissingRules named(Section columns, List<String> inputs) {
    TreeMap<String, MissingRule> named = new TreeMap<>();
    for (String column : inputs) {
      columns.choice(column, MissingRule.class).ifPresent(rule -> named.put(column, rule));
    }
    MissingRule others =
        inputs.contains(OTHER)
            ? MissingRule.ERROR
            : columns.choice(OTHER, MissingRule.class).orElse(MissingRule.ERROR);
    return new MissingRules(others, named);
  }

  private static void refuseMeaningless(
      Section data, MissingRules rules, List<String> inputs, Scale scale) {
    List<MissingRule> all = new ArrayList<>(rules.named().values());
    all.add(rules.others());
    if (inputs.isEmpty() && all.stream().anyMatch(rule -> rule != MissingRule.ERROR)) {
      String message = "there is no input that could be missing";
      data.problem(MISSING, message, "delete the line; a missing category is unknown");
    }
    if (scale == Scale.LOG && all.contains(MissingRule.ZERO)) {
      String message = "0 has no logarithm, and scale is log";
      data.problem(MISSING, message, "use mean or last, or another scale");
    }
  }

  /** Writes the keys that say something. */
  public static void write(MissingValues missing, Map<String, Object> data) {
    if (!missing.inputs().equals(MissingRules.NONE)) {
      data.put(MISSING, value(missing.inputs()));
    }
    if (missing.targets()) {
      data.put(TARGETS, Words.of(Targets.SKIP));
    }
  }

  private static Object value(MissingRules rules) {
    if (rules.named().isEmpty()) {
      return Words.of(rules.others());
    }
    Map<String, Object> named = new LinkedHashMap<>();
    rules.named().forEach((column, rule) -> named.put(column, Words.of(rule)));
    if (rules.others() != MissingRule.ERROR) {
      named.put(OTHER, Words.of(rules.others()));
    }
    return named;
  }

  /** What is done about each column whose values may be missing, for people. */
  public static Object word(MissingRules rules) {
    return value(rules);
  }
}
