package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model reaches on data, beside simple answers first. */
final class EvaluationPage {
  private final JsonNode evaluation;

  private EvaluationPage(JsonNode evaluation) {
    this.evaluation = evaluation;
  }

  /**
   * The page, in UTF-8.
   *
   * @param model where it is
   * @param evaluation as {@code evaluate --json} prints it
   * @param examples a closer look at some answers; absent if there are none
   */
  static byte[] of(String model, JsonNode evaluation, Optional<JsonNode> examples) {
    Markup page = new Markup();
    ReportPage.begin(page, "Evaluation – Hindsight");
    page.leaf("h1", "Evaluation");
    Verdict.of(evaluation).ifPresent(verdict -> verdict.write(page));
    String what = "%s, %s part, %s targets";
    page.leaf(
        "p",
        what.formatted(
            model,
            evaluation.path("part").asText(),
            Digits.text(evaluation.path("targets").asDouble())),
        "class",
        "note");
    new EvaluationPage(evaluation).write(page);
    examples.ifPresent(of -> new ExamplePictures(of).write(page));
    new AnswerPictures(evaluation).write(page);
    return ReportPage.end(page);
  }

  private void write(Markup page) {
    page.open("section").leaf("h2", "Figures");
    BesideTable.of(evaluation).write(page);
    all().write(page);
    page.close();
  }

  private Table all() {
    Table table = new Table("figure", "value");
    for (Map.Entry<String, JsonNode> of : evaluation.properties()) {
      if (of.getValue().isNumber() && !of.getKey().equals("targets")) {
        table.row(List.of(of.getKey(), Digits.text(of.getValue().asDouble())));
      }
    }
    return table;
  }
}
