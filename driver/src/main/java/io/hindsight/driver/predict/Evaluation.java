package io.hindsight.driver.predict;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.Spacing;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Evaluator;
import io.hindsight.driver.score.Majority;
import io.hindsight.driver.score.Metrics;
import io.hindsight.driver.score.Scores;
import io.hindsight.driver.spark.session.Sessions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores a stored model on data, beside honest baselines where it forecasts. */
public final class Evaluation {
  /**
   * What a model reaches.
   *
   * @param part the part that was scored: test, or validation where there is no test part
   * @param targets number of targets
   * @param metrics loss, and what fits the task; and how many targets were skipped and sequences
   *     left out, if any
   * @param baselines root mean squared errors of simple forecasts on the same targets, by name;
   *     empty where the task is no forecast
   * @param answered targets that each baseline answers, by name: fewer where it needs the value of
   *     a time that the data leaves out
   * @param missing why a baseline that could be there is not, by name
   * @param spacing how evenly the rows of the data follow each other in time
   * @param details the metrics target by target, or class by class
   */
  public record Report(
      String part,
      long targets,
      SortedMap<String, Double> metrics,
      SortedMap<String, Double> baselines,
      SortedMap<String, Long> answered,
      SortedMap<String, String> missing,
      Optional<Spacing> spacing,
      Details details) {}

  private Evaluation() {}

  /**
   * Scores a model.
   *
   * @throws DataException if the data has no part to score, or cannot be read or encoded
   */
  public static Report run(ModelBundle model) {
    try (Sessions session = Sessions.forRun(model.config())) {
      RunData data = model.readData();
      WindowBlocks test = data.test();
      WindowBlocks part = test.isEmpty() ? data.validation() : test;
      if (part.isEmpty()) {
        throw new DataException(
            "there must be a test or a validation part to evaluate on",
            "none",
            "data.split",
            "give other data with --data, or a share with --set data.split.test=0.1");
      }
      String name = test.isEmpty() ? "validation" : "test";
      return report(name, data, part, model);
    }
  }

  private static Report report(String name, RunData data, WindowBlocks part, ModelBundle model) {
    Scores scores = Evaluator.of(data, part).evaluate(model.parameters());
    Optional<Majority> majority =
        Majority.parse(model.stored().description().metadata().get(Majority.KEY));
    SortedMap<String, Double> metrics =
        Metrics.of(data.spec().output(), model.config().data(), scores, majority);
    Metrics.putCount(metrics, "skipped_targets", data.skipped(part));
    int leftOut = data.encoded().omissions().leftOut().size();
    Metrics.putCount(metrics, "left_out_sequences", leftOut);
    Baselines baselines = Baselines.of(model.config().data(), data, part);
    SortedMap<String, String> missing = new TreeMap<>(baselines.missing());
    if (metrics.containsKey("accuracy") && majority.isEmpty()) {
      missing.put(Metrics.MAJORITY, "the model does not tell the classes it was trained on");
    }
    return new Report(
        name,
        scores.targets(),
        metrics,
        baselines.rmse(),
        baselines.answered(),
        missing,
        data.encoded().spacing(),
        Details.of(data, scores));
  }
}
