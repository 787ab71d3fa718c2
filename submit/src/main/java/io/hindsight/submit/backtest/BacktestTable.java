package io.hindsight.submit.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.encoded.ForecastBaselines;
import io.hindsight.driver.backtest.BacktestReport;
import io.hindsight.driver.backtest.OriginFigures;
import io.hindsight.driver.score.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A backtest as a table: a row for each origin, and a last one for all together. */
final class BacktestTable {
  private static final String ALL = "all";
  private static final List<String> OF_NUMBERS = List.of("rmse", "mae", "mase");
  private static final List<String> OF_CLASSES =
      List.of("accuracy", Metrics.MAJORITY, "log_loss", "f1_macro");
  private static final Set<String> SHOWN =
      Set.of("origin", "from", "to", "targets", "rmse", "mae", "mase", "pinball");

  private final BacktestReport report;
  private final List<OriginFigures> figures; // of the origins, then of all
  private final boolean isOfNumbers; // or else of classes or labels
  private final Set<String> metrics; // names, in the order of columns

  BacktestTable(BacktestReport report) {
    this.report = report;
    figures = new ArrayList<>(report.origins());
    figures.add(report.all());
    isOfNumbers = report.all().metrics().containsKey("rmse");
    metrics = new LinkedHashSet<>(isOfNumbers ? OF_NUMBERS : OF_CLASSES);
    metrics.addAll(report.all().metrics().keySet());
  }

  /** Rows with all figures, for a file; a figure that is not known is null. */
  List<Map<String, Object>> rows() {
    return figures.stream().map(this::cells).toList();
  }

  private Map<String, Object> cells(OriginFigures of) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("origin", of.origin().map(String::valueOf).orElse(ALL));
    cells.put("from", of.from().orElse(null));
    cells.put("to", of.to().orElse(null));
    cells.put("targets", of.targets());
    metrics.forEach(name -> cells.put(name, known(of.metrics().get(name))));
    for (String name : report.all().baselines().keySet()) {
      ForecastBaselines.Score score = of.baselines().get(name);
      cells.put(name + "_rmse", score == null ? null : known(score.rmse()));
      cells.put(name + "_mae", score == null ? null : known(score.mae()));
      cells.put(name + "_mase", score == null ? null : known(score.mase()));
      cells.put(name + "_targets", score == null ? 0L : (Object) score.steps());
    }
    return cells;
  }

  private static Double known(Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  /**
   * Aligned, for people: the errors, what tells of quantiles, and the rmse of simple forecasts; of
   * classes and labels all figures.
   */
  String text() {
    List<List<String>> lines = new ArrayList<>();
    List<String> columns = rows().get(0).keySet().stream().filter(BacktestTable::isShown).toList();
    lines.add(columns);
    for (Map<String, Object> row : rows()) {
      lines.add(columns.stream().map(name -> text(row.get(name))).toList());
    }
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    return lines.stream()
        .map(line -> aligned(line, widths))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static boolean isShown(String column) {
    return SHOWN.contains(column)
        || OF_CLASSES.contains(column)
        || column.startsWith("coverage_")
        || column.endsWith("_rmse");
  }

  private static String text(Object cell) {
    return cell == null
        ? "-"
        : cell instanceof Double value
            ? String.format(Locale.ROOT, "%.6g", value)
            : cell.toString();
  }

  private static String aligned(List<String> line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      text.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 2));
    }
    return text.toString().stripTrailing();
  }

  /** One object in one line; a figure that is not known is null. */
  String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("refit", report.refit());
    ArrayNode origins = root.putArray("origins");
    for (OriginFigures of : report.origins()) {
      ObjectNode origin = origins.addObject();
      origin.put("origin", of.origin().orElseThrow());
      origin.put("model", of.model().orElseThrow());
      put(origin, of);
    }
    put(root.putObject(ALL), report.all());
    return root.toString();
  }

  private void put(ObjectNode node, OriginFigures of) {
    node.put("from", of.from().orElse(null));
    node.put("to", of.to().orElse(null));
    node.put("targets", of.targets());
    metrics.forEach(name -> node.put(name, known(of.metrics().get(name))));
    if (isOfNumbers) {
      putBaselines(node.putObject("baselines"), of);
    }
  }

  private static void putBaselines(ObjectNode baselines, OriginFigures of) {
    of.baselines()
        .forEach(
            (name, score) ->
                baselines
                    .putObject(name)
                    .put("rmse", known(score.rmse()))
                    .put("mae", known(score.mae()))
                    .put("mase", known(score.mase()))
                    .put("targets", score.steps()));
  }
}
