package io.hindsight.driver.score;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.windows.WindowBlocks;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that a run reports of its result. */
public final class FinalMetrics {
  private FinalMetrics() {}

  /** What weights reach on a part. */
  @FunctionalInterface
  public interface Scorer {
    /** Their scores, and how many targets of the part are not scored. */
    PartScore score(Part part);
  }

  /**
   * What weights reach on validation and test part, and how much of them is not scored, computed
   * here.
   */
  public static SortedMap<String, Double> of(RunData data, Parameters weights) {
    return of(data, part -> here(data, part, weights));
  }

  /**
   * The same, computed elsewhere.
   *
   * @param scorer of parts that are not empty
   */
  public static SortedMap<String, Double> of(RunData data, Scorer scorer) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    OutputSpec output = data.spec().output();
    Optional<Majority> majority = Majority.of(data);
    Optional<Threshold> threshold = Optional.empty();
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      if (!data.encoded().parts().of(part).isEmpty()) {
        PartScore score = scorer.score(part);
        if (part == Part.VALIDATION) {
          threshold = Further.bestThreshold(output, score.scores(), majority);
        }
        SortedMap<String, Double> reached =
            Metrics.of(output, data.config().data(), score.scores(), majority, threshold);
        add(metrics, part.text() + "_", data, score, reached);
      }
    }
    return metrics;
  }

  /** The threshold among these numbers, which the validation part decided; absent without any. */
  public static Optional<Threshold> threshold(SortedMap<String, Double> metrics) {
    return Optional.ofNullable(metrics.get(Part.VALIDATION.text() + "_threshold"))
        .map(Threshold::new);
  }

  /** What weights reach on a part that is not empty, computed here. */
  public static PartScore here(RunData data, Part part, Parameters weights) {
    WindowBlocks whole = data.part(part);
    ScoreRule rule = Metrics.rule(data.config().data());
    PartScore score = new PartScore(Evaluator.of(data, whole, rule).evaluate(weights));
    score.addSkipped(data.skipped(whole));
    return score;
  }

  private static void add(
      SortedMap<String, Double> all,
      String prefix,
      RunData data,
      PartScore part,
      SortedMap<String, Double> reached) {
    reached.forEach((name, value) -> all.put(prefix + name, value));
    Metrics.byTarget(Details.byTarget(data.encoded().forecast(), part.scores()))
        .forEach((name, value) -> all.put(prefix + name, value));
    boolean unseen = data.encoded().omissions().unseen().isPresent();
    Metrics.putCount(all, prefix + "skipped_targets", unseen ? part.skipped() : 0);
  }
}
