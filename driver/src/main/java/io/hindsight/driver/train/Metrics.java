package io.hindsight.driver.train;

import io.hindsight.datasets.DataSpec;
import io.hindsight.kernels.network.OutputSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that are reported of a network, by the kind of its task. */
final class Metrics {
  private static final double LN_2 = 0.6931471805599453;

  private Metrics() {}

  /** Loss and targets, and what fits the task: errors, accuracy, perplexity. */
  static SortedMap<String, Double> of(OutputSpec output, DataSpec data, Scores scores) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("loss", scores.loss());
    if (output.loss() == OutputSpec.Loss.SQUARED_ERROR) {
      metrics.put("rmse", scores.rmse());
      metrics.put("mae", scores.mae());
    } else {
      metrics.put("accuracy", scores.accuracy());
    }
    if (data instanceof DataSpec.Text) {
      metrics.put("perplexity", StrictMath.exp(scores.loss()));
      metrics.put("bits_per_character", scores.loss() / LN_2);
    }
    return metrics;
  }
}
