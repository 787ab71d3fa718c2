package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.serving.PredictorState;
import io.hindsight.kernels.serving.StepPredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One network for series that each rise from another level by another slope. */
class ScaleByWindowRunTest {
  private static final int SERIES = 12;
  private static final int ROWS = 48;
  private static final int ORIGINS = 2; // steps of a test part
  private static final int WINDOW = 8;
  private static final String BY_WINDOW = "scale-by: window, scale-window: 8,";
  private static final String INTERVALS = ", output: {quantiles: [0.1, 0.5, 0.9], conformal: true}";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [y], targets: [y], DATA split: {validation: 8, test: 8}}
      model: {cell: gru, hidden: [12] OUTPUT}
      training: {steps: STEPS, batch: 12, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private Path folder;
  private final double[][] values = new double[SERIES][ROWS];

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void make() {
    session.sessions().session();
    Random random = new Random(7);
    for (double[] series : values) {
      double level = 200 * random.nextDouble() - 100;
      double slope = 4 * random.nextDouble() - 2;
      double phase = 4 * random.nextDouble();
      for (int t = 0; t < ROWS; t++) {
        double wave = StrictMath.sin(Math.PI * (t + phase) / 2);
        series[t] = level + slope * t + 2 * wave + 0.1 * random.nextGaussian();
      }
    }
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  /** The first rows of each series. */
  private Path table(String name, int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,y"));
    for (int s = 0; s < SERIES; s++) {
      for (int t = 0; t < rows; t++) {
        lines.add("s%02d,%d,%s".formatted(s, t, values[s][t]));
      }
    }
    return Files.write(folder.resolve(name + ".csv"), lines);
  }

  private RunConfig config(String data, String output, int steps, String... overrides)
      throws IOException {
    String yaml = YAML.replace("PATH", table("table", ROWS).toString());
    yaml = yaml.replace("DATA", data).replace("OUTPUT", output).replace("STEPS", "" + steps);
    return TestRuns.config(yaml, overrides);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private ModelBundle model(String name, Optional<Path> data) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, data.map(Path::toString), List.of());
  }

  private ModelBundle model(String name) {
    return model(name, Optional.empty());
  }

  @Test
  void shouldForecastTrendsBetterThanByTheScaleOfTheTable() throws IOException {
    train("window", config(BY_WINDOW, "", 150));
    train("table", config("", "", 150));
    double window = Evaluation.run(model("window")).metrics().get("mase");
    double table = Evaluation.run(model("table")).metrics().get("mase");
    assertTrue(window < 0.5 && window < 0.7 * table, window + " by windows, " + table);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    String data = BY_WINDOW + " horizon: 3, strategy: direct,";
    String expected =
        TestRuns.trainByAllEngines(
            more -> {
              try {
                return config(data, INTERVALS, 6, more);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            folder);
    String store = "data.store=" + folder.resolve("store");
    Map<String, Double> metrics = Evaluation.run(model("first")).metrics();
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(expected, train("made", config(data, INTERVALS, 6, store)));
    assertEquals(expected, train("found", config(data, INTERVALS, 6, store)));
    assertEquals(metrics, Evaluation.run(model("found")).metrics());
    assertEquals(
        expected, train("cut", config(data, INTERVALS, 6, "training.bptt.window=100", store)));
  }

  /** What is judged is what is answered where the data ends: no row that follows has a part. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "single | horizon: 2,",
        "direct | horizon: 3, strategy: direct, scale: robust,",
        "changes | horizon: 3, strategy: recursive, difference: true,",
        "powers | horizon: 2, strategy: direct, difference: true, scale: mean,"
      })
  void shouldScoreWhatItAnswersAtTheEndOfTheData(String name, String data) throws IOException {
    train(name, config(BY_WINDOW + data, INTERVALS, 6, "data.split.test=" + ORIGINS));
    double squares = 0;
    int count = 0;
    int held = 0;
    int first = name.equals("single") ? 2 : 1; // nearest row that is answered
    for (int end = ROWS - first - ORIGINS + 1; end <= ROWS - first; end++) {
      for (Row row : answers(name, end)) {
        int series = Integer.parseInt(row.<String>getAs("id").substring(1));
        int target = end - 1 + (name.equals("single") ? 2 : row.<Integer>getAs("horizon"));
        if (target < ROWS) {
          double actual = values[series][target];
          squares += StrictMath.pow(row.<Double>getAs("prediction") - actual, 2);
          held +=
              row.<Double>getAs("prediction_q10") <= actual
                      && actual <= row.<Double>getAs("prediction_q90")
                  ? 1
                  : 0;
          count++;
        }
      }
    }
    Map<String, Double> metrics = Evaluation.run(model(name)).metrics();
    assertEquals(Math.sqrt(squares / count), metrics.get("rmse"), 1e-9);
    assertEquals(held / (double) count, metrics.get("coverage_80"), 1e-12);
  }

  /** Those of the last step of each series of so many rows; on the driver and by tasks. */
  private List<Row> answers(String name, int rows) throws IOException {
    ModelBundle model = model(name, Optional.of(table("first", rows)));
    List<Row> held = answers(model, rows);
    if (rows % ORIGINS == 0) {
      SparkSession.active().conf().set(TableSettings.SMALL, "0");
      assertEquals(held, answers(model, rows));
      SparkSession.active().conf().unset(TableSettings.SMALL);
    }
    return held;
  }

  private List<Row> answers(ModelBundle model, int rows) throws IOException {
    Path place = Files.createTempDirectory(folder, "answers").resolve("rows");
    TablePredictions.run(model, TableOutput.of("parquet", place.toString()));
    var all = SparkSession.active().read().parquet(place.toString());
    boolean ofSteps = !List.of(all.columns()).contains("horizon");
    var last = ofSteps ? all.where("t = " + (rows - 1)) : all;
    return last.orderBy(ofSteps ? "id" : "horizon", "id").collectAsList();
  }

  @Test
  void shouldReadAnswersByTheScaleOfTheLastRow() throws IOException {
    train("recursive", config(BY_WINDOW + "horizon: 3, strategy: recursive,", "", 5));
    StepPredictor predictor = new StepPredictor(model("recursive").parameters());
    List<Row> rows = answers("recursive", ROWS);
    for (int s = 0; s < SERIES; s++) {
      PredictorState state = predictor.newState();
      double[] answer = {};
      double mean = 0;
      double deviation = 0;
      for (int t = 0; t < ROWS; t++) {
        double[] window = Arrays.copyOfRange(values[s], Math.max(0, t - WINDOW + 1), t + 1);
        mean = Arrays.stream(window).average().orElseThrow();
        double of = mean;
        double variance =
            Arrays.stream(window).map(y -> (y - of) * (y - of)).average().orElseThrow();
        deviation = t == 0 ? Math.abs(values[s][0]) : Math.sqrt(variance);
        answer = predictor.step(new double[] {(values[s][t] - mean) / deviation}, state);
      }
      for (int h = 0; h < 3; h++) {
        double found = rows.get(h * SERIES + s).getAs("prediction");
        assertEquals(answer[0] * deviation + mean, found, 1e-9);
        answer = predictor.step(new double[] {answer[0]}, state);
      }
    }
  }
}
