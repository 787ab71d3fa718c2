package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.report.chart.Digits;
import io.hindsight.driver.report.chart.Markup;
import io.hindsight.driver.report.run.RunFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The figures that a run reports of its result: beside simple answers first, then those of
 * validation and test part side by side.
 */
final class RunMetrics {
  private final Map<String, Double> metrics;

  private final Optional<JsonNode> evaluation;

  private RunMetrics(Map<String, Double> metrics, Optional<JsonNode> evaluation) {
    this.metrics = metrics;
    this.evaluation = evaluation;
  }

  static RunMetrics of(RunFigures run) {
    return new RunMetrics(run.status().map(StatusFile::metrics).orElse(Map.of()), run.evaluation());
  }

  void write(Markup page) {
    if (metrics.isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Figures");
    evaluation.ifPresent(of -> BesideTable.of(of).write(page));
    table().write(page);
    page.close();
  }

  private Table table() {
    Table table = new Table("figure", "validation", "test");
    TreeSet<String> names = new TreeSet<>();
    metrics.keySet().forEach(name -> names.add(name.replaceFirst("^(validation|test)_", "")));
    for (String name : names) {
      Double test = metrics.getOrDefault("test_" + name, metrics.get(name)); // or of no part
      table.row(List.of(name, text(metrics.get("validation_" + name)), text(test)));
    }
    return table;
  }

  private static String text(Double number) {
    return number == null ? "–" : Digits.text(number);
  }
}
