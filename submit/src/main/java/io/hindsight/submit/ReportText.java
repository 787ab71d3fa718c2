package io.hindsight.submit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.train.Evaluation;
import java.util.Locale;
import java.util.Map;

/** An evaluation as text for people and for programs. */
final class ReportText {
  private ReportText() {}

  /** One line per metric, the baselines below. */
  static String table(Evaluation.Report report) {
    StringBuilder text = new StringBuilder();
    text.append("%s part, %d targets".formatted(report.part(), report.targets()));
    append(text, report.metrics());
    if (!report.baselines().isEmpty()) {
      text.append("%nbaselines (rmse)".formatted());
      append(text, report.baselines());
    }
    return text.toString();
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

  private static void append(StringBuilder text, Map<String, Double> values) {
    values.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "%n  %-20s %.6g", name, value)));
  }

  private static void put(ObjectNode node, Map<String, Double> values) {
    values.forEach((name, value) -> node.put(name, Double.isFinite(value) ? value : null));
  }
}
