package io.hindsight.datasets.source;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import java.util.List;

/**
 * What must hold between a table, the section that describes it, and the encoding of a model.
 *
 * @param split in place of that of {@code spec}
 * @param source the table, for errors
 */
record TableRules(TableSpec spec, Split split, String source) {
  /** Refuses no target column, and more than one of classes. */
  void requireTargets(List<String> targets, TargetKind kind) {
    boolean classes = kind.isOfClasses();
    if (targets.isEmpty() || (classes && targets.size() > 1)) {
      throw new DataException(
          classes ? "a class is one target column" : "there must be a target column",
          targets.toString(),
          source + ", data.targets",
          "name " + (classes ? "one column" : "a column") + " in data.targets");
    }
  }

  /** Refuses a horizon, split or difference that is none for such labels. */
  void requireMeaning(boolean labelled) {
    if (labelled && spec.target().horizon().steps() > 0) {
      throw meaningless(
          "a label of a whole sequence has no horizon",
          "horizon",
          spec.target().horizon().steps(),
          "0");
    }
    if (labelled && split.by() == Split.By.TIME) {
      throw meaningless("labels of whole sequences are split by id", "split.by", "time", "id");
    }
    boolean answersChanges =
        spec.scaling().difference() && spec.target().kind() == TargetKind.VALUE && !labelled;
    if (answersChanges && spec.target().horizon().steps() == 0) {
      throw meaningless("a change needs a horizon of at least 1", "horizon", 0, "1 or more");
    }
  }

  /** Refuses one label of a whole sequence where a string of them is asked for. */
  void requireString(boolean labelled) {
    if (labelled && spec.target().kind() == TargetKind.LABEL_STRING) {
      throw new DataException(
          "a label string is an array of labels, or a label at some rows",
          "one label in each row",
          source + ", columns " + spec.names().targets(),
          "name a column of arrays in data.targets, or use data.target-kind: class");
    }
  }

  private DataException meaningless(String rule, String key, Object value, String remedy) {
    return new DataException(
        rule, value.toString(), source + ", data." + key, "set data.%s: %s".formatted(key, remedy));
  }

  /** A table without any value fits; that nothing is left of it is another error. */
  void requireFit(
      List<String> features, List<String> targets, boolean labelled, Encoding.Table encoding) {
    if (features.isEmpty() && (encoding.inputScaling().size() > 0 || targets.isEmpty())) {
      return;
    }
    requireWidth("input", features.size(), encoding.inputScaling().size());
    encoding
        .targetScaling()
        .ifPresent(scaling -> requireWidth("target", targets.size(), scaling.size()));
    if (labelled != encoding.labelled()) {
      throw new DataException(
          "labels must be given as in the training data",
          labelled ? "one per sequence" : "one per step",
          source + ", columns " + encoding.targets(),
          "bring data of the same layout");
    }
  }

  /**
   * Refuses inputs of another width.
   *
   * @param features none if no row has a value
   */
  void requireInputs(List<String> features, Encoding.Table encoding) {
    if (!features.isEmpty()) {
      requireWidth("input", features.size(), encoding.inputScaling().size());
    }
  }

  private void requireWidth(String what, int actual, int expected) {
    if (actual != expected) {
      throw otherWidth(what, actual, expected, source);
    }
  }

  /** The error for a step with more or fewer numbers than a model knows. */
  static DataException otherWidth(String what, int actual, int expected, String place) {
    return new DataException(
        "the model knows %d %s numbers per step".formatted(expected, what),
        actual + " in the data",
        place,
        "bring data with vectors of the same width");
  }
}
