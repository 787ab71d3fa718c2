package io.hindsight.submit;

import io.hindsight.driver.run.TrainingResult;
import io.hindsight.driver.score.Metrics;
import java.io.PrintWriter;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a run has come to, as text for people. */
final class TrainingText {
  private static final int MOST_METRICS = 50;

  private TrainingText() {}

  /**
   * Prints a line for the run, its steps, each of the usual figures, and the hash of the weights.
   */
  static void print(TrainingResult result, PrintWriter out) {
    SortedMap<String, Double> metrics = readable(result.metrics());
    int width = ReportText.width(metrics);
    out.println(ReportText.line("run", width, result.directory()));
    out.println(ReportText.line("steps", width, result.steps()));
    if (!metrics.isEmpty()) { // without validation and test part there are none
      out.println(ReportText.lines(metrics));
    }
    if (metrics.size() < result.metrics().size()) {
      out.println(ReportText.line("further figures", width, "see status.json"));
    }
    out.println(ReportText.line("weights_sha256", width, result.weightsSha256()));
  }

  /** The usual ones, without those of single targets, {@code test_rmse.NAME}, if too many. */
  private static SortedMap<String, Double> readable(SortedMap<String, Double> metrics) {
    SortedMap<String, Double> usual = new TreeMap<>(metrics);
    usual.keySet().removeIf(TrainingText::isFurther);
    if (usual.size() > MOST_METRICS) {
      usual.keySet().removeIf(name -> name.contains("."));
    }
    return usual;
  }

  /** Of which part a figure is, as {@code test_} says it, does not matter. */
  private static boolean isFurther(String name) {
    return Metrics.isFurther(name.substring(name.indexOf('_') + 1));
  }
}
