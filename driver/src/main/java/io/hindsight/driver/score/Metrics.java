package io.hindsight.driver.score;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.score.kind.TargetErrors;
import io.hindsight.driver.score.kind.TrainedClasses;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.OutputSpec;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The numbers that are reported of a network, by the kind of its task. */
public final class Metrics {
  private static final double LN_2 = 0.6931471805599453;

  /** Name of the accuracy that needs no network. */
  public static final String MAJORITY = "majority_baseline";

  /** Name of the rank error that needs no network. */
  public static final String MEDIAN = "median_baseline";

  private static final Set<String> FURTHER =
      Set.of(
          "balanced_accuracy",
          "bias",
          "brier",
          "calibration_error",
          "f1_at_threshold",
          "f1_macro",
          "hamming_loss",
          "mape",
          "mape_left_out",
          "mase",
          "mase_left_out",
          "mcc",
          "pr_auc",
          "precision_at_threshold",
          "recall_at_threshold",
          "rmsse",
          "roc_auc",
          "smape",
          "subset_accuracy",
          "threshold",
          "wape");

  private Metrics() {}

  /**
   * The loss that is trained on, and what fits the task: errors, accuracy, perplexity; the log loss
   * of classes and labels, where the loss is another; and where the score has them, further
   * figures.
   *
   * @param majority the answer that the accuracy is put beside; absent if it is not known
   * @param threshold that answers the positive class of two; absent if there is none
   */
  public static SortedMap<String, Double> of(
      OutputSpec output,
      DataSpec data,
      Scores scores,
      Optional<Majority> majority,
      Optional<Threshold> threshold) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("loss", scores.loss());
    scores.kind().putUsual(metrics);
    if (metrics.containsKey("accuracy")) {
      majority.ifPresent(answer -> metrics.put(MAJORITY, answer.accuracy(scores)));
    }
    if (metrics.containsKey("rank_mae")) {
      majority.ifPresent(answer -> metrics.put(MEDIAN, answer.rankError(scores)));
    }
    boolean plain = output.options().arePlain() && !weighs(data);
    double logLoss = plain ? scores.loss() : scores.kind().logLoss();
    if (!plain && !Double.isNaN(logLoss)) {
      metrics.put("log_loss", logLoss);
    }
    if (data instanceof TextSpec) {
      metrics.put("perplexity", StrictMath.exp(logLoss));
      metrics.put("bits_per_character", logLoss / LN_2);
    }
    OptionalInt positive = majority.map(answer -> answer.other(output)).orElse(OptionalInt.empty());
    scores.kind().putFurther(metrics, new TrainedClasses(positive, threshold));
    return metrics;
  }

  private static boolean weighs(DataSpec data) {
    return data instanceof TableSpec table && !table.names().side().weights().areNone();
  }

  /** Whether a figure is one of those that come after the usual ones. */
  public static boolean isFurther(String name) {
    return FURTHER.contains(name);
  }

  /** Which further figures of a task with such data are worth their sums: none of characters. */
  public static ScoreRule rule(DataSpec data) {
    return data instanceof TextSpec ? ScoreRule.USUAL : ScoreRule.further(Baselines.season(data));
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
