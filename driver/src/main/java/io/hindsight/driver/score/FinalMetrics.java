package io.hindsight.driver.score;

import io.hindsight.driver.data.RunData;
import io.hindsight.kernels.network.Parameters;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that a run reports of its result. */
public final class FinalMetrics {
  private FinalMetrics() {}

  /** What weights reach on validation and test part, and how much of them is not scored. */
  public static SortedMap<String, Double> of(RunData data, Parameters weights) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    add(metrics, "validation_", Evaluator.ofValidation(data), data, weights);
    add(metrics, "test_", Evaluator.ofTest(data), data, weights);
    long skipped = data.skipped(data.validation());
    Metrics.putCount(metrics, "validation_skipped_targets", skipped);
    Metrics.putCount(metrics, "test_skipped_targets", data.skipped(data.test()));
    return metrics;
  }

  private static void add(
      SortedMap<String, Double> all,
      String prefix,
      Evaluator part,
      RunData data,
      Parameters weights) {
    if (!part.isEmpty()) {
      Scores scores = part.evaluate(weights);
      Metrics.of(data.spec().output(), data.config().data(), scores, Majority.of(data))
          .forEach((name, value) -> all.put(prefix + name, value));
      Metrics.byTarget(Details.byTarget(data.encoded().forecast(), scores))
          .forEach((name, value) -> all.put(prefix + name, value));
    }
  }
}
