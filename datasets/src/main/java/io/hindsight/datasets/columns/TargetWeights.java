package io.hindsight.datasets.columns;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much each target of a table counts in the loss: the number of its row, times that of its
 * class. Where a target has any number of labels, the weight of one is what its presence counts.
 *
 * @param column holds a number of 0 or more for each row, which belongs to the target that is taken
 *     from the row; empty if all rows count alike
 * @param balance whether the classes' weights are found from how often they are trained on
 * @param classes weights of classes or labels by their names, 1 for those that are not named
 */
public record TargetWeights(String column, Balance balance, SortedMap<String, Double> classes)
    implements Serializable {
  /** Targets by whose number classes get weights. */
  public enum Balance {
    /** None does. */
    NONE,
    /** Those of all steps. */
    STEPS,
    /** Those of the last step of each sequence, which alone is answered. */
    LAST_STEPS
  }

  /** All targets count alike. */
  public static final TargetWeights NONE = new TargetWeights("", Balance.NONE, Map.of());

  public TargetWeights {
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
  }

  /** From any map. */
  public TargetWeights(String column, Balance balance, Map<String, Double> classes) {
    this(column, balance, new TreeMap<>(classes));
  }

  /** Of rows. */
  public static TargetWeights ofColumn(String column) {
    return new TargetWeights(column, Balance.NONE, Map.of());
  }

  /** Whether rows have weights. */
  public boolean ofRows() {
    return !column.isEmpty();
  }

  /** Whether classes have weights. */
  public boolean ofClasses() {
    return balance != Balance.NONE || !classes.isEmpty();
  }

  /** Whether all targets count alike. */
  public boolean areNone() {
    return !ofRows() && !ofClasses();
  }

  /** The columns that are read: one, or none. */
  public List<String> columns() {
    return ofRows() ? List.of(column) : List.of();
  }

  /** The same with the weights of classes that others have. */
  public TargetWeights withClassesOf(TargetWeights others) {
    return new TargetWeights(column, others.balance, others.classes);
  }

  /** The same with these weights of classes. */
  public TargetWeights withClasses(Map<String, Double> weights) {
    return new TargetWeights(column, Balance.NONE, weights);
  }
}
