package io.hindsight.driver.score.kind;

import io.hindsight.datasets.sums.Mergeable;
import java.util.ArrayList;
import java.util.List;

/** How often each of O labels, any number of which a target may have, was true and answered. */
final class LabelCounts implements Mergeable<LabelCounts> {
  private static final long serialVersionUID = 1L;

  private final long[] right; // (O): both true and answered
  private final long[] answered; // (O)
  private final long[] support; // (O): true

  LabelCounts(int labels) {
    right = new long[labels];
    answered = new long[labels];
    support = new long[labels];
  }

  /** Adds one label of a target. */
  void add(int label, boolean truth, boolean answer) {
    right[label] += truth && answer ? 1 : 0;
    answered[label] += answer ? 1 : 0;
    support[label] += truth ? 1 : 0;
  }

  @Override
  public void merge(LabelCounts other) {
    for (int label = 0; label < right.length; label++) {
      right[label] += other.right[label];
      answered[label] += other.answered[label];
      support[label] += other.support[label];
    }
  }

  /** Targets that have each label // (O). */
  long[] support() {
    return support.clone();
  }

  /** Adds each label under its name. */
  void addTo(ClassTotals totals, List<String> names) {
    for (int label = 0; label < right.length; label++) {
      totals.add(names.get(label), right[label], answered[label], support[label]);
    }
  }

  /** The figures of each label // (O). */
  List<ClassFigures> figures() {
    List<ClassFigures> figures = new ArrayList<>();
    for (int label = 0; label < right.length; label++) {
      figures.add(ClassFigures.of(right[label], answered[label], support[label]));
    }
    return figures;
  }
}
