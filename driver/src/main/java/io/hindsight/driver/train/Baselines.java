package io.hindsight.driver.train;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.EncodedData;
import io.hindsight.datasets.ForecastBaselines;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What simple forecasts reach on the targets that a network is scored on.
 *
 * @param rmse root mean squared errors in original units, by name; empty where nothing is forecast
 * @param missing why a baseline that could be there is not, by name
 */
record Baselines(SortedMap<String, Double> rmse, SortedMap<String, String> missing) {
  static final String LAST_VALUE = "last_value";
  static final String SEASONAL_NAIVE = "seasonal_naive";
  static final String AUTOREGRESSION = "autoregression";

  /**
   * Scores the baselines.
   *
   * @param part whole sequences of {@code data}
   */
  static Baselines of(DataSpec spec, RunData data, List<Sequence> part) {
    Baselines baselines = new Baselines(new TreeMap<>(), new TreeMap<>());
    Optional<Integer> season =
        spec instanceof DataSpec.Table table ? table.season() : Optional.empty();
    ForecastBaselines.of(data.encoded(), scored(data, part), season)
        .ifPresent(scores -> baselines.add(scores, data.encoded()));
    return baselines;
  }

  private static List<Sequence> scored(RunData data, List<Sequence> part) {
    List<Sequence> pieces = data.scoring(part);
    return data.spec().output().at() == At.LAST_STEP
        ? pieces.stream().map(piece -> piece.scoredFrom(piece.length() - 1)).toList()
        : pieces;
  }

  private void add(ForecastBaselines scores, EncodedData data) {
    rmse.put(LAST_VALUE, scores.lastValue().rmse());
    scores
        .seasonalNaive()
        .ifPresentOrElse(
            score -> rmse.put(SEASONAL_NAIVE, score.rmse()),
            () -> missing.put(SEASONAL_NAIVE, "needs the steps of a season in data.season"));
    scores
        .autoregression()
        .ifPresentOrElse(
            score -> rmse.put(AUTOREGRESSION, score.rmse()),
            () -> missing.put(AUTOREGRESSION, withoutAutoregression(data)));
  }

  private static String withoutAutoregression(EncodedData data) {
    return data.training().isEmpty()
        ? "is fitted to a training part, which other data does not have"
        : "has too few training steps, or values that never change";
  }
}
