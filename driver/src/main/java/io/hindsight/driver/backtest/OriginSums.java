package io.hindsight.driver.backtest;

import io.hindsight.datasets.encoded.ForecastBaselines;
import java.util.Collections;
import java.util.SortedMap;

/** Exact sums over the targets of one origin, or of several, from which figures follow. */
sealed interface OriginSums permits ValueSums, ClassSums {
  /** How many targets were scored. */
  long targets();

  /** Adds those of another origin of the same backtest. */
  void merge(OriginSums other);

  /** Figures of the network by name, and of classes that of an answer that needs no input. */
  SortedMap<String, Double> metrics();

  /** Those of simple forecasts by name; empty where nothing is forecast. */
  default SortedMap<String, ForecastBaselines.Score> baselines() {
    return Collections.emptySortedMap();
  }
}
