package io.hindsight.driver.run;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.predict.Evaluation.Judged;
import io.hindsight.driver.predict.ModelFacts;
import io.hindsight.driver.score.Baselines;
import io.hindsight.driver.score.FinalMetrics;
import io.hindsight.driver.score.PartScore;
import io.hindsight.kernels.network.Parameters;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Scores weights in this process, which holds the data, beside what answers without a network
 * reach.
 */
final class HeldScoring {
  private HeldScoring() {}

  static TrainingSession.Scored of(RunData data, Parameters weights) {
    Map<Part, PartScore> scores = new EnumMap<>(Part.class);
    SortedMap<String, Double> metrics =
        FinalMetrics.of(
            data,
            part -> {
              PartScore score = FinalMetrics.here(data, part, weights);
              scores.put(part, score);
              return score;
            });
    ModelFacts model = ModelFacts.of(data, FinalMetrics.threshold(metrics));
    return new TrainingSession.Scored(
        weights,
        metrics,
        last(scores).map(part -> model.report(judged(data, part, scores.get(part)))),
        Optional.empty());
  }

  /** As {@code evaluate} chooses it. */
  private static Optional<Part> last(Map<Part, PartScore> scores) {
    return scores.containsKey(Part.TEST)
        ? Optional.of(Part.TEST)
        : Optional.of(Part.VALIDATION).filter(scores::containsKey);
  }

  private static Judged judged(RunData data, Part part, PartScore score) {
    WindowBlocks whole = data.part(part);
    return new Judged(
        part,
        score,
        data.skipped(whole),
        Baselines.of(data.config().data(), data, whole),
        data.encoded().omissions(),
        data.encoded().spacing(),
        data.encoded().forecast());
  }
}
