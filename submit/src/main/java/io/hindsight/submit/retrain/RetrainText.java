package io.hindsight.submit.retrain;

import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.retrain.RetrainResult;
import io.hindsight.driver.retrain.RunPlan;
import io.hindsight.submit.output.GateChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people read of a retraining. */
final class RetrainText {
  private RetrainText() {}

  /** What would be done. */
  static String of(RunPlan plan) {
    return String.join(
        System.lineSeparator(),
        line("key", plan.key().text()),
        line("window", plan.window().toString()));
  }

  /** What it came to, and everything that was measured. */
  static String of(RetrainResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(line("outcome", result.outcome().word()));
    lines.add(line("reason", result.status().reason()));
    result.status().version().ifPresent(version -> lines.add(line("version", version)));
    lines.add(line("key", result.status().key()));
    lines.add(line("window", result.status().window().toString()));
    lines.add(line("run", result.folder()));
    result.blessing().ifPresent(blessing -> blessing.checks().forEach(c -> lines.add(line(c))));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(Blessing.Check check) {
    return line(check.passed() ? "passed" : "FAILED", GateChecks.figure(check));
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-8s %s", name, value);
  }
}
