package io.hindsight.driver.retrain.report;

import io.hindsight.driver.monitoring.PrometheusText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code metrics.prom}: what an alert needs to know of the retrainings of a registry, in the text
 * format of Prometheus, for the textfile collector of its node exporter. Counters go on from the
 * file before.
 */
final class MetricsText {
  static final String NAME = "metrics.prom";
  static final String LAST_ATTEMPT = "hindsight_retrain_last_attempt_timestamp_seconds";
  static final String LAST_SUCCESS = "hindsight_retrain_last_success_timestamp_seconds";
  static final String LAST_PROMOTION = "hindsight_retrain_last_promotion_timestamp_seconds";
  static final String ATTEMPTS = "hindsight_retrain_attempts_total";
  static final String CHAMPION = "hindsight_retrain_champion_timestamp_seconds";
  static final String PROMOTED = "hindsight_retrain_promoted_total";
  static final String PUBLISHED = "hindsight_retrain_published_total";
  static final String UNCHANGED = "hindsight_retrain_unchanged_total";
  static final String REJECTED = "hindsight_retrain_rejected_total";
  static final String FAILED = "hindsight_retrain_failed_total";
  static final String LATE = "hindsight_retrain_late_total";
  static final String DURATION = "hindsight_retrain_duration_seconds";
  static final String ROWS = "hindsight_retrain_rows";
  static final String DRIFT = "hindsight_retrain_drift";
  static final String EXIT = "hindsight_retrain_last_exit_status";

  private static final Map<String, String> HELP =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(LAST_ATTEMPT, "When a retraining last ended, however it did."),
              Map.entry(LAST_SUCCESS, "When a retraining last came to its verdict."),
              Map.entry(LAST_PROMOTION, "When a retraining last promoted its candidate."),
              Map.entry(CHAMPION, "When the version was published that is the champion now."),
              Map.entry(PROMOTED, "Retrainings that promoted their candidate."),
              Map.entry(PUBLISHED, "Retrainings that published a version and left the champion."),
              Map.entry(UNCHANGED, "Retrainings that had been done before."),
              Map.entry(ATTEMPTS, "Retrainings that ended."),
              Map.entry(REJECTED, "Retrainings whose data or candidate a gate refused."),
              Map.entry(FAILED, "Retrainings that failed."),
              Map.entry(LATE, "Retrainings whose data was late or too little."),
              Map.entry(DURATION, "How long the last retraining took."),
              Map.entry(ROWS, "Rows in the window of the last retraining that read them."),
              Map.entry(DRIFT, "The largest drift of a column from the champion's data, 0 to 1."),
              Map.entry(EXIT, "What the last retraining's process ended with.")));

  private static final Pattern LINE =
      Pattern.compile("([a-z_]+)\\{registry=\"(?:[^\"\\\\]|\\\\.)*\"} ([-+0-9.eE]+|NaN)");

  private final String registry;
  private final Map<String, Double> values = new TreeMap<>();

  /**
   * Nothing yet.
   *
   * @param registry its location, the label of each figure
   */
  MetricsText(String registry) {
    this.registry = registry;
  }

  /** What a file holds; lines of other forms are left out. */
  static MetricsText parse(byte[] bytes, String registry) {
    MetricsText metrics = new MetricsText(registry);
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
      Matcher figure = LINE.matcher(line);
      if (figure.matches() && HELP.containsKey(figure.group(1))) {
        metrics.set(figure.group(1), number(figure.group(2)));
      }
    }
    return metrics;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException noNumber) {
      return Double.NaN;
    }
  }

  /** The figure of a name; 0 if there is none. */
  double get(String name) {
    return values.getOrDefault(name, 0.0);
  }

  MetricsText set(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** Counts one more. */
  MetricsText count(String name) {
    double before = get(name);
    return set(name, Double.isFinite(before) ? before + 1 : 1);
  }

  /** The whole file. */
  byte[] toBytes() {
    PrometheusText text = new PrometheusText();
    values.forEach(
        (name, value) ->
            text.add(
                name,
                HELP.get(name),
                Map.of("registry", registry),
                Double.isFinite(value) ? value : Double.NaN));
    return text.toBytes();
  }
}
