package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inputs after reports of people who train such models with other tools: each once stopped
 * Hindsight or was answered wrongly. They lie outside the project; where they are not, this test is
 * skipped. Every kind has tests of its own beside what reads it.
 */
class FieldIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FIELD =
      Path.of(System.getProperty("hindsight.field", "../../shared/field")).toAbsolutePath();

  @TempDir Path dir;

  @BeforeAll
  static void start() {
    assumeTrue(Files.isDirectory(FIELD), "skipped: there is no folder " + FIELD);
    TestSession.start();
  }

  /** Trains with a folder's configuration and returns the model. */
  private String train(String folder, String data, String... changes) {
    CommandLineRun run = attempt(folder, data, changes);
    assertEquals(0, run.code(), run.err());
    return dir.resolve("run/model").toString();
  }

  private CommandLineRun attempt(String folder, String data, String... changes) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("train", FIELD.resolve(folder).resolve("config.yaml").toString()));
    command.addAll(List.of("--run-dir", dir.resolve("run").toString()));
    command.addAll(List.of("--set", "data.path=" + FIELD.resolve(folder).resolve(data)));
    for (String change : changes) {
      command.addAll(List.of("--set", change));
    }
    return CommandLineRun.of(command.toArray(String[]::new));
  }

  private static JsonNode evaluate(String model, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("evaluate", "--model", model, "--json"));
    command.addAll(List.of(options));
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return JSON.readTree(run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary", "float32", "int16", "list_double", "x_float32"})
  void shouldTrainOnATableWithAColumnOfAnyType(String type) {
    train("types", type + ".parquet");
  }

  @Test
  void shouldTrainOnArraysInJson() {
    train(
        "types",
        "arrays.jsonl",
        "data={format: json, path: x, sequence: id, inputs: [x], targets: [kind], target-kind: class}",
        "data.path=" + FIELD.resolve("types/arrays.jsonl"));
  }

  /** Of one file each: more than Spark lists by itself. */
  @ParameterizedTest
  @CsvSource({"33, part-%02d.csv", "40, day=%02d/part.csv"})
  void shouldTrainOnManyFiles(int files, String name) throws IOException {
    Path folder = dir.resolve("table");
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve(String.format(Locale.ROOT, name, i));
      Files.createDirectories(file.getParent());
      StringBuilder rows = new StringBuilder("id,t,x\n");
      for (int t = 0; t < 12; t++) {
        rows.append("s%d,%d,%d\n".formatted(i, t, (7 * t + i) % 5));
      }
      Files.writeString(file, rows);
    }
    train("types", folder.toString(), "data.format=csv", "data.options={header: true}");
  }

  @Test
  void shouldNotTakeRoundingForASignal() throws IOException {
    String model = train("near-constant", "train.csv", "training.epochs=10");
    String fresh = FIELD.resolve("near-constant/new.csv").toString();
    double error = evaluate(model, "--data", fresh).get("rmse").asDouble();
    Files.move(dir.resolve("run"), dir.resolve("with-clock"));
    String without =
        train("near-constant", "train.csv", "training.epochs=10", "data.inputs=[wave]");
    double expected = evaluate(without, "--data", fresh).get("rmse").asDouble();
    System.out.printf(Locale.ROOT, "rmse %.4f, without the clock %.4f%n", error, expected);
    assertTrue(error < 1.5 * expected, error + " beside " + expected);
  }

  @Test
  void shouldForecastByTheClock() throws IOException {
    String model = train("gaps", "gaps.csv", "training.epochs=2");
    JsonNode report = evaluate(model);
    assertEquals(3.11, report.get("baselines").get("seasonal_naive").asDouble(), 0.2);
    assertTrue(report.has("spacing"), report::toString);
  }

  @Test
  void shouldTrainAndPredictBesideSequencesThatAreTooShort() throws IOException {
    String model = train("short-series", "train.csv");
    Path answers = dir.resolve("answers.csv");
    String data = FIELD.resolve("short-series/train.csv").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "predict", "--model", model, "--input", data, "--output", answers.toString());
    assertEquals(0, run.code(), run.err());
    long ids =
        Files.readAllLines(answers).stream().skip(1).map(l -> l.split(",")[0]).distinct().count();
    assertEquals(30, ids);
  }

  @Test
  void shouldTellAllUnknownCharactersAtOnceOrReadThem() throws Exception {
    Path script = FIELD.resolve("rare-characters/make-novel.py");
    Process python =
        new ProcessBuilder("python3", script.toString()).directory(dir.toFile()).start();
    assertTrue(python.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, python.exitValue());
    String novel = dir.resolve("novel.txt").toString();
    String[] small = {"training.steps=2", "model.hidden=[4]", "data.path=" + novel};

    CommandLineRun refused = novel("refused", small);
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.err().contains("108"), refused.err());
    assertTrue(refused.err().contains("data.unknown"), refused.err());
    CommandLineRun read = novel("read", small, "data.unknown=skip");
    assertEquals(0, read.code(), read.err());
  }

  private CommandLineRun novel(String run, String[] changes, String... further) {
    List<String> command = new ArrayList<>(List.of("train", "../conf/char-lm.yaml"));
    command.addAll(List.of("--run-dir", dir.resolve(run).toString()));
    for (String change : changes) {
      command.addAll(List.of("--set", change));
    }
    for (String change : further) {
      command.addAll(List.of("--set", change));
    }
    return CommandLineRun.of(command.toArray(String[]::new));
  }
}
