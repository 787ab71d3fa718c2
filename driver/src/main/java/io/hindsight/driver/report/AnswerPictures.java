package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import io.hindsight.driver.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What an evaluation tells of answers, in what fits their kind: errors by horizon, classes and
 * their confusion, how often answers that are so sure are right.
 */
final class AnswerPictures {
  private static final int MOST_CLASSES = 30; // whose confusion a page can show

  private final JsonNode evaluation;

  AnswerPictures(JsonNode evaluation) {
    this.evaluation = evaluation;
  }

  void write(Markup page) {
    LineChart horizons = horizons();
    LineChart calibration = calibration();
    Table targets = figures("target", "by_target", List.of("rmse", "mae"));
    Table classes = figures("class", "by_class", List.of("precision", "recall", "f1", "support"));
    Table confusion = confusion();
    boolean isNothing =
        horizons.isEmpty() && calibration.isEmpty() && targets.isEmpty() && classes.isEmpty();
    if (isNothing) {
      return;
    }
    page.open("section").leaf("h2", "Answers");
    page.open("div", "class", "pictures");
    horizons.draw(page);
    calibration.draw(page);
    page.close();
    targets.write(page);
    classes.write(page);
    if (!confusion.isEmpty()) {
      page.leaf("p", "Targets by true class (row) and answer (column):");
      confusion.write(page);
    }
    page.close();
  }

  /** The error at each step ahead, beside that of simple forecasts. */
  private LineChart horizons() {
    JsonNode each = evaluation.path("by_horizon");
    LineChart chart = new LineChart("horizon", "RMSE by steps ahead", "steps ahead").fromZero();
    chart.add(line("model", each, "step", of -> of.path("rmse").asDouble(Double.NaN)));
    List<String> names = new ArrayList<>();
    each.path(0).path("baselines").fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      chart.add(
          line(
              name.replace('_', ' '),
              each,
              "step",
              of -> of.path("baselines").path(name).path("rmse").asDouble(Double.NaN)));
    }
    return chart;
  }

  /** How often answers of about the same confidence are right. */
  private LineChart calibration() {
    List<JsonNode> bins = new ArrayList<>();
    evaluation.path("calibration").forEach(bins::add);
    bins.removeIf(bin -> bin.path("targets").asLong() == 0);
    double[] sure = bins.stream().mapToDouble(bin -> bin.path("confidence").asDouble()).toArray();
    double[] right = bins.stream().mapToDouble(bin -> bin.path("accuracy").asDouble()).toArray();
    LineChart chart =
        new LineChart("calibration", "Share of right answers by their confidence", "confidence");
    chart.add(new Line("answers", sure, right, Line.Style.DOTS));
    if (!chart.isEmpty()) {
      chart.add(
          new Line("as sure as right", new double[] {0, 1}, new double[] {0, 1}, Line.Style.LIMIT));
    }
    return chart;
  }

  private static Line line(
      String name, JsonNode each, String across, ToDoubleFunction<JsonNode> figure) {
    List<JsonNode> points = new ArrayList<>();
    each.forEach(points::add);
    double[] x = points.stream().mapToDouble(of -> of.path(across).asDouble()).toArray();
    return new Line(name, x, points.stream().mapToDouble(figure).toArray(), Line.Style.DOTS);
  }

  private Table figures(String what, String field, List<String> figures) {
    List<String> header = new ArrayList<>(List.of(what));
    header.addAll(figures);
    Table table = new Table(header);
    for (Map.Entry<String, JsonNode> of : evaluation.path(field).properties()) {
      List<String> cells = new ArrayList<>(List.of(of.getKey()));
      figures.forEach(figure -> cells.add(text(of.getValue().path(figure))));
      table.row(cells);
    }
    return table;
  }

  private Table confusion() {
    List<String> names = new ArrayList<>();
    evaluation.path("by_class").fieldNames().forEachRemaining(names::add);
    JsonNode rows = evaluation.path("confusion");
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(names);
    Table table = new Table(header);
    for (int row = 0; row < rows.size() && names.size() <= MOST_CLASSES; row++) {
      List<String> cells = new ArrayList<>(List.of(names.get(row)));
      rows.get(row).forEach(count -> cells.add(text(count)));
      table.row(cells);
    }
    return table;
  }

  private static String text(JsonNode number) {
    return number.isNumber() ? Digits.text(number.asDouble()) : "–";
  }
}
