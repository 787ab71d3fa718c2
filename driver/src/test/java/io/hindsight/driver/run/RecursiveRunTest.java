package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.Samples;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two columns of several days, forecast by a network of one day that reads its answers; beside the
 * same network that reads a table with its answers as rows.
 */
class RecursiveRunTest {
  private static final int AHEAD = 4;
  private static final int SERIES = 5;
  private static final int TEST = 8;
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [z, y], targets: [y, z], horizon: 4, strategy: recursive, season: 7,
             split: {validation: 8, test: 8} DATA}
      model: {layers: [{cell: lstm, hidden: 5}, {cell: gru, hidden: 4}] OUTPUT}
      training: {steps: 12, batch: 5, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private Path folder;
  private final double[][][] values = new double[SERIES][][]; // (rows, y and z)
  private boolean isKnownAhead; // whether tables have rows of the future

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
    Random random = new Random(5);
    for (int s = 0; s < SERIES; s++) {
      values[s] = new double[36 + s][];
      for (int t = 0; t < values[s].length; t++) {
        double wave = StrictMath.sin(2 * Math.PI * t / 7) + 0.1 * random.nextGaussian();
        values[s][t] = new double[] {5 + s + wave, 20 + 0.2 * t + wave * wave};
      }
    }
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  private Path write(String name, Map<String, double[][]> sequences) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,y,z,w"));
    sequences.forEach(
        (id, rows) -> {
          for (int t = 0; t < rows.length + (isKnownAhead ? AHEAD : 0); t++) {
            double[] row = t < rows.length ? rows[t] : new double[] {Double.NaN, Double.NaN};
            if (row != null) {
              LocalDate day = FIRST.plusDays(t);
              lines.add(
                  "%s,%s,%s,%s,%s".formatted(id, day, cell(row[0]), cell(row[1]), known(id, t)));
            }
          }
        });
    return Files.write(folder.resolve(name), lines);
  }

  /** A column that is known ahead. */
  private static double known(String id, int day) {
    return StrictMath.cos(day * (1.0 + id.charAt(1)));
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  private Path table() throws IOException {
    Map<String, double[][]> all = new HashMap<>();
    for (int s = 0; s < SERIES; s++) {
      all.put("s" + s, values[s]);
    }
    return write("table.csv", all);
  }

  private RunConfig config(String data, String output, String... overrides) throws IOException {
    String yaml = YAML.replace("PATH", table().toString()).replace("DATA", data);
    return TestRuns.config(yaml.replace("OUTPUT", output), overrides);
  }

  private void train(String data, String output, String... overrides) throws IOException {
    TestRuns.train(config(data, output, overrides), folder.resolve("run"));
  }

  private ModelBundle model(Path table) {
    String location = folder.resolve("run").resolve("model").toString();
    return ModelBundle.load(location, Optional.of(table.toString()), List.of());
  }

  private ModelBundle model() {
    String location = folder.resolve("run").resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of());
  }

  private List<Row> predict(ModelBundle model) throws IOException {
    Path place = Files.createTempDirectory(folder, "answers").resolve("rows");
    TablePredictions.run(model, TableOutput.of("parquet", place.toString()));
    return SparkSession.active()
        .read()
        .parquet(place.toString())
        .orderBy("id", "horizon")
        .collectAsList();
  }

  /** Of a single file, which takes no more of Spark than that the table is read. */
  private List<JsonNode> answers(ModelBundle model) throws IOException {
    Path file = Files.createTempDirectory(folder, "answers").resolve("rows.jsonl");
    TablePredictions.run(model, file.toString());
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static double[] numbers(JsonNode row) {
    return Stream.of("y", "z").mapToDouble(name -> row.get(name).asDouble(Double.NaN)).toArray();
  }

  private static double[] prediction(Row row) {
    return new double[] {
      orMissing(row.getAs("prediction_y")), orMissing(row.getAs("prediction_z"))
    };
  }

  private static double orMissing(Double value) {
    return value == null ? Double.NaN : value;
  }

  /** What a network of one day says of the first day behind each sequence. */
  private Map<String, double[]> nextDay(Map<String, double[][]> sequences) throws IOException {
    Path path = write("prolonged.csv", sequences);
    Map<String, double[]> answers = new HashMap<>();
    for (JsonNode row : answers(model(path))) {
      if (row.get("horizon").asInt() == 1) {
        answers.put(row.get("sequence").asText(), numbers(row));
      }
    }
    return answers;
  }

  /** What follows each sequence, day after day, of which each is appended as a row. */
  private Map<String, double[][]> prolonged(Map<String, double[][]> sequences) throws IOException {
    Map<String, double[][]> grown = new HashMap<>(sequences);
    Map<String, double[][]> answers = new HashMap<>();
    for (int h = 0; h < AHEAD; h++) {
      Map<String, double[]> next = nextDay(grown);
      for (String id : sequences.keySet()) {
        double[][] rows = grown.get(id);
        double[][] longer = Arrays.copyOf(rows, rows.length + 1);
        longer[rows.length] = next.get(id);
        grown.put(id, longer);
        answers.computeIfAbsent(id, of -> new double[AHEAD][])[h] = next.get(id);
      }
    }
    return answers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        ", scale: log1p, calendar: [weekday, day-of-month] | 0",
        ", difference: true, target-transform: log1p, calendar: [weekday] | 1e-9",
        ", frequency: 1d, gaps: mask, calendar: [month, weekday] | 0",
        ", future: [w], missing: mean, missing-targets: skip | 0",
        ", future: [w], missing: last, missing-targets: skip, difference: true | 1e-9"
      })
  void shouldForecastAsTheTableWithItsAnswersAsRowsDoes(String data, double tolerance)
      throws IOException {
    isKnownAhead = data.contains("future");
    if (data.contains("gaps")) {
      values[1][20] = null;
      values[3][33] = null;
    }
    if (data.contains("missing")) {
      values[0][10][0] = Double.NaN;
      values[2][12][1] = Double.NaN;
      values[2][31][0] = Double.NaN;
      values[2][32][0] = Double.NaN;
      values[4][39][1] = Double.NaN;
    }
    train(data, "");
    Map<String, double[][]> cut = new HashMap<>();
    for (int s = 0; s < SERIES; s++) {
      for (int end = values[s].length - TEST; end <= values[s].length; end++) {
        if (values[s][end - 1] != null) {
          cut.put("s%d-%02d".formatted(s, end), Arrays.copyOf(values[s], end));
        }
      }
    }
    Map<String, double[][]> expected = prolonged(cut);
    Map<String, double[][]> actual = new HashMap<>();
    for (JsonNode row : answers(model(write("cut.csv", cut)))) {
      int h = row.get("horizon").asInt() - 1;
      String of = row.get("sequence").asText();
      actual.computeIfAbsent(of, id -> new double[AHEAD][])[h] = numbers(row);
    }
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (id, days) -> {
          for (int h = 0; h < AHEAD; h++) {
            for (int o = 0; o < 2; o++) {
              double found = actual.get(id)[h][o];
              assertEquals(days[h][o], found, tolerance, "%s, day %d".formatted(id, h));
            }
          }
        });
    if (!data.contains("gaps")) {
      assertScored(actual);
    }
  }

  /** The errors of each day ahead are those of the forecasts from all its rows. */
  private void assertScored(Map<String, double[][]> forecasts) {
    Evaluation.Report report = Evaluation.run(model());
    List<HorizonErrors> each = report.details().byHorizon();
    assertEquals(AHEAD, each.size());
    for (int h = 0; h < AHEAD; h++) {
      double squares = 0;
      int count = 0;
      for (int s = 0; s < SERIES; s++) {
        int rows = values[s].length;
        for (int end = rows - TEST; end + h < rows; end++) {
          double[] said = forecasts.get("s%d-%02d".formatted(s, end))[h];
          for (int o = 0; o < 2; o++) {
            double error = said[o] - values[s][end + h][o];
            squares += Double.isNaN(error) ? 0 : error * error;
            count += Double.isNaN(error) ? 0 : 1;
          }
        }
      }
      assertEquals(count, each.get(h).count());
      assertEquals(Math.sqrt(squares / count), each.get(h).rmse(), 1e-9);
      long naive = report.further().baselines().get("last_value").byHorizon().get(h).count();
      assertEquals(count, naive);
    }
    if (isKnownAhead) {
      assertSameByTasks(report);
    }
  }

  private void assertSameByTasks(Evaluation.Report report) {
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    Evaluation.Report spread = Evaluation.run(model());
    assertEquals(report.metrics(), spread.metrics());
    assertEquals(report.details(), spread.details());
    assertEquals(report.further().baselines(), spread.further().baselines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate-every: 5",
        "bptt: {window: 10, stride: 5, carry-state: false}",
        "bptt: {window: 10, stride: 10, carry-state: true}"
      })
  void shouldTrainAndAnswerTheFirstStepAsANetworkOfOneStep(String training) throws IOException {
    String key = training.substring(0, training.indexOf(':'));
    String set = "training." + key + "=" + training.substring(key.length() + 2);
    TestRuns.train(config("", "", set), folder.resolve("run"));
    Evaluation.Report recursive = Evaluation.run(model());
    String weights = model().stored().weightsSha256();
    TestRuns.delete(folder.resolve("run"));
    TestRuns.train(
        config("", "", set, "data.horizon=1", "data.strategy=single"), folder.resolve("run"));
    Evaluation.Report single = Evaluation.run(model());
    assertEquals(model().stored().weightsSha256(), weights);
    assertEquals(single.metrics().get("loss"), recursive.metrics().get("loss"));
    assertEquals(single.metrics().get("rmse"), recursive.details().byHorizon().get(0).rmse());
  }

  @Test
  void shouldJudgeByTheTargetsOfTheDirectStrategy() throws IOException {
    values[0][30] = null;
    values[2][31] = null;
    train("", "");
    Evaluation.Report recursive = Evaluation.run(model());
    TestRuns.delete(folder.resolve("run"));
    train("", "", "data.strategy=direct");
    Evaluation.Report direct = Evaluation.run(model());
    assertEquals(direct.targets(), recursive.targets());
    assertEquals(direct.baselines(), recursive.baselines());
    assertEquals(direct.further().baselines(), recursive.further().baselines());
  }

  @Test
  void shouldRefuseACalendarOfTimesThatAreNotKnown() {
    for (double[][] rows : values) {
      for (int t = 0; t < rows.length; t++) {
        boolean there = List.of(0, 1, 3, 6).contains(t % 11); // 1, 2, 3, 5 days apart
        rows[t] = there ? rows[t] : null;
      }
    }
    DataException e =
        assertThrows(
            DataException.class,
            () ->
                train(", calendar: [weekday]", "", "data.split.validation=1", "data.split.test=1"));
    assertTrue(e.getMessage().contains("the times that follow must be known"), e.getMessage());
    assertTrue(e.getMessage().contains("give data.frequency"), e.getMessage());
  }

  @Test
  void shouldScaleAnswersAsTheirSequence() throws IOException {
    train(", scale-by: sequence", "");
    StepPredictor predictor = new StepPredictor(model().parameters());
    PredictorState state = predictor.newState();
    List<Row> rows = predict(model());
    for (int s = 0; s < SERIES; s++) {
      double[] mean = new double[2];
      double[] deviation = new double[2];
      for (int o = 0; o < 2; o++) {
        int of = o;
        mean[o] = Arrays.stream(values[s]).mapToDouble(v -> v[of]).average().orElseThrow();
        double variance =
            Arrays.stream(values[s])
                .mapToDouble(v -> StrictMath.pow(v[of] - mean[of], 2))
                .average()
                .orElseThrow();
        deviation[o] = Math.sqrt(variance);
      }
      state.reset();
      double[] answer = {};
      for (double[] v : values[s]) {
        answer =
            predictor.step(
                new double[] {(v[1] - mean[1]) / deviation[1], (v[0] - mean[0]) / deviation[0]},
                state);
      }
      for (int h = 0; h < AHEAD; h++) {
        double[] found = prediction(rows.get(s * AHEAD + h));
        assertEquals(answer[0] * deviation[0] + mean[0], found[0], 1e-9);
        assertEquals(answer[1] * deviation[1] + mean[1], found[1], 1e-9);
        answer = predictor.step(new double[] {answer[1], answer[0]}, state);
      }
    }
    assertTrue(Evaluation.run(model()).metrics().get("rmse") < 100);
  }

  @Test
  void shouldComeToTheSameWeightsAndAnswersByEveryEngine() throws IOException {
    String quantiles = ", output: {quantiles: [0.1, 0.5, 0.9], conformal: true}";
    TestRuns.trainByAllEngines(
        more -> {
          try {
            return config("", quantiles, more);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        folder);
    train("", quantiles);
    int margins = model().network().output().options().margins().orElseThrow().values().size();
    assertEquals(2 * AHEAD, margins);
    List<Row> driver = predict(model());
    assertEquals(SERIES * AHEAD, driver.size());
    for (Row row : driver) {
      assertTrue(row.<Double>getAs("prediction_y_q10") <= row.<Double>getAs("prediction_y"));
      assertTrue(row.<Double>getAs("prediction_y") <= row.<Double>getAs("prediction_y_q90"));
    }
    LocalDate last = FIRST.plusDays(values[0].length - 1);
    assertEquals(last.plusDays(3).toString(), driver.get(2).getAs("target_time"));
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(driver, predict(model()));
  }

  @Test
  void shouldWidenTheIntervalsOfEachDayByItsErrors() throws IOException {
    train("", ", output: {quantiles: [0.1, 0.5, 0.9], conformal: true}");
    Map<String, double[][]> validation = new HashMap<>();
    for (int s = 0; s < SERIES; s++) {
      validation.put("s" + s, Arrays.copyOf(values[s], values[s].length - TEST));
    }
    write("table.csv", validation); // what margins were chosen by is now its newest part
    String location = folder.resolve("run").resolve("model").toString();
    Evaluation.Report report =
        Evaluation.run(ModelBundle.load(location, Optional.empty(), List.of("data.split.test=0")));
    assertEquals("validation", report.part());
    assertTrue(report.metrics().get("coverage_80") >= 0.8, report.metrics().toString());
  }

  @Test
  void shouldDrawPathsWhoseDaysGoOnFromTheirOwn() throws IOException {
    train(", difference: true", ", output: {distribution: gaussian}");
    ModelBundle drawing = model().drawing(new Samples(300, 42));
    List<Row> held = predict(drawing);
    for (int h = 0; h < AHEAD; h++) {
      List<Double> drawn = held.get(h).getList(held.get(h).fieldIndex("prediction_y_samples"));
      assertEquals(300, drawn.stream().distinct().count());
    }
    double[] first = spread(held.get(0));
    double[] last = spread(held.get(AHEAD - 1));
    assertTrue(last[0] > 1.3 * first[0], last[0] + " is the sum of four of " + first[0]);
    double said =
        held.get(0).<Double>getAs("prediction_y_q90")
            - held.get(0).<Double>getAs("prediction_y_q10");
    assertEquals(said / (2 * 1.2815515655446004), first[0], 0.2 * first[0]);
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(held, predict(drawing));
    assertNotEquals(held, predict(model().drawing(new Samples(300, 43))));
  }

  /** Standard deviation of the samples of a row. */
  private static double[] spread(Row row) {
    List<Double> drawn = row.getList(row.fieldIndex("prediction_y_samples"));
    double mean = drawn.stream().mapToDouble(x -> x).average().orElseThrow();
    double variance =
        drawn.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return new double[] {Math.sqrt(variance)};
  }
}
