package io.hindsight.driver.export.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.kernels.network.ParameterLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model card (M. Mitchell et al.: <i>Model Cards for Model Reporting</i>, FAT* 2019), as far as a
 * configuration, a model and its scores tell: what it is, what for, of which data, how good, and
 * where it ends. All of it is true of the model by how it was made; nobody's opinion is in it.
 */
public final class ModelCard {
  /** The name of a card. */
  public static final String FILE = "MODEL.md";

  private final CardFacts facts;
  private final Markdown page = new Markdown();

  private ModelCard(CardFacts facts) {
    this.facts = facts;
  }

  /** The page, in UTF-8; the same facts give the same bytes. */
  public static byte[] of(CardFacts facts) {
    ModelCard card = new ModelCard(facts);
    card.model();
    card.use();
    card.data();
    card.figures();
    card.limits();
    return card.page.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void model() {
    ModelDescription model = facts.description();
    page.heading("#", facts.config().name());
    page.head(List.of("model", ""));
    page.row(
        List.of(
            "network",
            "%s, %s parameters, loss %s"
                .formatted(
                    LayerWords.text(model.network().layers()),
                    String.format(Locale.ROOT, "%,d", new ParameterLayout(model.network()).size()),
                    Words.of(model.network().output().loss()))));
    page.row(List.of("weights, SHA-256", "`" + facts.weightsSha256() + "`"));
    model
        .parentSha256()
        .ifPresent(hash -> page.row(List.of("trained further from", "`" + hash + "`")));
    String versions =
        model.versions().entrySet().stream()
            .map(version -> version.getKey() + " " + version.getValue())
            .collect(Collectors.joining(", "));
    page.row(List.of("made by", Markdown.plain(versions)));
    page.row(List.of("configuration, SHA-256", "`" + model.configSha256() + "`"));
  }

  private void use() {
    page.heading("##", "Intended use");
    page.paragraph(CardUse.text(facts));
  }

  private void data() {
    page.heading("##", "Data");
    page.head(List.of("data", ""));
    CardData.rows(facts.config().data()).forEach(page::row);
    facts.data().map(data -> data.path("sequences")).ifPresent(this::sequences);
    page.row(List.of("fingerprint", "`" + facts.description().dataFingerprint() + "`"));
  }

  private void sequences(JsonNode counts) {
    if (counts.isObject()) {
      String words =
          counts.properties().stream()
              .map(part -> part.getKey() + " " + part.getValue().asLong())
              .collect(Collectors.joining(", "));
      page.row(List.of("sequences", words));
    }
  }

  private void figures() {
    page.heading("##", "Figures");
    facts.blessing().ifPresent(this::gates);
    if (facts.scores().isEmpty()) {
      page.paragraph("None are known here; `evaluate --model` scores the model.");
      return;
    }
    JsonNode scores = facts.scores().get();
    String part = scores.path("part").asText();
    String targets = Digits.text(scores.path("targets").asDouble());
    page.paragraph("Of the %s part, %s targets.\n".formatted(part, targets));
    JsonNode simple = scores.path("baseline_metrics");
    List<String> names = new ArrayList<>(List.of("figure", "model"));
    simple.fieldNames().forEachRemaining(name -> names.add(Markdown.code(name)));
    page.head(names);
    for (Map.Entry<String, JsonNode> figure : scores.properties()) {
      if (figure.getValue().isNumber() && !figure.getKey().equals("targets")) {
        List<String> cells = new ArrayList<>(List.of(Markdown.code(figure.getKey())));
        cells.add(Digits.text(figure.getValue().asDouble()));
        simple.forEach(of -> cells.add(number(of.path(figure.getKey()))));
        page.row(cells);
      }
    }
  }

  private void gates(Blessing blessing) {
    String verdict = blessing.blessed() ? "Passed" : "Not passed";
    String reasons = Markdown.plain(String.join("; ", blessing.reasons()));
    page.paragraph(verdict + " by the gates of its registry: " + reasons + ".\n");
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? Digits.text(value.asDouble()) : "";
  }

  private void limits() {
    page.heading("##", "Limits");
    CardLimits.of(facts).forEach(page::item);
  }
}
