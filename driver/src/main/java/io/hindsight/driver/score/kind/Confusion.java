package io.hindsight.driver.score.kind;

import io.hindsight.datasets.sums.Mergeable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

  /** Targets answered with each class // (C). */
  long[] answered() {
    long[] answered = new long[classes];
    counts.forEach((pair, count) -> answered[pair.answer()] += count);
    return answered;
  }

  /** Answers that are right. */
  long right() {
    return IntStream.range(0, classes).mapToLong(this::right).sum();
  }

  /** Those with a class. */
  long right(int c) {
    return counts.getOrDefault(new Pair(c, c), 0L);
  }

  /**
   * The correlation of answers and true classes (B. Matthews 1975; of more than two classes J.
   * Gorodkin 2004): (r·n − Σ a·s) / √((n² − Σ a²)·(n² − Σ s²)), with n targets, r of them right,
   * and a answers and s targets of each class. NaN where all answers, or all targets, are of one
   * class.
   */
  double correlation() {
    long[] support = support();
    long[] answered = answered();
    double n = Arrays.stream(support).sum();
    double both = 0;
    double answers = 0;
    double truths = 0;
    for (int c = 0; c < classes; c++) {
      both += (double) answered[c] * support[c];
      answers += (double) answered[c] * answered[c];
      truths += (double) support[c] * support[c];
    }
    return (right() * n - both) / Math.sqrt((n * n - answers) * (n * n - truths));
  }

  /** Mean |truth − answer| of classes in their order. */
  double rankError() {
    double sum = 0;
    for (Map.Entry<Pair, Long> count : counts.entrySet()) {
      sum += (double) count.getKey().distance() * count.getValue(); // whole, so exact
    }
    return sum / Arrays.stream(support()).sum();
  }

  /** The same of always one answer. */
  double rankErrorOf(int answer) {
    long[] support = support();
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += (double) Math.abs(c - answer) * support[c];
    }
    return sum / Arrays.stream(support).sum();
  }

  /**
   * Agreement beyond chance of classes in their order, errors weighed by their squares (J. Cohen:
   * <i>Weighted kappa</i>, Psychological Bulletin 70, 1968): 1 − n·Σ (t − a)² / Σ s_i a_j (i − j)²,
   * with n targets, s of them and a answers of each class. NaN where all are of one class.
   */
  double quadraticKappa() {
    long[] support = support();
    long[] answered = answered();
    double disagreement = 0;
    for (Map.Entry<Pair, Long> count : counts.entrySet()) {
      double distance = count.getKey().distance();
      disagreement += distance * distance * count.getValue();
    }
    double byChance = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        byChance += (double) (i - j) * (i - j) * support[i] * answered[j];
      }
    }
    return 1 - disagreement * Arrays.stream(support).sum() / byChance;
  }

  /** The figures of each class // (C). */
  List<ClassFigures> figures() {
    long[] support = support();
    long[] answered = answered();
    List<ClassFigures> figures = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      figures.add(ClassFigures.of(right(c), answered[c], support[c]));
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
  private record Pair(int truth, int answer) implements Serializable {
    int distance() {
      return Math.abs(truth - answer);
    }
  }
}
