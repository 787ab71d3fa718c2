package io.hindsight.driver.score;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.BaselineMethods;
import io.hindsight.datasets.encoded.Forecast;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.datasets.encoded.TrainingSteps;
import io.hindsight.datasets.windows.SequenceList;
import io.hindsight.driver.data.RunData;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Parameters;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores a part that this process holds sequence by sequence, as tasks do: each thread some whole
 * sequences after others, so that what is summed of each is soon a row.
 */
public final class HeldSequences {
  private static final int TOGETHER = 64; // sequences

  private final SequenceList part;
  private final PartScorer scorer;
  private final Optional<Forecast> forecast;
  private final AtomicInteger next = new AtomicInteger();

  private HeldSequences(SequenceList part, PartScorer scorer, Optional<Forecast> forecast) {
    this.part = part;
    this.scorer = scorer;
    this.forecast = forecast;
  }

  /** What weights reach on a part, with a row for each sequence. */
  public static PartScore score(RunData data, Part part, Parameters weights, ScoreRule rule) {
    TrainingSteps training = TrainingSteps.of(data.encoded().training(), rule.ofSeason());
    Optional<Forecast> forecast =
        data.encoded().forecast().map(truth -> truth.withTraining(training));
    Optional<BaselineMethods> methods = ForecastBaselines.methods(data.encoded(), rule.ofSeason());
    PartScorer scorer =
        new PartScorer(
            data.spec(),
            data.encoded().encoding(),
            PackedWeights.of(weights),
            data.config().training().bptt(),
            methods,
            rule);
    return new HeldSequences(data.encoded().parts().of(part), scorer, forecast).score();
  }

  private PartScore score() {
    PartScore all = scorer.none();
    AllCores.run((part.size() + TOGETHER - 1) / TOGETHER, this::some).forEach(all::merge);
    return all;
  }

  private PartScore some() {
    PartScore sums = scorer.none();
    for (int from = next.getAndAdd(TOGETHER); from < part.size(); from = next.getAndAdd(TOGETHER)) {
      int to = Math.min(part.size(), from + TOGETHER);
      scorer.add(sums, part.subList(from, to), forecast);
    }
    return sums;
  }
}
