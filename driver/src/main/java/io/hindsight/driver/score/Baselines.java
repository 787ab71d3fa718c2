package io.hindsight.driver.score;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.encoded.EncodedData;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What simple forecasts reach on the targets that a network is scored on.
 *
 * @param rmse root mean squared errors in original units, by name; empty where nothing is forecast
 * @param answered targets that each answers, by name
 * @param missing why a baseline that could be there is not, by name
 */
public record Baselines(
    SortedMap<String, Double> rmse,
    SortedMap<String, Long> answered,
    SortedMap<String, String> missing) {
  static final String LAST_VALUE = "last_value";
  static final String SEASONAL_NAIVE = "seasonal_naive";
  static final String AUTOREGRESSION = "autoregression";

  /**
   * Scores the baselines.
   *
   * @param part whole sequences of {@code data}
   */
  public static Baselines of(DataSpec spec, RunData data, WindowBlocks part) {
    Baselines baselines = new Baselines(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Optional<Integer> season =
        spec instanceof DataSpec.Table table ? table.season() : Optional.empty();
    ForecastBaselines.of(data.encoded(), scored(data, part), season)
        .ifPresent(scores -> baselines.add(scores, data.encoded(), season.isPresent()));
    return baselines;
  }

  private static WindowBlocks scored(RunData data, WindowBlocks part) {
    WindowBlocks windows = data.scoring(part);
    return data.spec().output().at() == At.LAST_STEP
        ? windows.map(window -> window.scoredFrom(window.steps() - 1))
        : windows;
  }

  private void add(ForecastBaselines scores, EncodedData data, boolean hasSeason) {
    add(LAST_VALUE, scores.lastValue());
    scores
        .seasonalNaive()
        .ifPresentOrElse(
            score -> add(SEASONAL_NAIVE, score),
            () ->
                missing.put(
                    SEASONAL_NAIVE,
                    hasSeason
                        ? "no target has a row one season before it"
                        : "needs the steps of a season in data.season"));
    scores
        .autoregression()
        .ifPresentOrElse(
            score -> add(AUTOREGRESSION, score),
            () -> missing.put(AUTOREGRESSION, withoutAutoregression(data)));
  }

  private void add(String name, ForecastBaselines.Score score) {
    rmse.put(name, score.rmse());
    answered.put(name, score.steps());
  }

  private static String withoutAutoregression(EncodedData data) {
    return data.training().isEmpty()
        ? "is fitted to a training part, which other data does not have"
        : "has too few training steps, or values that never change";
  }
}
