package io.hindsight.driver.score.kind;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.kernels.ctc.EditDistance;

/** How far answered label strings are from the true ones. */
final class StringErrors implements Mergeable<StringErrors> {
  private static final long serialVersionUID = 1L;

  private long labels; // of the true strings
  private long changes; // the fewest that make the true strings of the answers
  private long empty; // true strings without a label

  /** Adds an answer. */
  void add(int[] truth, int[] answer) {
    labels += truth.length;
    changes += EditDistance.of(answer, truth);
    empty += truth.length == 0 ? 1 : 0;
  }

  @Override
  public void merge(StringErrors other) {
    labels += other.labels;
    changes += other.changes;
    empty += other.empty;
  }

  /** Changes per true label; NaN without any. */
  double rate() {
    return (double) changes / labels;
  }

  /** True strings without a label. */
  long empty() {
    return empty;
  }
}
