package io.hindsight.driver.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.GateConfig.Metric;
import io.hindsight.driver.predict.HoldoutScore;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Asks whether the champion still answers as it did when it was blessed. On values that mean
 * nothing, a mean beats every model that learned something, so that "better than the champion" is
 * no praise there. Figures of another time are only good for refusing: they never stand for a score
 * of now.
 *
 * <p>Errors are compared as a quotient. Where errors can come to nothing, so that any would be many
 * times more, they have a floor:
 *
 * <pre>
 *   rmse, mae   at least a tenth of what the best baseline reached then
 *   mase        at least a tenth
 *   loss        exp(loss), the perplexity, which is at least 1
 *   accuracy    (wrong + 2) / (targets + 4)     Agresti and Coull, "Approximate is better than
 *               'exact' for interval estimation of binomial proportions", 1998
 * </pre>
 */
final class ChampionDecay {
  private static final double SHARE_OF_BASELINE = 0.1;

  private final Metric metric;
  private final double most;
  private final Findings findings;

  ChampionDecay(Metric metric, double most, Findings findings) {
    this.metric = metric;
    this.most = most;
    this.findings = findings;
  }

  /**
   * Checks the champion.
   *
   * @param now its score on the holdout of today
   * @param then the figures of its blessing; what has none is not checked
   */
  void check(HoldoutScore now, ObjectNode then) {
    OptionalDouble before = figure(then.path("metrics"));
    if (before.isEmpty()) {
      return;
    }
    double error = error(now.metric(metric), now.targets());
    double known =
        Math.max(
            error(before.getAsDouble(), then.path("targets").asLong(0)),
            metric == Metric.MASE ? SHARE_OF_BASELINE : floor(then.path("baselines")));
    findings.atMost(
        "model.champion.decay",
        error == known ? 1 : error / known, // neither has any error
        most,
        "the champion answers far worse than on the holdout that it was blessed on, so that this data is of another kind; its %s over that of then"
            .formatted(word()));
  }

  private OptionalDouble figure(JsonNode metrics) {
    JsonNode figure = metrics.path(metric.name().toLowerCase(Locale.ROOT));
    return figure.isNumber() ? OptionalDouble.of(figure.doubleValue()) : OptionalDouble.empty();
  }

  private double error(double figure, long targets) {
    return switch (metric) {
      case RMSE, MAE, MASE -> figure;
      case LOSS -> Math.exp(figure);
      case ACCURACY -> ((1 - figure) * targets + 2) / (targets + 4);
    };
  }

  /** Baselines are root mean squared errors, which are not below mean absolute ones. */
  private double floor(JsonNode baselines) {
    double best = Double.POSITIVE_INFINITY;
    for (JsonNode baseline : baselines) {
      best = baseline.isNumber() ? Math.min(best, baseline.doubleValue()) : best;
    }
    return Double.isFinite(best) ? SHARE_OF_BASELINE * best : 0;
  }

  private String word() {
    return switch (metric) {
      case RMSE -> "rmse";
      case MAE -> "mae";
      case MASE -> "mase";
      case LOSS -> "perplexity";
      case ACCURACY -> "share of wrong answers";
    };
  }
}
