package io.hindsight.driver.export.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.registry.Blessing;
import java.util.Optional;

/** What a model reached when the gates of its registry judged it, as {@code evaluate} has it. */
final class GateScores {
  private static final String BEFORE = "champion before";

  private GateScores() {}

  /** The scores; absent of a model that no gate has scored. */
  static Optional<JsonNode> of(Blessing blessing) {
    JsonNode candidate = blessing.candidate();
    if (!candidate.path("metrics").isObject()) {
      return Optional.empty();
    }
    ObjectNode scores = Json.object().put("part", "test");
    scores.set("targets", candidate.path("targets"));
    scores.setAll((ObjectNode) candidate.get("metrics"));
    ObjectNode simple = Json.object();
    String metric = blessing.holdout().path("metric").asText();
    JsonNode baselines = candidate.path("baselines");
    baselines
        .properties()
        .forEach(one -> simple.putObject(one.getKey()).set(metric, one.getValue()));
    if (blessing.champion().path("metrics").isObject()) {
      simple.set(BEFORE, blessing.champion().get("metrics"));
    }
    if (metric.equals("rmse")) {
      scores.set("baselines", baselines); // which are of that figure
    }
    scores.set("baseline_metrics", simple);
    return Optional.of(scores);
  }
}
