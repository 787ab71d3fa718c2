package io.hindsight.driver.score.kind;

import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.sums.Total;
import io.hindsight.driver.score.rank.Calibration;
import io.hindsight.driver.score.rank.RankHistogram;
import io.hindsight.driver.score.rank.Ranking;
import io.hindsight.driver.score.rank.Threshold;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How good the probabilities of classes are, whichever is answered. */
public final class ClassProbabilities implements Mergeable<ClassProbabilities> {
  private static final long serialVersionUID = 1L;

  private final int size; // O
  private final List<RankHistogram> ranks; // (O), or empty
  private final Calibration calibration = new Calibration();
  private final Total squares = new Total();

  ClassProbabilities(int size) {
    this.size = size;
    ranks = Ranks.none(size, true);
  }

  /** Adds a target // (O). */
  void add(int truth, int answer, double[] outputs) {
    for (int c = 0; c < ranks.size(); c++) {
      ranks.get(c).add(outputs[c], c == truth);
    }
    for (int c = 0; c < size; c++) {
      double error = outputs[c] - (c == truth ? 1 : 0);
      squares.add(error * error);
    }
    calibration.add(outputs[answer], answer == truth);
  }

  @Override
  public void merge(ClassProbabilities other) {
    Ranks.merge(ranks, other.ranks);
    calibration.merge(other.calibration);
    squares.merge(other.squares);
  }

  /** The probabilities of each class // (O), or empty where there are too many. */
  List<RankHistogram> ranks() {
    return ranks;
  }

  /** Whether they can be believed. */
  public Calibration calibration() {
    return calibration;
  }

  /**
   * The threshold of a class of two that has the largest F1 on these targets, as {@link
   * Ranking#bestThreshold}; absent where none of them is of the class.
   */
  public Optional<Threshold> bestThreshold(int positive) {
    double best = ranks.get(positive).ranking().bestThreshold();
    return Double.isNaN(best) ? Optional.empty() : Optional.of(new Threshold(best));
  }

  /**
   * Adds the figures. The Brier score is the mean of Σ (p − y)² over the classes, of two classes
   * half of it, which is (p − y)² of either.
   */
  void put(SortedMap<String, Double> metrics, long targets, TrainedClasses known) {
    metrics.put("brier", squares.value() / (size == 2 ? 2 * targets : targets));
    metrics.put("calibration_error", calibration.error());
    if (known.positive().isPresent()) {
      putPositive(metrics, ranks.get(known.positive().getAsInt()).ranking(), known.threshold());
    } else {
      Ranks.putMean(metrics, ranks);
    }
  }

  private static void putPositive(
      SortedMap<String, Double> metrics, Ranking ranking, Optional<Threshold> threshold) {
    metrics.put("roc_auc", ranking.rocAuc());
    metrics.put("pr_auc", ranking.averagePrecision());
    if (threshold.isPresent()) {
      Ranking.Cut cut = ranking.at(threshold.get().value());
      ClassFigures at = ClassFigures.of(cut.right(), cut.answered(), cut.support());
      metrics.put("threshold", threshold.get().value());
      metrics.put("precision_at_threshold", at.precision());
      metrics.put("recall_at_threshold", at.recall());
      metrics.put("f1_at_threshold", at.f1());
    }
  }
}
