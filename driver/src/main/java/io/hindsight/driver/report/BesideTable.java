package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.report.chart.Digits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A forecast beside simple ones on the same targets, the best first. */
final class BesideTable {
  private static final String MODEL = "this model";

  /** A model, or a simple forecast. */
  private record Row(String name, JsonNode figures) {
    private double rmse() {
      return figures.path("rmse").asDouble(Double.NaN);
    }

    private List<String> cells() {
      return List.of(name, text("rmse"), text("mae"), text("mase"));
    }

    private String text(String figure) {
      JsonNode number = figures.path(figure);
      return number.isNumber() ? Digits.text(number.asDouble()) : "–";
    }
  }

  private BesideTable() {}

  /**
   * Of an evaluation, as {@code evaluate --json} prints it; without rows where nothing is forecast.
   */
  static Table of(JsonNode evaluation) {
    Table table = new Table("on the same targets", "RMSE", "MAE", "MASE");
    if (!evaluation.path("rmse").isNumber() || evaluation.path("baseline_metrics").isEmpty()) {
      return table;
    }
    List<Row> rows = new ArrayList<>(List.of(new Row(MODEL, evaluation)));
    for (Map.Entry<String, JsonNode> of : evaluation.get("baseline_metrics").properties()) {
      rows.add(new Row(of.getKey().replace('_', ' '), of.getValue()));
    }
    rows.sort(Comparator.comparingDouble(Row::rmse));
    rows.forEach(row -> table.row(row.cells(), row.name().equals(MODEL)));
    return table;
  }
}
