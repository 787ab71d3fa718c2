package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.model.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs of a few steps, all of whose numbers must be finite. */
final class FewSteps {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FewSteps() {}

  /**
   * Trains by the command.
   *
   * @param run the run directory to make
   * @param changes of the configuration, {@code section.key=value} each
   */
  static void train(Path config, int steps, Path run, List<String> changes) throws IOException {
    List<String> all = new ArrayList<>(List.of("training.epochs=null", "training.steps=" + steps));
    all.addAll(changes);
    succeed(command(config, run, all));
    assertEquals(steps, SmallRun.status(run).get("steps").asInt());
    assertFinite(run);
  }

  /** The command that trains so. */
  static String[] command(Path config, Path run, List<String> changes) {
    List<String> command =
        new ArrayList<>(List.of("train", config.toString(), "--run-dir", run.toString()));
    changes.forEach(change -> command.addAll(List.of("--set", change)));
    return command.toArray(String[]::new);
  }

  /** Runs a command that must succeed, and answers what it wrote. */
  static String succeed(String... command) {
    CommandLineRun run = CommandLineRun.of(command);
    assertEquals(0, run.code(), run.err());
    assertFalse(run.showsStackTrace(), run.err());
    return run.out();
  }

  /** Losses of all steps, figures of the end, and weights. */
  private static void assertFinite(Path run) throws IOException {
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode step = JSON.readTree(line);
      JsonNode of = step.has("validation") ? step.get("validation") : step;
      assertTrue(!of.has("loss") || isFinite(of.get("loss")), line);
    }
    JsonNode metrics = SmallRun.status(run).get("metrics");
    assertTrue(metrics.has("validation_loss"), metrics.toString());
    metrics
        .fields()
        .forEachRemaining(
            metric -> {
              boolean isOfAll = metric.getKey().matches("(test|validation)_(loss|rmse|accuracy)");
              assertTrue(!isOfAll || isFinite(metric.getValue()), metrics.toString());
            });
    double[] weights = new ModelStore().load(run.resolve("model").toString()).parameters().values();
    assertTrue(Arrays.stream(weights).allMatch(Double::isFinite), run.toString());
  }

  private static boolean isFinite(JsonNode number) {
    return number.isNumber() && Double.isFinite(number.asDouble());
  }

  /** Scores the model of a run, and has it answer data. */
  static void use(Path run, Path data) throws IOException {
    String model = run.resolve("model").toString();
    JsonNode report = JSON.readTree(succeed("evaluate", "--model", model, "--json"));
    assertTrue(isFinite(report.get("loss")), report.toString());
    assertTrue(report.get("targets").asLong() > 0, report.toString());
    Path answers = run.resolveSibling(run.getFileName() + ".jsonl");
    succeed(
        "predict", "--model", model, "--input", data.toString(), "--output", answers.toString());
    List<String> rows = Files.readAllLines(answers);
    assertFalse(rows.isEmpty());
    assertFalse(rows.stream().anyMatch(row -> row.contains("NaN")), rows.get(0));
  }
}
