package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is predicted is what is scored, and goes one forecast beyond the end of the data. */
class PredictionsIT {
  private static final Path CO2 = Path.of("../datasets/data/co2.csv");
  private static final Path QUICKSTART = Path.of("../conf/quickstart.yaml");
  private static final int TEST = 48;

  @TempDir Path dir;

  @BeforeAll
  static void start() {
    TestSession.start();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=windows",
        "training.bptt={window: 36, carry-state: true}",
        "training.bptt=null",
        "training.bptt={window: 24, stride: 7}",
        "model.output={at: last-step}",
        "data.difference=false",
        "data.horizon=3",
      })
  void shouldPredictWhatEvaluateScores(String change) throws IOException {
    String model = train(change);
    int horizon = change.startsWith("data.horizon=") ? 3 : 1;
    Map<String, Double> truth = column(CO2, 1, 2);
    List<String> months = List.copyOf(truth.keySet());
    Map<String, Double> predicted = column(predict(model, CO2, "out.csv"), 1, 2);

    double squares = 0;
    for (int i = months.size() - TEST; i < months.size(); i++) {
      double error = predicted.get(months.get(i - horizon)) - truth.get(months.get(i));
      squares += error * error;
    }
    double rmse = rmse(model);
    assertEquals(rmse, Math.sqrt(squares / TEST), 1e-12 * rmse);
    List<String> answered = List.copyOf(predicted.keySet());
    assertEquals("1997-12", answered.get(answered.size() - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=windows", "model.output={at: last-step}", "training.bptt=null"})
  void shouldNotChangeAnAnswerWhenTheDataGoesOn(String change) throws IOException {
    String model = train(change);
    List<String> lines = Files.readAllLines(CO2);
    Path shorter = Files.write(dir.resolve("shorter.csv"), lines.subList(0, lines.size() - 5));
    List<String> known = Files.readAllLines(predict(model, shorter, "shorter-out.csv"));
    List<String> all = Files.readAllLines(predict(model, CO2, "out.csv"));

    assertEquals(all.subList(0, known.size()), known);
    assertEquals(all.size() - 5, known.size());
    assertTrue(known.get(known.size() - 1).startsWith("mauna-loa,1997-07,"));
  }

  private String train(String change) {
    run(
        "train",
        QUICKSTART.toString(),
        "--run-dir",
        dir.resolve("run").toString(),
        "--set",
        "data.path=" + CO2,
        "--set",
        "training.epochs=2",
        "--set",
        "model.hidden=[5]",
        "--set",
        change);
    return dir.resolve("run/model").toString();
  }

  private Path predict(String model, Path input, String name) {
    Path output = dir.resolve(name);
    run("predict", "--model", model, "--input", input.toString(), "--output", output.toString());
    return output;
  }

  private static double rmse(String model) throws IOException {
    String report = run("evaluate", "--model", model, "--json").out();
    return new ObjectMapper().readTree(report).get("rmse").asDouble();
  }

  private static CommandLineRun run(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0, run.code(), run.err());
    return run;
  }

  private static Map<String, Double> column(Path csv, int key, int value) throws IOException {
    Map<String, Double> column = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>(Files.readAllLines(csv));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      column.put(cells[key], Double.parseDouble(cells[value]));
    }
    return column;
  }
}
