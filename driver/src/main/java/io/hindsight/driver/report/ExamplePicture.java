package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.report.chart.Band;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Line;
import io.hindsight.driver.report.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The newest answers to one sequence beside the truth, or how likely they say the truth is. */
final class ExamplePicture {
  private static final int LONGEST_ID = 32; // UTF-16 units

  private final JsonNode example;
  private final boolean values;
  private final List<Integer> points = new ArrayList<>(); // −1 where a forecast ends

  ExamplePicture(JsonNode example, boolean values) {
    this.example = example;
    this.values = values;
    boolean ahead = isSeveralAhead();
    for (int i = 0; i < example.path("steps").size(); i++) {
      if (ahead && i > 0 && origin(i) != origin(i - 1)) {
        points.add(-1);
      }
      points.add(i);
    }
  }

  private int origin(int point) {
    return example.path("origins").path(point).asInt();
  }

  private boolean isSeveralAhead() {
    for (int i = 1; i < example.path("origins").size(); i++) {
      if (origin(i) == origin(i - 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The picture; empty of a sequence with one answer.
   *
   * @param of how many sequences it is one of
   */
  LineChart chart(int of) {
    String which = example.path("which").asText();
    String id = Excerpt.line(example.path("sequence").asText(), LONGEST_ID);
    String title =
        which.equals("only")
            ? "The only sequence: " + id
            : "%s of %s sequences: %s".formatted(capital(which), Digits.text(of), id);
    LineChart chart = new LineChart("example" + which, title, across());
    if (example.path("steps").size() < 2) {
      return chart;
    }
    return values ? addValues(chart) : addProbabilities(chart);
  }

  private String across() {
    if (!values) {
      return "probability of the true class, by row";
    }
    return isSeveralAhead() ? "row; a line from each forecast" : "row";
  }

  private static String capital(String which) {
    return which.substring(0, 1).toUpperCase(Locale.ROOT) + which.substring(1);
  }

  private LineChart addValues(LineChart chart) {
    String column = Excerpt.line(example.path("column").asText("target"), LONGEST_ID);
    chart.add(line(column, "truths"));
    JsonNode levels = example.path("levels");
    for (int low = 0; low < levels.size() / 2; low++) {
      int high = levels.size() - 1 - low;
      String name = "%s to %s %%".formatted(percent(levels.get(low)), percent(levels.get(high)));
      JsonNode quantiles = example.path("quantiles");
      chart.add(
          new Band(name, rows(), numbers(quantiles.path(low)), numbers(quantiles.path(high))));
    }
    return chart.add(line("answer", "answers"));
  }

  private static String percent(JsonNode level) {
    return Digits.text(100 * level.asDouble());
  }

  private LineChart addProbabilities(LineChart chart) {
    return chart.fromZero().add(line("probability of the true class", "probabilities"));
  }

  private Line line(String name, String numbers) {
    return new Line(name, rows(), numbers(example.path(numbers)), Line.Style.DOTS);
  }

  /** Where a forecast ends the place does not matter, as nothing is drawn there. */
  private double[] rows() {
    double[] rows = numbers(example.path("steps"));
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Double.isNaN(rows[i]) ? rows[i - 1] : rows[i];
    }
    return rows;
  }

  private double[] numbers(JsonNode array) {
    return points.stream()
        .mapToDouble(i -> i < 0 ? Double.NaN : array.path(i).asDouble(Double.NaN))
        .toArray();
  }
}
