package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.Samples;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
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

/**
 * Quantiles of paths that are sampled, of sums of independent steps: what is not known of the sum
 * of h steps is √h times what is not known of one.
 */
class SampledPathsTest {
  private static final int AHEAD = 6;
  private static final int SERIES = 12;
  private static final int ROWS = 120;
  private static final int PATHS = 99; // of which the 10th and the 90th are quantiles
  private static final double DEVIATION = 2; // of a step
  private static final double Q90 = 1.2815515655446004; // of the normal distribution
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [y], targets: [y], horizon: 6, strategy: recursive, paths: 99,
             difference: true, split: {validation: 20, test: 20}}
      model: {cell: gru, hidden: [4], output: {distribution: gaussian}}
      training: {steps: 150, batch: 12, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    session = TestSession.open("local[2]", Map.of("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void make() throws IOException {
    session.sessions().session();
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("id,t,y"));
    for (int s = 0; s < SERIES; s++) {
      double sum = 100 * s;
      for (int t = 0; t < ROWS; t++) {
        sum += 1 + DEVIATION * random.nextGaussian();
        lines.add("s%02d,%s,%s".formatted(s, FIRST.plusDays(t), sum));
      }
    }
    Files.write(folder.resolve("table.csv"), lines);
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  private RunConfig config(String... overrides) throws IOException {
    String yaml = YAML.replace("PATH", folder.resolve("table.csv").toString());
    return TestRuns.config(yaml, overrides);
  }

  private ModelBundle train(String run, String... overrides) throws IOException {
    TestRuns.train(config(overrides), folder.resolve(run));
    return model(run);
  }

  private ModelBundle model(String run, String... overrides) {
    String location = folder.resolve(run).resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of(overrides));
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

  @Test
  void shouldWidenIntervalsByWhatIsNotKnownOfTheStepsBefore() throws IOException {
    Evaluation.Report sampled = Evaluation.run(train("sampled"));
    Evaluation.Report read = Evaluation.run(train("read", "data.paths=null"));
    double expected = 0;
    for (int h = 1; h <= AHEAD; h++) {
      expected += 2 * Q90 * DEVIATION * Math.sqrt(h) / AHEAD;
    }
    double width = sampled.metrics().get("interval_width_80");
    assertEquals(expected, width, 0.12 * expected);
    assertEquals(0.8, sampled.metrics().get("coverage_80"), 0.06);
    assertTrue(read.metrics().get("coverage_80") < 0.65, read.metrics().toString());
    // One step ahead is trained, whatever is made of it.
    assertEquals(read.metrics().get("loss"), sampled.metrics().get("loss"));
    assertEquals(model("read").stored().weightsSha256(), model("sampled").stored().weightsSha256());
    assertAnswers();
  }

  /** The quantiles are those of the samples that are drawn by the same seed. */
  private void assertAnswers() throws IOException {
    List<Row> rows = predict(model("sampled").drawing(new Samples(PATHS, 0)));
    assertEquals(SERIES * AHEAD, rows.size());
    for (Row row : rows) {
      List<Double> drawn = row.getList(row.fieldIndex("prediction_samples"));
      List<Double> ascending = drawn.stream().sorted().toList();
      assertEquals(ascending.get(9), row.<Double>getAs("prediction_q10"), 1e-9);
      assertEquals(ascending.get(49), row.<Double>getAs("prediction"), 1e-9);
      assertEquals(ascending.get(89), row.<Double>getAs("prediction_q90"), 1e-9);
    }
    assertEquals(rows, predict(model("sampled").drawing(new Samples(PATHS, 0))));
  }

  @Test
  void shouldComeToTheSameBitsByEveryEngineAndInTasks() throws IOException {
    String[] shorter = {"training.steps=10", "model.output.conformal=true"};
    TestRuns.trainByAllEngines(
        more -> {
          try {
            return config(join(shorter, more));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        folder);
    ModelBundle model = train("run", shorter);
    Evaluation.Report held = Evaluation.run(model);
    List<Row> answers = predict(model);
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    Evaluation.Report spread = Evaluation.run(model);
    assertEquals(held.metrics(), spread.metrics());
    assertEquals(held.details(), spread.details());
    assertEquals(answers, predict(model));
  }

  private static String[] join(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void shouldAnswerCountsByCounts() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,y"));
    Random random = new Random(4);
    for (int t = 0; t < ROWS; t++) {
      lines.add("a,%s,%d".formatted(FIRST.plusDays(t), random.nextInt(7)));
    }
    Files.write(folder.resolve("table.csv"), lines);
    ModelBundle model =
        train(
            "counts",
            "data.difference=false",
            "model.output.distribution=negative-binomial",
            "training.steps=20");
    for (Row row : predict(model)) {
      for (String column : List.of("prediction_q10", "prediction", "prediction_q90")) {
        double value = row.<Double>getAs(column);
        assertTrue(value >= 0 && value == Math.rint(value), column + " " + value);
      }
    }
    assertTrue(Evaluation.run(model).metrics().get("coverage_80") > 0.6);
  }

  @Test
  void shouldRefuseANumberOfPathsThatTheModelDoesNotHave() throws IOException {
    train("run", "training.steps=1");
    ConfigException e =
        assertThrows(ConfigException.class, () -> Evaluation.run(model("run", "data.paths=20")));
    assertTrue(e.getMessage().contains("data.paths"), e.getMessage());
  }
}
