package io.hindsight.driver.predict;

import io.hindsight.datasets.IdOrder;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.predict.Evaluation.Judged;
import io.hindsight.driver.predict.Evaluation.Report;
import io.hindsight.driver.score.Details;
import io.hindsight.driver.score.Further;
import io.hindsight.driver.score.Majority;
import io.hindsight.driver.score.Metrics;
import io.hindsight.driver.score.Scores;
import io.hindsight.driver.score.SequenceRow;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be known of a model to tell what its scores mean.
 *
 * @param data it was trained on
 * @param encoding of that
 * @param output what it answers
 * @param majority the most frequent answer of the training part; absent if that is not known
 * @param threshold that was best on the validation part; absent if there is none
 */
public record ModelFacts(
    DataSpec data,
    Encoding encoding,
    OutputSpec output,
    Optional<Majority> majority,
    Optional<Threshold> threshold) {
  /** Of a stored model. */
  static ModelFacts of(ModelBundle model) {
    return new ModelFacts(
        model.config().data(),
        model.encoding(),
        model.network().output(),
        model.majority(),
        model.threshold());
  }

  /**
   * Of one that has just been trained.
   *
   * @param data it was trained on
   * @param threshold as the other's
   */
  public static ModelFacts of(RunData data, Optional<Threshold> threshold) {
    return new ModelFacts(
        data.config().data(),
        data.encoded().encoding(),
        data.spec().output(),
        Majority.of(data),
        threshold);
  }

  /** What is told of its scores. */
  public Report report(Judged judged) {
    Scores scores = judged.scores();
    SortedMap<String, Double> metrics = Metrics.of(output, data, scores, majority, threshold);
    Metrics.putCount(metrics, "skipped_targets", judged.skipped());
    Metrics.putCount(metrics, "left_out_sequences", judged.omissions().leftOut().size());
    Metrics.putCount(metrics, "merged_rows", judged.omissions().changes().merged());
    Metrics.putCount(metrics, "inserted_steps", judged.omissions().changes().inserted());
    SortedMap<String, String> missing = new TreeMap<>(judged.baselines().missing());
    if (metrics.containsKey("accuracy") && majority.isEmpty()) {
      missing.put(Metrics.MAJORITY, "the model does not tell the classes it was trained on");
    }
    if (!judged.baselines().figures().isEmpty() && !metrics.containsKey("mase")) {
      missing.put(
          "mase", "no scored sequence has values that change, in its training part if it has one");
    }
    return new Report(
        judged.part().text(),
        scores.targets(),
        metrics,
        judged.baselines().rmse(),
        judged.baselines().answered(),
        missing,
        judged.spacing(),
        Details.of(encoding, judged.forecast(), scores),
        new Further(
            judged.baselines().figures(),
            Further.positive(output, encoding, majority),
            Further.calibration(scores),
            judged.score().rows().stream()
                .sorted(Comparator.comparing(SequenceRow::id, IdOrder.UTF_8))
                .toList()));
  }
}
