package io.hindsight.driver.backtest;

import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.PartScore;
import io.hindsight.driver.score.kind.TrainedClasses;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of errors of numbers.
 *
 * @param score of the network and of simple forecasts
 */
record ValueSums(PartScore score) implements OriginSums {
  @Override
  public long targets() {
    return score.scores().targets();
  }

  @Override
  public void merge(OriginSums other) {
    score.merge(((ValueSums) other).score);
  }

  @Override
  public SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    score.scores().kind().putUsual(metrics);
    score.scores().kind().putFurther(metrics, TrainedClasses.UNKNOWN);
    return metrics;
  }

  @Override
  public SortedMap<String, ForecastBaselines.Score> baselines() {
    return Baselines.of(score.baselines().result(), true, true).figures();
  }
}
