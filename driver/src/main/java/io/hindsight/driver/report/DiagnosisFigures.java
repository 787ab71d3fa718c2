package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest diagnosis of a run: how far back gradients flow, how saturated gates are, and how
 * large updates are beside their weights.
 */
final class DiagnosisFigures {
  private final JsonNode diagnosis;
  private final DiagnosisCourse course;

  /**
   * Figures of a run.
   *
   * @param diagnosis the newest
   * @param course of all of them
   */
  DiagnosisFigures(JsonNode diagnosis, DiagnosisCourse course) {
    this.diagnosis = diagnosis;
    this.course = course;
  }

  void write(Markup page) {
    page.open("section").leaf("h2", "Diagnosis");
    for (JsonNode verdict : diagnosis.path("verdicts")) {
      page.leaf("p", verdict.path("advice").asText());
    }
    page.open("div", "class", "pictures");
    lags().draw(page);
    course.draw(page);
    page.close();
    gates().write(page);
    updates().write(page);
    page.close();
  }

  /** ‖∂E/∂h(t−k)‖ beside its value at k = 0. */
  private LineChart lags() {
    LineChart chart =
        new LineChart(
                "lags", "Gradient by steps back, beside that of the step itself", "steps back")
            .logarithmic();
    for (JsonNode layer : diagnosis.path("layers")) {
      List<JsonNode> lags = new ArrayList<>();
      layer.path("lags").forEach(lags::add);
      chart.add(
          new Line(
              "layer " + layer.path("layer").asText(),
              lags.stream().mapToDouble(of -> of.path("lag").asDouble()).toArray(),
              lags.stream().mapToDouble(of -> of.path("gradient").asDouble(Double.NaN)).toArray(),
              Line.Style.LINE));
    }
    return chart;
  }

  private Table gates() {
    Table table = new Table("layer", "gate", "saturated");
    for (JsonNode layer : diagnosis.path("layers")) {
      for (JsonNode gate : layer.path("gates")) {
        table.row(
            List.of(
                layer.path("layer").asText(),
                gate.path("gate").asText(),
                Digits.text(100 * gate.path("saturated").asDouble()) + " %"));
      }
    }
    return table;
  }

  private Table updates() {
    Table table = new Table("weights", "log₁₀ of update ÷ weights");
    for (JsonNode block : diagnosis.path("update").path("blocks")) {
      table.row(
          List.of(
              block.path("block").asText(),
              Digits.text(StrictMath.log10(block.path("ratio").asDouble(Double.NaN)))));
    }
    return table;
  }
}
