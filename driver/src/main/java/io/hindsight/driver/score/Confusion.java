package io.hindsight.driver.score;

import io.hindsight.datasets.sums.Mergeable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each of C classes was answered with which. Only pairs that occurred are kept, so that
 * thousands of classes cost what their targets do.
 */
final class Confusion implements Mergeable<Confusion> {
  private static final long serialVersionUID = 1L;

  private final int classes; // C
  private final Map<Pair, Long> counts = new HashMap<>();

  Confusion(int classes) {
    this.classes = classes;
  }

  /** Adds one target. */
  void add(int truth, int answer) {
    counts.merge(new Pair(truth, answer), 1L, Long::sum);
  }

  @Override
  public void merge(Confusion other) {
    other.counts.forEach((pair, count) -> counts.merge(pair, count, Long::sum));
  }

  /** Targets of each class // (C). */
  long[] support() {
    long[] support = new long[classes];
    counts.forEach((pair, count) -> support[pair.truth()] += count);
    return support;
  }

  /** The figures of each class // (C). */
  List<ClassFigures> figures() {
    long[] support = support();
    long[] answered = new long[classes];
    counts.forEach((pair, count) -> answered[pair.answer()] += count);
    List<ClassFigures> figures = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      long right = counts.getOrDefault(new Pair(c, c), 0L);
      figures.add(ClassFigures.of(right, answered[c], support[c]));
    }
    return figures;
  }

  /** Targets by true class (row) and answer (column) // (C, C). */
  List<List<Long>> matrix() {
    List<List<Long>> rows = new ArrayList<>();
    for (int truth = 0; truth < classes; truth++) {
      rows.add(new ArrayList<>(Collections.nCopies(classes, 0L)));
    }
    counts.forEach((pair, count) -> rows.get(pair.truth()).set(pair.answer(), count));
    return rows;
  }

  /** A true class and what was answered. */
  private record Pair(int truth, int answer) implements Serializable {}
}
