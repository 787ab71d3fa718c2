package io.hindsight.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.train.Evaluation;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** An evaluation as text for people and for programs. */
final class ReportText {
  private ReportText() {}

  /** One line per metric, the baselines below. */
  static String table(Evaluation.Report report) {
    String scores =
        String.format(Locale.ROOT, "%s part, %d targets%n", report.part(), report.targets());
    String text = scores + lines(report.metrics());
    return report.baselines().isEmpty()
        ? text
        : text
            + "%n%nrmse of simple forecasts on the same targets%n".formatted()
            + baselines(report);
  }

  private static String baselines(Evaluation.Report report) {
    String missing =
        report.missing().entrySet().stream()
            .map(entry -> "%n%-20s left out: %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return lines(report.baselines()) + missing;
  }

  /** One line per value, six significant digits, in the map's order. */
  static String lines(SortedMap<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%-20s %.6g", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** One object in one line; a number that JSON cannot write is null. */
  static String json(Evaluation.Report report) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("part", report.part());
    root.put("targets", report.targets());
    put(root, report.metrics());
    if (!report.baselines().isEmpty()) {
      put(root.putObject("baselines"), report.baselines());
    }
    return root.toString();
  }

  private static void put(ObjectNode node, Map<String, Double> values) {
    values.forEach((name, value) -> node.put(name, Double.isFinite(value) ? value : null));
  }
}
