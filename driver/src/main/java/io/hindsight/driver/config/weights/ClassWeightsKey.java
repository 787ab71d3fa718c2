package io.hindsight.driver.config.weights;

import io.hindsight.datasets.columns.TargetWeights;
import io.hindsight.datasets.columns.TargetWeights.Balance;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.config.yaml.YamlNode;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code training.class-weights}: {@code balanced}, or a number for each class or label that is
 * named.
 */
public final class ClassWeightsKey {
  private static final String KEY = "class-weights";
  private static final String BALANCED = "balanced";

  private ClassWeightsKey() {}

  /** Reads the key of a training section; no weights where there is none. */
  public static TargetWeights read(Section training) {
    Optional<YamlNode> value = training.value(KEY);
    if (value.isEmpty()) {
      return TargetWeights.NONE;
    }
    if (!(value.get() instanceof YamlNode.Mapping)) {
      Optional<String> word = training.oneOf(KEY, List.of(BALANCED));
      return word.isPresent() ? new TargetWeights("", Balance.STEPS, Map.of()) : TargetWeights.NONE;
    }
    Section classes = training.section(KEY);
    Map<String, Double> weights = new TreeMap<>();
    for (String name : classes.keys()) {
      new SectionNumbers(classes)
          .number(name, Range.NOT_NEGATIVE)
          .ifPresent(weight -> weights.put(name, weight));
    }
    if (weights.isEmpty() && training.sound(KEY)) {
      training.problem(KEY, "no class has a weight", "name one, as in {rare: 10}, or use balanced");
    }
    return new TargetWeights("", Balance.NONE, weights);
  }

  /**
   * The data with the weights of its classes or labels; other targets have none, which is reported.
   *
   * @param weights of the training section
   * @param at which steps are answered
   */
  public static DataSpec applied(
      Section training, TargetWeights weights, DataSpec data, At at, BpttConfig bptt) {
    if (!weights.ofClasses()) {
      return data;
    }
    if (!(data instanceof TableSpec table) || !mayWeigh(table.target().kind())) {
      training.problem(KEY, reason(data), "delete the line");
      return data;
    }
    if (table.target().kind() == TargetKind.MULTILABEL) {
      refuseZeros(training, weights);
    }
    boolean last = at == At.LAST_STEP && !bptt.cutsBeforehand();
    TargetWeights counted =
        weights.balance() == Balance.STEPS && last
            ? new TargetWeights("", Balance.LAST_STEPS, Map.of())
            : weights;
    return table.with(
        table.names().side().with(table.names().side().weights().withClassesOf(counted)));
  }

  private static boolean mayWeigh(TargetKind kind) {
    return kind.isOneClass() || kind == TargetKind.MULTILABEL;
  }

  private static void refuseZeros(Section training, TargetWeights weights) {
    weights
        .classes()
        .forEach(
            (label, weight) -> {
              if (weight == 0) {
                String message = "a label counts 0 that would then never be answered: " + label;
                String remedy = "use a number above 0, or leave it out of data.targets";
                training.problem(KEY, message, remedy);
              }
            });
  }

  private static String reason(DataSpec data) {
    return data instanceof TableSpec table
        ? "only classes and labels have weights, but target-kind is "
            + Words.of(table.target().kind())
        : "only the classes of a table can have weights";
  }

  /** Writes the key if it says something. */
  public static void write(TargetWeights weights, Map<String, Object> training) {
    if (weights.ofClasses()) {
      boolean balanced = weights.balance() != Balance.NONE;
      training.put(KEY, balanced ? BALANCED : new TreeMap<>(weights.classes()));
    }
  }
}
