package io.hindsight.submit;

import io.hindsight.datasets.Count;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.score.Metrics;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An evaluation as text for people and for programs. */
final class ReportText {
  private static final int LABEL = 20;

  private ReportText() {}

  /** One line per metric, the baselines below. */
  static String table(Evaluation.Report report) {
    String scores =
        String.format(
            Locale.ROOT, "%s part, %s%n", report.part(), Count.of(report.targets(), "target"));
    String baselines =
        report.baselines().isEmpty()
            ? ""
            : "%n%nrmse of simple forecasts on the same targets%n".formatted()
                + lines(report.baselines())
                + fewer(report);
    return scores
        + lines(usual(report.metrics()))
        + further(report)
        + baselines
        + missing(report)
        + DetailsText.of(report.details())
        + spacing(report);
  }

  private static SortedMap<String, Double> usual(SortedMap<String, Double> metrics) {
    SortedMap<String, Double> usual = new TreeMap<>(metrics);
    usual.keySet().removeIf(Metrics::isFurther);
    return usual;
  }

  private static String further(Evaluation.Report report) {
    SortedMap<String, Double> further = new TreeMap<>(report.metrics());
    further.keySet().removeIf(name -> !Metrics.isFurther(name));
    String of = report.further().positive().map(", of class '%s'"::formatted).orElse("");
    return further.isEmpty() ? "" : "%n%nfurther figures%s%n%s".formatted(of, lines(further));
  }

  /** What is to be known of data whose rows are unevenly spaced in time. */
  private static String spacing(Evaluation.Report report) {
    return report
        .spacing()
        .filter(spacing -> !spacing.isEven())
        .map(spacing -> "%n%n%s".formatted(spacing.describe()))
        .orElse("");
  }

  private static String missing(Evaluation.Report report) {
    return report.missing().entrySet().stream()
        .map(entry -> "%n%-20s left out: %s".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private static String fewer(Evaluation.Report report) {
    return report.answered().entrySet().stream()
        .filter(entry -> entry.getValue() < report.targets())
        .map(
            entry ->
                "%n%s answers %d of the targets: the others have no row one season before"
                    .formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  /** One line per value, six significant digits, in the map's order. */
  static String lines(SortedMap<String, Double> values) {
    int width = width(values);
    return values.entrySet().stream()
        .map(e -> line(e.getKey(), width, number(e.getKey(), e.getValue())))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Six significant digits; a count has none after the point. */
  private static String number(String name, double value) {
    boolean counts =
        name.endsWith("_targets") || name.endsWith("_sequences") || name.endsWith("_left_out");
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, counts ? "%.0f" : "%.6g", value);
  }

  /** A name and what it is. */
  static String line(String name, int width, Object value) {
    return name + " ".repeat(Math.max(0, width - name.length())) + " " + value;
  }

  /** The width of the column of names. */
  static int width(Map<String, ?> values) {
    return values.keySet().stream().mapToInt(String::length).reduce(LABEL, Math::max);
  }
}
