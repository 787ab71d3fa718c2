package io.hindsight.driver.backtest;

import io.hindsight.datasets.encoded.ForecastBaselines;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a network and simple forecasts reach at an origin, or at all of them together.
 *
 * @param origin from 1 on; absent for all together
 * @param from time of the first target, as the table writes it; absent where that is not known
 * @param to time of the last target, likewise
 * @param model directory of the model that was scored; absent for all together
 * @param targets how many were scored
 * @param metrics of the network by name, such as {@code rmse}, in original units; of classes also
 *     the accuracy of always answering the most frequent one of the training part
 * @param baselines those of the simple forecasts, by name; empty for classes and labels
 */
public record OriginFigures(
    Optional<Integer> origin,
    Optional<String> from,
    Optional<String> to,
    Optional<String> model,
    long targets,
    SortedMap<String, Double> metrics,
    SortedMap<String, ForecastBaselines.Score> baselines) {
  public OriginFigures {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    baselines = Collections.unmodifiableSortedMap(new TreeMap<>(baselines));
  }
}
