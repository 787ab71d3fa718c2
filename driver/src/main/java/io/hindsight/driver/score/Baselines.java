package io.hindsight.driver.score;

import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What simple forecasts reach on the targets that a network is scored on.
 *
 * @param figures of each, by name; empty where nothing is forecast
 * @param missing why a baseline that could be there is not, by name
 */
public record Baselines(
    SortedMap<String, ForecastBaselines.Score> figures, SortedMap<String, String> missing) {
  /** Nothing is forecast. */
  public static final Baselines NONE = new Baselines(new TreeMap<>(), new TreeMap<>());

  static final String LAST_VALUE = "last_value";
  static final String SEASONAL_NAIVE = "seasonal_naive";
  static final String AUTOREGRESSION = "autoregression";
  static final String DRIFT = "drift";

  /** Root mean squared errors in original units, by name. */
  public SortedMap<String, Double> rmse() {
    return by(ForecastBaselines.Score::rmse);
  }

  /** Targets that each answers, by name. */
  public SortedMap<String, Long> answered() {
    return by(ForecastBaselines.Score::steps);
  }

  private <T> SortedMap<String, T> by(Function<ForecastBaselines.Score, T> figure) {
    SortedMap<String, T> map = new TreeMap<>();
    figures.forEach((name, score) -> map.put(name, figure.apply(score)));
    return map;
  }

  /** The one with the least root mean squared error, of equals the first by name. */
  public Optional<String> best() {
    return figures.entrySet().stream()
        .min(Comparator.comparingDouble(one -> one.getValue().rmse()))
        .map(Map.Entry::getKey);
  }

  /**
   * Scores the baselines.
   *
   * @param part whole sequences of {@code data}
   */
  public static Baselines of(DataSpec spec, RunData data, WindowBlocks part) {
    Optional<Integer> season = season(spec);
    WindowBlocks windows = scored(data.scoring(part), data.spec().output().at());
    return of(
        ForecastBaselines.of(data.encoded(), windows, season),
        season.isPresent(),
        !data.training().isEmpty());
  }

  /**
   * Tells what was reached.
   *
   * @param scores absent where nothing is forecast
   * @param hasSeason whether the steps of a season are known
   * @param hasTraining whether the data has a training part
   */
  public static Baselines of(
      Optional<ForecastBaselines> scores, boolean hasSeason, boolean hasTraining) {
    Baselines baselines = new Baselines(new TreeMap<>(), new TreeMap<>());
    scores.ifPresent(some -> baselines.add(some, hasSeason, hasTraining));
    return baselines;
  }

  /** The steps of a season, where the data has any. */
  public static Optional<Integer> season(DataSpec spec) {
    return spec instanceof TableSpec table ? table.season() : Optional.empty();
  }

  /** The windows with the steps that a network is scored on. */
  static WindowBlocks scored(WindowBlocks windows, At at) {
    return at == At.LAST_STEP
        ? windows.map(window -> window.scoredFrom(window.steps() - 1))
        : windows;
  }

  private void add(ForecastBaselines scores, boolean hasSeason, boolean hasTraining) {
    figures.put(LAST_VALUE, scores.lastValue());
    figures.put(DRIFT, scores.drift());
    scores
        .seasonalNaive()
        .ifPresentOrElse(
            score -> figures.put(SEASONAL_NAIVE, score),
            () ->
                missing.put(
                    SEASONAL_NAIVE,
                    hasSeason
                        ? "no target has a row one season before it"
                        : "needs the steps of a season in data.season"));
    scores
        .autoregression()
        .ifPresentOrElse(
            score -> figures.put(AUTOREGRESSION, score),
            () -> missing.put(AUTOREGRESSION, withoutAutoregression(hasTraining)));
  }

  private static String withoutAutoregression(boolean hasTraining) {
    return hasTraining
        ? "has too few training steps, or values that never change"
        : "is fitted to a training part, which other data does not have";
  }
}
