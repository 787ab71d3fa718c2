package io.hindsight.submit.registry;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.retrain.folder.RetrainRuns;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.submit.output.GateChecks;
import java.util.ArrayList;
import java.util.List;

/** Retrainings, for people. */
final class RunsText {
  private RunsText() {}

  /**
   * A line per run and, where it made no version, one for each check that failed: those of a
   * version stand beside it.
   */
  static String of(List<RetrainRuns.Run> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "ended", "state", "from", "to", "because"));
    for (RetrainRuns.Run run : runs) {
      RetrainStatus status = run.status();
      rows.add(
          List.of(
              status.key(),
              status.updated().toString(),
              status.state(),
              status.window().from().toString(),
              status.window().to().toString(),
              Excerpt.line(status.reason(), RegistryText.LONGEST)));
      if (status.version().isEmpty() && run.blessing().isPresent()) {
        addFailed(rows, run.blessing().get());
      }
    }
    return RegistryText.table(rows);
  }

  private static void addFailed(List<List<String>> rows, Blessing blessing) {
    for (Blessing.Check check : blessing.checks()) {
      if (!check.passed()) {
        rows.add(List.of("", "", "", "", "FAILED", GateChecks.figure(check)));
      }
    }
  }
}
