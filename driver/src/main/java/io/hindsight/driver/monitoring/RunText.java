package io.hindsight.driver.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.report.run.RunFigures;
import io.hindsight.driver.report.run.StepGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code metrics.prom} of a run directory: how a run ended, in the text format of Prometheus. Each
 * figure has the label {@code run}, the run's name.
 *
 * <pre>
 * hindsight_run_info{run="…",state="completed",weights_sha256="…"} 1
 * hindsight_run_exit_status, hindsight_run_end_timestamp_seconds,
 * hindsight_run_duration_seconds (of the last process), hindsight_run_steps
 * hindsight_run_figure{figure="test_rmse",run="…"}, with training_loss of the newest steps
 * hindsight_run_baseline{baseline="last_value",figure="rmse",run="…"}
 * </pre>
 */
public final class RunText {
  private static final double MILLIS = 1000;

  private final String run;
  private final PrometheusText text = new PrometheusText();

  private RunText(String run) {
    this.run = run;
  }

  /**
   * The file of a run that has ended.
   *
   * @param took the process that ended it
   * @param ended by the clock of this machine
   */
  public static RunText of(RunFigures figures, Duration took, Instant ended) {
    RunText file = new RunText(figures.config().name());
    figures.status().ifPresent(status -> file.end(status, took, ended));
    List<StepGroup> steps = figures.history().steps().all();
    if (!steps.isEmpty()) {
      file.figure("training_loss", steps.get(steps.size() - 1).loss());
    }
    figures.evaluation().ifPresent(file::baselines);
    return file;
  }

  private void end(StatusFile status, Duration took, Instant ended) {
    add(
        "info",
        "How the run ended, and the weights that it came to.",
        Map.of("state", status.state(), "weights_sha256", status.weightsSha256().orElse("")),
        1);
    add("exit_status", "Exit code of the run's process.", Map.of(), status.exitCode());
    add("end_timestamp_seconds", "When the run ended.", Map.of(), ended.toEpochMilli() / MILLIS);
    add(
        "duration_seconds",
        "How long the process took that ended the run.",
        Map.of(),
        took.toMillis() / MILLIS);
    add("steps", "Updates of the weights.", Map.of(), status.steps());
    status.metrics().forEach(this::figure);
  }

  private void figure(String name, double value) {
    add("figure", "What the run's model reaches.", Map.of("figure", name), value);
  }

  /** What simple answers reach on the same targets. */
  private void baselines(JsonNode evaluation) {
    for (var of : evaluation.path("baselines").properties()) {
      baseline("rmse", of.getKey(), of.getValue());
    }
    for (var of : evaluation.path("baseline_metrics").properties()) {
      for (var figure : of.getValue().properties()) {
        if (!figure.getKey().equals("rmse")) {
          baseline(figure.getKey(), of.getKey(), figure.getValue());
        }
      }
    }
  }

  private void baseline(String figure, String name, JsonNode value) {
    if (value.isNumber()) {
      add(
          "baseline",
          "What a simple answer reaches on the targets of the test part.",
          Map.of("figure", figure, "baseline", name),
          value.doubleValue());
    }
  }

  private void add(String name, String about, Map<String, String> labels, double value) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("run", run);
    text.add("hindsight_run_" + name, about, all, value);
  }

  /** The content of the file. */
  public byte[] toBytes() {
    return text.toBytes();
  }
}
