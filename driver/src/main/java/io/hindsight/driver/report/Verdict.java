package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import io.hindsight.driver.report.run.RunFigures;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to, in a sentence: whether its model is better than the best simple answer on the
 * same targets, where that is known.
 *
 * @param text the sentence
 * @param isGood whether there is a model, which no simple answer beats as far as is known
 */
record Verdict(String text, boolean isGood) {
  static Verdict of(RunFigures run) {
    if (run.status().isEmpty()) {
      return new Verdict("The run has not ended, or was killed: it has no status.json.", false);
    }
    StatusFile status = run.status().get();
    if (status.weightsSha256().isEmpty()) {
      return new Verdict(
          "No model: the run %s. %s".formatted(status.state(), status.reason()), false);
    }
    return run.evaluation().flatMap(Verdict::of).orElseGet(() -> ofStatus(status));
  }

  private static Verdict ofStatus(StatusFile status) {
    String loss =
        Optional.ofNullable(status.metrics().get("test_loss"))
            .or(() -> Optional.ofNullable(status.metrics().get("validation_loss")))
            .map(of -> ", of a loss of " + Digits.text(of))
            .orElse("");
    return new Verdict("A model after %d steps%s.".formatted(status.steps(), loss), true);
  }

  /**
   * Of an evaluation, as {@code evaluate --json} prints it; absent where nothing simple is known.
   */
  static Optional<Verdict> of(JsonNode evaluation) {
    String part = evaluation.path("part").asText();
    Optional<Map.Entry<String, JsonNode>> best =
        evaluation.path("baselines").properties().stream()
            .filter(entry -> entry.getValue().isNumber())
            .min(Map.Entry.comparingByValue((a, b) -> Double.compare(a.asDouble(), b.asDouble())));
    if (best.isPresent() && evaluation.path("rmse").isNumber()) {
      double rmse = evaluation.get("rmse").asDouble();
      double simple = best.get().getValue().asDouble();
      return Optional.of(
          beside(
              part, "root mean squared error", rmse, best.get().getKey(), simple, rmse < simple));
    }
    return ofClasses(evaluation, part);
  }

  /**
   * Where classes have weights, accuracy is not what is wanted: recall counts, of each class alike,
   * which one that is always answered reaches for itself alone.
   */
  private static Optional<Verdict> ofClasses(JsonNode evaluation, String part) {
    JsonNode balanced = evaluation.path("balanced_accuracy");
    int classes = evaluation.path("by_class").size();
    if (evaluation.has("log_loss") && balanced.isNumber() && classes > 0) {
      double model = balanced.asDouble();
      double simple = 1.0 / classes;
      return Optional.of(
          beside(part, "balanced accuracy", model, "same class always", simple, model > simple));
    }
    if (evaluation.path("accuracy").isNumber() && evaluation.path("majority_baseline").isNumber()) {
      double accuracy = evaluation.get("accuracy").asDouble();
      double majority = evaluation.get("majority_baseline").asDouble();
      return Optional.of(
          beside(part, "accuracy", accuracy, "most frequent class", majority, accuracy > majority));
    }
    return Optional.empty();
  }

  void write(Markup page) {
    page.leaf("p", text, "class", isGood ? "verdict" : "verdict bad");
  }

  private static Verdict beside(
      String part, String figure, double model, String name, double simple, boolean isBetter) {
    String text =
        "%s than the best simple answer on the %s part: %s %s, of the %s %s."
            .formatted(
                isBetter ? "Better" : "Not better",
                part,
                figure,
                Digits.text(model),
                name.replace('_', ' '),
                Digits.text(simple));
    return new Verdict(text, isBetter);
  }
}
