package io.hindsight.driver.score.kind;

import io.hindsight.driver.score.rank.RankHistogram;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The probabilities of each class against all others, or of each label. */
final class Ranks {
  /** Of more classes than can be looked at one by one none are kept. */
  private static final int MOST = 100;

  private Ranks() {}

  /** None yet // (O); empty if they are too many, or not wanted. */
  static List<RankHistogram> none(int outputs, boolean wanted) {
    return wanted && outputs <= MOST
        ? IntStream.range(0, outputs).mapToObj(o -> RankHistogram.ofOneOf(outputs)).toList()
        : List.of();
  }

  static void merge(List<RankHistogram> ranks, List<RankHistogram> others) {
    for (int o = 0; o < ranks.size(); o++) {
      ranks.get(o).merge(others.get(o));
    }
  }

  /** Adds {@code roc_auc}, the mean over those that have one. */
  static void putMean(SortedMap<String, Double> metrics, List<RankHistogram> ranks) {
    if (!ranks.isEmpty()) {
      metrics.put("roc_auc", mean(ranks.stream().map(rank -> rank.ranking().rocAuc())));
    }
  }

  /** The mean of the numbers among some figures; NaN without any. */
  static double mean(Stream<Double> figures) {
    double[] numbers =
        figures.filter(figure -> !Double.isNaN(figure)).mapToDouble(Double::doubleValue).toArray();
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }
}
