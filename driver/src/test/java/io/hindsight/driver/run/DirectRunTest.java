package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.sums.HorizonErrors;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waves of twelve days, of which a network forecasts the next eight days at once. */
class DirectRunTest {
  private static final int AHEAD = 8;
  private static final String NEXT_ALONE = "training.horizon-weights=[1, 0, 0, 0, 0, 0, 0, 0]";
  private static final String GROWING = "training.horizon-weights=[0, 1, 2, 3, 4, 5, 6, 7.5]";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [y], targets: [y], horizon: 8, strategy: direct, season: 12,
             split: {validation: 12, test: 12}}
      model: {cell: gru, hidden: [12] OUTPUT}
      training: {steps: STEPS, batch: 10, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private Path folder;
  private Path table;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void write() throws IOException {
    session.sessions().session();
    Random random = new Random(3);
    List<String> rows = new ArrayList<>(List.of("id,t,y"));
    for (int s = 0; s < 20; s++) {
      double phase = 12 * random.nextDouble();
      for (int t = 0; t < 70 + s; t++) {
        double y = 5 + Math.sin(2 * Math.PI * (t + phase) / 12) + 0.1 * random.nextGaussian();
        LocalDate day = LocalDate.of(2025, 1, 1).plusDays(t);
        rows.add(String.format(Locale.ROOT, "s%02d,%s,%.6f", s, day, y));
      }
    }
    table = Files.write(folder.resolve("table.csv"), rows);
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  private RunConfig config(String output, int steps, String... overrides) {
    String yaml = YAML.replace("PATH", table.toString()).replace("STEPS", "" + steps);
    return TestRuns.config(yaml.replace("OUTPUT", output), overrides);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private ModelBundle model(String name) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of());
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() {
    String quantiles = ", output: {quantiles: [0.1, 0.5, 0.9]}";
    String expected =
        TestRuns.trainByAllEngines(more -> config(quantiles, 6, weighed(GROWING, more)), folder);
    assertNotEquals(expected, train("alike", config(quantiles, 6)));
    String store = "data.store=" + folder.resolve("store");
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(expected, train("spread", config(quantiles, 6, GROWING)));
    assertEquals(expected, train("made", config(quantiles, 6, GROWING, store)));
    assertEquals(expected, train("kept", config(quantiles, 6, GROWING, store)));
  }

  private static String[] weighed(String weights, String[] more) {
    return Stream.concat(Stream.of(weights), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void shouldLearnTheNextDayAsIfTheOthersWereNotAskedForWhereTheyCountNothing() {
    SortedMap<String, Double> found = metrics("run", config("", 30, NEXT_ALONE));
    ModelBundle weighed = model("run");
    RunConfig single = config("", 30, "data.horizon=1", "data.strategy=single");
    SortedMap<String, Double> expected = metrics("single", single);
    assertEquals(expected.get("validation_loss"), found.get("validation_loss"), 1e-9);
    assertEquals(expected.get("test_loss"), found.get("test_loss"), 1e-9);
    Parameters alone = model("single").parameters();
    for (Block block : alone.layout().blocks()) { // of the output's blocks the first row
      double[] values = values(alone, block);
      double[] first = values(weighed.parameters(), block(weighed, block.name()));
      assertArrayEquals(values, Arrays.copyOf(first, values.length), 1e-9, block.name());
    }
    HorizonErrors next = Evaluation.run(weighed).details().byHorizon().get(0);
    assertEquals(expected.get("test_rmse"), next.rmse(), 1e-9);
  }

  private SortedMap<String, Double> metrics(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).metrics();
  }

  private static Block block(ModelBundle model, String name) {
    return model.parameters().layout().block(name);
  }

  private static double[] values(Parameters parameters, Block block) {
    return Arrays.copyOfRange(parameters.values(), block.offset(), block.end());
  }

  @Test
  void shouldForecastNearAndFarDays() {
    train("run", config("", 300));
    Evaluation.Report report = Evaluation.run(model("run"));
    List<HorizonErrors> each = report.details().byHorizon();
    assertEquals(AHEAD, each.size());
    for (int h = 0; h < AHEAD; h++) {
      assertEquals(20 * (12 - h), each.get(h).count());
      double naive = report.further().baselines().get("seasonal_naive").byHorizon().get(h).rmse();
      assertTrue(each.get(h).rmse() < naive, h + ": " + each.get(h) + " beside " + naive);
    }
    long all = each.stream().mapToLong(HorizonErrors::count).sum();
    double squares = each.stream().mapToDouble(e -> e.count() * e.rmse() * e.rmse()).sum();
    assertEquals(report.metrics().get("rmse"), Math.sqrt(squares / all), 1e-12);
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    Evaluation.Report spread = Evaluation.run(model("run"));
    assertEquals(report.metrics(), spread.metrics());
    assertEquals(report.details(), spread.details());
    assertEquals(report.further().baselines(), spread.further().baselines());
  }

  @Test
  void shouldAnswerEachDayThatFollowsASequence() throws IOException {
    train("run", config(", output: {quantiles: [0.1, 0.5, 0.9], conformal: true}", 20));
    List<Row> driver = predict("driver");
    assertEquals(20 * AHEAD, driver.size());
    LocalDate last = LocalDate.of(2025, 1, 1).plusDays(69);
    for (int h = 1; h <= AHEAD; h++) {
      Row row = driver.get(h - 1);
      assertEquals("s00", row.getAs("id"));
      assertEquals(69, row.<Long>getAs("step"));
      assertEquals(h, row.<Long>getAs("horizon"));
      assertEquals(last.plusDays(h).toString(), row.getAs("target_time"));
      assertTrue(row.<Double>getAs("prediction_q10") <= row.<Double>getAs("prediction"));
      assertTrue(row.<Double>getAs("prediction") <= row.<Double>getAs("prediction_q90"));
    }
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(driver, predict("tasks"));
    Path file = folder.resolve("answers.csv");
    TablePredictions.run(model("run"), file.toString());
    List<String> lines = Files.readAllLines(file);
    assertEquals("sequence,time,horizon,y,y_q10,y_q90,target_time,reason", lines.get(0));
    assertEquals(1 + 20 * AHEAD, lines.size());
    assertTrue(lines.get(2).startsWith("s00," + last + ",2,"), lines.get(2));
  }

  private List<Row> predict(String name) {
    String place = folder.resolve(name).toString();
    TableOutput output =
        new TableOutput(
            "json",
            Optional.of(place),
            TableOutput.Mode.ERROR,
            List.of(),
            Map.of(),
            Optional.empty());
    TablePredictions.run(model("run"), output);
    return SparkSession.active().read().json(place).orderBy("id", "horizon").collectAsList();
  }
}
