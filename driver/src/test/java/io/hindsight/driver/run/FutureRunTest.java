package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** Sales that follow a promotion of the same day, which is planned at random but known ahead. */
class FutureRunTest {
  private static final int AHEAD = 3;
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             past: [y], future: [promo], targets: [y], horizon: 3, strategy: direct,
             split: {validation: 12, test: 12}}
      model: {cell: gru, hidden: [8]}
      training: {steps: STEPS, batch: 10, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private static Path folder;

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.forTables(Map.of());
    session.sessions().session();
    train("run", config(table("trained.csv", AHEAD + 2), 300));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void start() {
    session.sessions().session();
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  /** Ten sequences of 60 steps and so many rows behind them. */
  private static Path table(String name, int future) throws IOException {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>(List.of("id,t,y,promo"));
    for (int s = 0; s < 10; s++) {
      for (int t = 0; t < 60 + 10; t++) {
        int promo = random.nextInt(4) == 0 ? 1 : 0;
        double sold = 5 + 3 * promo + 0.1 * random.nextGaussian();
        String y = t < 60 ? String.format(Locale.ROOT, "%.4f", sold) : "";
        if (t < 60 + future) {
          rows.add("s%d,%s,%s,%d".formatted(s, FIRST.plusDays(t), y, promo));
        }
      }
    }
    return Files.write(folder.resolve(name), rows);
  }

  private static RunConfig config(Path table, int steps, String... overrides) {
    return TestRuns.config(
        YAML.replace("PATH", table.toString()).replace("STEPS", "" + steps), overrides);
  }

  private static String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private static ModelBundle model(String name, Path data) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, Optional.of(data.toString()), List.of());
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    Path table = table("table.csv", 2);
    String expected = TestRuns.trainByAllEngines(more -> config(table, 6, more), folder);
    String store = "data.store=" + folder.resolve("store");
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(expected, train("spread", config(table, 6)));
    assertEquals(expected, train("made", config(table, 6, store)));
    assertEquals(expected, train("kept", config(table, 6, store)));
  }

  @Test
  void shouldSeeWhatIsPlanned() throws IOException {
    Path table = table("table.csv", 0);
    Evaluation.Report report = Evaluation.run(model("run", table));
    assertTrue(report.metrics().get("rmse") < 0.5, report.metrics().toString());
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(report.metrics(), Evaluation.run(model("run", table)).metrics());
  }

  @Test
  void shouldForecastFromRowsOfTheFuture() throws IOException {
    Path table = table("table.csv", AHEAD + 2);
    List<Row> driver = predict("driver", table);
    assertEquals(10 * AHEAD, driver.size());
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(driver, predict("tasks", table));
    List<String> planned = Files.readAllLines(table);
    for (int i = 0; i < driver.size(); i++) {
      Row row = driver.get(i);
      int h = 1 + i % AHEAD;
      assertEquals(59, row.<Long>getAs("step"));
      String time = FIRST.plusDays(59 + h).toString();
      assertEquals(time, row.getAs("target_time"));
      boolean promo = planned.contains("%s,%s,,1".formatted(row.<String>getAs("id"), time));
      assertEquals(promo ? 8 : 5, row.<Double>getAs("prediction"), 0.7);
    }
  }

  @Test
  void shouldForecastTheOthersWhereASequenceHasTooFewOfThem() throws IOException {
    Path table = table("table.csv", AHEAD);
    String late = FIRST.plusDays(61).toString(); // a first row of the future is left
    List<String> rows = new ArrayList<>(Files.readAllLines(table));
    rows.removeIf(row -> row.startsWith("s0,") && row.split(",")[1].compareTo(late) >= 0);
    Files.write(table, rows);
    List<Row> driver = predict("driver-without", table);
    assertEquals(1 + 9 * AHEAD, driver.size());
    Row without = driver.get(0);
    assertEquals("s0", without.getAs("id"));
    assertEquals(FIRST.plusDays(59).toString(), without.getAs("t"));
    assertTrue(without.isNullAt(without.fieldIndex("prediction")));
    assertEquals("no row 2 steps after its last (data.future)", without.getAs("reason"));
    for (Row row : driver.subList(1, driver.size())) {
      assertTrue(row.isNullAt(row.fieldIndex("reason")), row.toString());
      assertFalse(row.isNullAt(row.fieldIndex("prediction")), row.toString());
    }
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(driver, predict("tasks-without", table));
  }

  @Test
  void shouldReadOneStepAheadOfSingleForecasts() throws IOException {
    Path table = table("table.csv", AHEAD);
    train("single", config(table, 300, "data.strategy=single"));
    List<Row> rows = predict("single", "answers", table);
    assertEquals(10 * 60, rows.size());
    List<String> planned = Files.readAllLines(table);
    for (Row row : rows.subList(40, 60)) {
      String time = row.getAs("target_time");
      boolean promo = planned.stream().anyMatch(l -> l.matches("s0," + time + ",.*,1"));
      assertEquals(promo ? 8 : 5, row.<Double>getAs("prediction"), 0.7);
    }
  }

  @Test
  void shouldRefuseARowWithoutValuesBeforeTheLastStep() throws IOException {
    Path table = table("table.csv", 0);
    List<String> rows = Files.readAllLines(table);
    rows.set(31, rows.get(31).replaceAll(",[0-9.]+,([01])$", ",,$1"));
    Files.write(table, rows);
    DataException e = assertThrows(DataException.class, () -> train("refused", config(table, 2)));
    assertTrue(e.getMessage().contains("data row 31, column y"), e.getMessage());
  }

  private static List<Row> predict(String name, Path data) {
    return predict("run", name, data);
  }

  private static List<Row> predict(String run, String name, Path data) {
    String place = folder.resolve(name).toString();
    TableOutput output =
        new TableOutput(
            "json",
            Optional.of(place),
            TableOutput.Mode.ERROR,
            List.of(),
            Map.of(),
            Optional.empty());
    TablePredictions.run(model(run, data), output);
    return SparkSession.active()
        .read()
        .json(place)
        .orderBy("id", "step", "target_time")
        .collectAsList();
  }
}
