package io.hindsight.submit.faults;

import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.submit.faults.BrokenPromise.Sort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Compares what a completed run left with what it must leave. */
final class Verdict {
  private static final Set<String> KNOWN =
      Set.of(
          "MODEL.md",
          "checkpoints",
          "config.yaml",
          "error.log",
          "lease",
          "metrics.jsonl",
          "metrics.prom",
          "mlflow.json",
          "model",
          "evaluation.json",
          "examples.json",
          "report.html",
          "report.json",
          "status.json",
          "tensorboard");

  private final Scenario scenario;
  private final RunFiles files;

  Verdict(Scenario scenario, RunFiles files) {
    this.scenario = scenario;
    this.files = files;
  }

  /**
   * Checks the run directory.
   *
   * @param expected SHA-256 of the undisturbed weights
   */
  void check(String expected) throws IOException, BrokenPromise {
    StatusFile status = files.status();
    require(status.state().equals("completed"), "status.json says " + status.state());
    String stored =
        new ModelStore(HadoopSettings::configuration)
            .load(files.directory().model())
            .weightsSha256();
    if (!status.weightsSha256().equals(Optional.of(expected)) || !stored.equals(expected)) {
      throw new BrokenPromise(
          Sort.WRONG_HASH,
          "weights %s, in the model %s, undisturbed %s"
              .formatted(status.weightsSha256(), stored, expected));
    }
    requireEachStepOnce();
    require(files.temporaries().isEmpty(), "half-written: " + files.temporaries());
    List<String> names = new ArrayList<>(files.names());
    names.removeAll(KNOWN);
    require(names.isEmpty(), "left in the run directory: " + names);
  }

  private void requireEachStepOnce() throws IOException, BrokenPromise {
    List<Integer> steps = files.lines().stream().map(line -> line.get("step").intValue()).toList();
    List<Integer> all = IntStream.range(0, scenario.setting().task().steps()).boxed().toList();
    require(
        steps.equals(all),
        "metrics.jsonl has %d steps, not each of %d once".formatted(steps.size(), all.size()));
  }

  private static void require(boolean condition, String otherwise) throws BrokenPromise {
    if (!condition) {
      throw BrokenPromise.other(otherwise);
    }
  }
}
