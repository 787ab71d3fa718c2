package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets that are transformed are those of a table that holds the transformed numbers. */
class TransformRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [y], TRANSFORM split: {by: time, validation: 4, test: 8}}
      model: {cell: gru, hidden: [6], output: {quantiles: [0.1, 0.5, 0.9]}}
      training: {steps: 12, batch: 8, optimizer: {type: adam, learning-rate: 0.01}}
      """;

  private static TestSession session;
  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void begin() {
    session.sessions().session();
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(SMALL);
  }

  /** Inputs from 0 to 1, and what is made of e^(x + noise); the same for each name. */
  private Path table(String name, DoubleUnaryOperator made) throws IOException {
    Random random = new Random(3);
    List<String> rows = new ArrayList<>(List.of("id,t,x,y"));
    for (int i = 0; i < 16 * 30; i++) {
      double x = random.nextDouble();
      double y = Math.exp(2 * x + 0.1 * random.nextGaussian());
      rows.add(
          String.format(Locale.ROOT, "s%02d,%d,%s,%s", i / 30, i % 30, x, made.applyAsDouble(y)));
    }
    return Files.write(folder.resolve(name + ".csv"), rows);
  }

  private static RunConfig config(Path table, String transform, String... overrides) {
    String keys = transform.isEmpty() ? "" : "target-transform: " + transform + ",";
    return TestRuns.config(
        YAML.replace("PATH", table.toString()).replace("TRANSFORM", keys), overrides);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private ModelBundle model(String name, String... overrides) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of(overrides));
  }

  /** The numbers of the answers of a model, by row // (N, 3). */
  private List<double[]> answers(String name) throws IOException {
    Path answers = folder.resolve(name + "-answers.csv");
    TablePredictions.run(model(name), answers.toString());
    List<String> lines = Files.readAllLines(answers);
    List<String> head = List.of(lines.get(0).split(","));
    List<double[]> numbers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      double[] row = new double[3];
      for (int q = 0; q < row.length; q++) {
        String column = List.of("y_q10", "y", "y_q90").get(q);
        row[q] = Double.parseDouble(cells[head.indexOf(column)]);
      }
      numbers.add(row);
    }
    return numbers;
  }

  /** 2√y − 2 and ln(1 + y), and their inverses. */
  @ParameterizedTest
  @CsvSource({"log1p, scale=minmax", "{box-cox: 0.5}, difference=true", "log1p, scale-by=sequence"})
  void shouldAnswerAsATableOfTransformedNumbersDoes(String transform, String key)
      throws IOException {
    boolean root = transform.contains("0.5");
    DoubleUnaryOperator made = y -> root ? 2 * Math.sqrt(y) - 2 : Math.log1p(y);
    DoubleUnaryOperator undone = z -> root ? Math.pow(z / 2 + 1, 2) : Math.expm1(z);
    train("given", config(table("plain", y -> y), transform, "data." + key));
    train("made", config(table("made", made), "", "data." + key));
    List<double[]> given = answers("given");
    List<double[]> expected = answers("made");
    assertEquals(expected.size(), given.size());
    for (int row = 0; row < given.size(); row++) {
      for (int q = 0; q < 3; q++) {
        double number = undone.applyAsDouble(expected.get(row)[q]);
        assertEquals(number, given.get(row)[q], 1e-9 * number, "row " + row);
      }
    }
    Map<String, Double> metrics = Evaluation.run(model("given")).metrics();
    Map<String, Double> known = Evaluation.run(model("made")).metrics();
    assertEquals(known.get("loss"), metrics.get("loss"), 1e-9);
    assertEquals(known.get("coverage_80"), metrics.get("coverage_80"));
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    Path table = table("plain", y -> y);
    String root = "{box-cox: 0.5}";
    String expected = TestRuns.trainByAllEngines(more -> config(table, root, more), folder);
    String store = "data.store=" + folder.resolve("store");
    assertNotEquals(expected, train("levels", config(table, "", store)));
    for (String small : List.of("4m", "0")) {
      SparkSession.active().conf().set(SMALL, small);
      assertEquals(expected, train("made" + small, config(table, root, store)));
      assertEquals(expected, train("found" + small, config(table, root, store)));
    }
  }

  @Test
  void shouldRefuseWhatHasNoTransformedNumberWithItsPlace() throws IOException {
    Path zeros = table("zeros", y -> y > 6 ? 0 : y);
    assertRefused(zeros, "{box-cox: 0.5}", "a target transformed by box-cox must be positive");
    train("run", config(zeros, "log1p"));
    Path negative = table("negative", y -> y > 6 ? -0.5 : y);
    assertRefused(negative, "log1p", "a target transformed by log1p must not be negative");
  }

  private void assertRefused(Path table, String transform, String start) {
    String message =
        assertThrows(DataException.class, () -> train("refused", config(table, transform)))
            .getMessage();
    assertTrue(message.startsWith(start), message);
    assertTrue(message.contains("column y") && message.contains("sequence 's"), message);
    assertTrue(message.endsWith("use another data.target-transform"), message);
  }

  @Test
  void shouldKeepTheTransformOfAModel() throws IOException {
    Path table = table("plain", y -> y);
    train("run", config(table, "log1p"));
    ConfigException changed =
        assertThrows(
            ConfigException.class, () -> model("run", "data.target-transform={box-cox: 1}"));
    assertTrue(
        changed.getMessage().contains("data.target-transform is log1p"), changed::getMessage);
    String from = "training.start-from=" + folder.resolve("run/model");
    ConfigException other =
        assertThrows(ConfigException.class, () -> train("other", config(table, "", from)));
    assertTrue(
        other.getMessage().contains("data.target-transform is none, but the model's is log1p"),
        other::getMessage);
    train("on", config(table, "log1p", from));
    assertEquals(model("run").encoding(), model("on").encoding());
  }
}
