package io.hindsight.driver.export.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.BpttConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.kernels.network.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must not be expected of a model, each for a reason in how it was made. */
final class CardLimits {
  private final CardFacts facts;
  private final List<String> limits = new ArrayList<>();

  private CardLimits(CardFacts facts) {
    this.facts = facts;
  }

  /** Sentences, at least one. */
  static List<String> of(CardFacts facts) {
    CardLimits card = new CardLimits(facts);
    card.scores();
    card.sequences();
    card.answers();
    card.table();
    return card.limits;
  }

  private void scores() {
    String part = facts.scores().map(scores -> scores.path("part").asText()).orElse("");
    if (part.isEmpty()) {
      limits.add("How large its errors are is not known here.");
    } else if (part.equals("validation")) {
      limits.add(
          "The scored part may also have chosen the weights; other data may have larger errors.");
    } else {
      limits.add(
          "The figures are of data like the scored part; score other data with `evaluate --data`.");
    }
    facts.scores().ifPresent(this::beside);
  }

  /** A forecast that needs no training and is as good. */
  private void beside(JsonNode scores) {
    for (Map.Entry<String, JsonNode> simple : scores.path("baselines").properties()) {
      JsonNode rmse = scores.path("rmse");
      if (rmse.isNumber() && simple.getValue().asDouble() <= rmse.asDouble()) {
        limits.add(
            "Its `rmse` is not below that of %s, which needs no training."
                .formatted(Markdown.code(simple.getKey())));
      }
    }
  }

  private void sequences() {
    BpttConfig bptt = facts.config().training().bptt();
    if (facts.description().network().readsBothWays()) {
      limits.add(
          "It reads each sequence from its end too, so it answers only when all of it is known.");
    }
    if (bptt.window().isPresent() && !bptt.carryState()) {
      limits.add(
          "It was trained on windows of %d steps, each from a zero state; what is longer ago is nothing to it."
              .formatted(bptt.window().getAsInt()));
    }
  }

  private void answers() {
    OutputSpec output = facts.description().network().output();
    boolean spread = !output.options().quantiles().isEmpty() || output.loss().isOfDistribution();
    if (output.loss().targetsAreValues() && !spread) {
      limits.add("It answers single numbers, and not how sure they are.");
    }
    if (spread && output.options().margins().isEmpty()) {
      boolean sampled = RecursiveOutput.paths(facts.encoding()) > 0;
      limits.add(
          "Its intervals are %s, and not calibrated."
              .formatted(sampled ? "those of sampled paths" : "as the network learned them"));
    }
    RunConfig config = facts.config();
    boolean weighted = !config.training().classWeights().areNone();
    if (weighted || output.options().focalGamma() > 0 || output.options().labelSmoothing() > 0) {
      limits.add(
          "Its probabilities are not shares of the data, as its loss counts some targets more.");
    }
  }

  private void table() {
    if (!(facts.encoding() instanceof Encoding.Table table)
        || !(facts.config().data() instanceof TableSpec spec)) {
      return;
    }
    if (table.side().all().findAny().isPresent()) {
      limits.add("Categories that training did not see are all the same to it.");
    }
    if (table.targetKind() != TargetKind.VALUE && table.labels().isPresent()) {
      limits.add("It never answers a class that training did not see.");
    }
    boolean inTime = !spec.names().time().isEmpty();
    if (inTime && spec.timeRules().frequency().isEmpty()) {
      limits.add("Its steps are rows, however far apart in time they are.");
    }
    if (table.filling().isNone()) {
      limits.add("It reads no row without a value in an input.");
    }
    spec.scope()
        .window()
        .ifPresent(window -> limits.add("It knows of nothing from %s on.".formatted(window.to())));
  }
}
