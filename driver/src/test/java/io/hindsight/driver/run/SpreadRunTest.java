package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a table whose noise grows with an input to answers that tell how far they may be off. */
class SpreadRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [TARGET], horizon: 0,
             split: {by: id, validation: 0.1, test: 0.4}}
      model: {cell: rnn, hidden: [10], output: OUTPUT}
      training: {steps: STEPS, batch: 16, optimizer: {type: adam, learning-rate: 0.01},
                 schedule: {type: cosine}, validate-every: 600}
      """;

  private static TestSession session;
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path table;

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.open("local[2]", Map.of("spark.ui.enabled", "false"));
    session.sessions().session();
    table = table();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(SMALL);
  }

  /** y is 100 + 30x, with a deviation of 10 + 10x; n is a count of mean 5 + 4x, overdispersed. */
  private static Path table() throws IOException {
    Random random = new Random(11);
    List<String> rows = new ArrayList<>(List.of("id,t,x,y,n"));
    for (int s = 0; s < 200; s++) {
      for (int t = 0; t < 30; t++) {
        double x = random.nextDouble() * 2;
        double y = 100 + 30 * x + (10 + 10 * x) * random.nextGaussian();
        double rate = (5 + 4 * x) * -Math.log(1 - random.nextDouble());
        int n = 0;
        for (double p = -Math.log(1 - random.nextDouble()); p < rate; n++) {
          p -= Math.log(1 - random.nextDouble());
        }
        rows.add("s%03d,%d,%.6f,%.6f,%d".formatted(s, t, x, y, n));
      }
    }
    return Files.write(shared.resolve("table.csv"), rows);
  }

  private static RunConfig config(String target, String output, int steps, String... overrides) {
    return TestRuns.config(
        YAML.replace("PATH", table.toString())
            .replace("TARGET", target)
            .replace("OUTPUT", output)
            .replace("STEPS", "" + steps),
        overrides);
  }

  private ModelBundle model(String name) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "y, '{quantiles: [0.1, 0.5, 0.9]}'",
    "y, '{distribution: gaussian}'",
    "y, '{distribution: student-t}'",
    "n, '{distribution: negative-binomial}'"
  })
  void shouldCoverWhatItSays(String target, String output) throws IOException {
    TestRuns.train(config(target, output, 1200), folder.resolve("run"));
    Map<String, Double> status = TestRuns.status(folder.resolve("run")).metrics();
    Evaluation.Report here = Evaluation.run(model("run"));
    double coverage = here.metrics().get("coverage_80");
    System.out.println(output + " " + here.metrics());
    assertTrue(here.targets() >= 2000, here.targets() + " targets");
    double most = target.equals("y") ? 0.84 : 0.9; // both ends of counts are covered, too
    assertTrue(coverage > 0.76 && coverage < most, output + " covers " + coverage);
    assertEquals(coverage, status.get("test_coverage_80"));
    assertTrue(here.metrics().get("rmse") < (target.equals("y") ? 22 : 11), "rmse");

    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(here, Evaluation.run(model("run")), "scored by tasks");
    double widths = widths(target);
    // The deviation is 2.2 times as large there. That of counts is 1.9 times, which a network
    // learns
    // slowly, since counts are not scaled.
    assertTrue(widths > (target.equals("y") ? 1.5 : 1.1), "wide where the noise is: " + widths);
  }

  /** How much wider the intervals of large inputs are than those of small ones. */
  private double widths(String target) throws IOException {
    Path answers = folder.resolve("answers.csv");
    TablePredictions.run(model("run"), answers.toString(), Optional.of(List.of("x")));
    List<String> lines = Files.readAllLines(answers);
    List<String> head = Arrays.asList(lines.get(0).split(","));
    assertEquals(
        List.of("sequence", "time", "x", target, target + "_q10", target + "_q90", "reason"), head);
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      double low = Double.parseDouble(cells[4]);
      double high = Double.parseDouble(cells[5]);
      assertTrue(low <= Double.parseDouble(cells[3]) && low <= high, line);
      double x = Double.parseDouble(cells[2]);
      if (x < 0.5 || x > 1.5) {
        sums[x < 0.5 ? 0 : 1] += high - low;
        counts[x < 0.5 ? 0 : 1]++;
      }
    }
    return sums[1] / counts[1] / (sums[0] / counts[0]);
  }

  @Test
  void shouldNameAnswersInATableAfterThePrediction() {
    TestRuns.train(config("y", "{quantiles: [0.025, 0.5, 0.9]}", 3), folder.resolve("run"));
    Path output = folder.resolve("parquet");
    TablePredictions.run(model("run"), TableOutput.of("parquet", output.toString()));
    Row first = SparkSession.active().read().parquet(output.toString()).head();
    List<String> names = Arrays.asList(first.schema().fieldNames());
    assertTrue(
        names.containsAll(List.of("prediction", "prediction_q2_5", "prediction_q90")),
        names.toString());
    assertFalse(names.contains("prediction_q50"), names.toString());
    assertTrue(first.<Double>getAs("prediction_q2_5") <= first.<Double>getAs("prediction_q90"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{quantiles: [0.1, 0.5, 0.9]}", "{distribution: student-t}"})
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead(String output) {
    String expected = TestRuns.trainByAllEngines(more -> config("y", output, 6, more), folder);
    SparkSession.active().conf().set(SMALL, "0");
    String store = "data.store=" + folder.resolve("store");
    for (String name : List.of("made", "found")) {
      RunConfig config = config("y", output, 6, store, "training.engine=spark-jobs");
      assertEquals(expected, TestRuns.train(config, folder.resolve(name)).weightsSha256());
    }
  }

  @Test
  void shouldRefuseTargetsThatAreNoCounts() {
    String message =
        assertThrows(
                DataException.class,
                () ->
                    TestRuns.train(
                        config("y", "{distribution: poisson}", 1), folder.resolve("run")))
            .getMessage();
    assertTrue(
        message.startsWith(
            "a target of a distribution of counts must be a whole number of 0 or more, but found"),
        message);
    assertTrue(message.contains("sequence 's000', time 0, column y"), message);
  }
}
