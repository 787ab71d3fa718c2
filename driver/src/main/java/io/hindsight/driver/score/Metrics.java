package io.hindsight.driver.score;

import io.hindsight.datasets.DataSpec;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that are reported of a network, by the kind of its task. */
public final class Metrics {
  private static final double LN_2 = 0.6931471805599453;

  /** Name of the accuracy that needs no network. */
  public static final String MAJORITY = "majority_baseline";

  private Metrics() {}

  /**
   * The loss, and what fits the task: errors, accuracy, perplexity.
   *
   * @param majority the answer that the accuracy is put beside; absent if it is not known
   */
  public static SortedMap<String, Double> of(
      OutputSpec output, DataSpec data, Scores scores, Optional<Majority> majority) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("loss", scores.loss());
    if (output.loss().targetsAreValues()) {
      metrics.put("rmse", scores.rmse());
      metrics.put("mae", scores.mae());
      scores.intervals().putInto(metrics);
    } else {
      if (output.loss().targetsAreStrings()) {
        metrics.put("label_error_rate", scores.labelErrorRate());
      }
      metrics.put("accuracy", scores.accuracy());
      majority.ifPresent(answer -> metrics.put(MAJORITY, answer.accuracy(output, scores)));
    }
    if (data instanceof DataSpec.Text) {
      metrics.put("perplexity", StrictMath.exp(scores.loss()));
      metrics.put("bits_per_character", scores.loss() / LN_2);
    }
    return metrics;
  }

  /** {@code rmse.NAME} and {@code mae.NAME} of each of several target columns. */
  public static SortedMap<String, Double> byTarget(Map<String, TargetErrors> errors) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    errors.forEach(
        (name, of) -> {
          metrics.put("rmse." + name, of.rmse());
          metrics.put("mae." + name, of.mae());
        });
    return metrics;
  }

  /** Adds the number of what a score leaves out, if there is anything. */
  public static void putCount(SortedMap<String, Double> metrics, String name, long count) {
    if (count > 0) {
      metrics.put(name, (double) count);
    }
  }
}
