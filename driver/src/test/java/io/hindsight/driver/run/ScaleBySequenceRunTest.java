package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One network for series of very different levels, each scaled by itself. */
class ScaleBySequenceRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [y], targets: [y], SCALE split: {validation: 4, test: 8}}
      model: {cell: gru, hidden: [12]}
      training: {steps: STEPS, batch: 32, optimizer: {type: adam, learning-rate: 0.02}}
      """;
  private static final String OWN = "scale-by: sequence,";
  private static final int BANDS = 10; // from 1e-3 to 1e6

  private static TestSession session;
  @TempDir private static Path folder;
  private static Path table;

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.forTables(Map.of());
    session.sessions().session();
    table = table("table", 0, BANDS);
    train("own", config(OWN, 200));
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

  /** Twenty waves of eight steps in each band, with some noise. */
  private static Path table(String name, int from, int to) throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,y"));
    for (int band = from; band < to; band++) {
      Random random = new Random(band);
      double level = Math.pow(10, band - 3);
      for (int s = 0; s < 20; s++) {
        double phase = 8 * random.nextDouble();
        for (int t = 0; t < 40; t++) {
          double wave = 0.3 * Math.sin(2 * Math.PI * (t + phase) / 8);
          double y = level * (1 + wave + 0.01 * random.nextGaussian());
          rows.add(String.format(Locale.ROOT, "b%d-%d,%d,%.9g", band, s, t, y));
        }
      }
    }
    return Files.write(folder.resolve(name + ".csv"), rows);
  }

  private static RunConfig config(String scale, int steps, String... overrides) {
    String yaml = YAML.replace("PATH", table.toString()).replace("STEPS", "" + steps);
    return TestRuns.config(yaml.replace("SCALE", scale), overrides);
  }

  private static String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private ModelBundle model(String name, String... overrides) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of(overrides));
  }

  /** The error on the test part of a band, as a share of that of the last value. */
  private double share(String name, int band) throws IOException {
    Path only = table("band" + band, band, band + 1);
    Evaluation.Report report = Evaluation.run(model(name, "data.path=" + only));
    return report.metrics().get("rmse") / report.baselines().get("last_value");
  }

  @Test
  void shouldForecastSeriesOfAllLevels() throws IOException {
    train("table", config("", 200));
    for (int band = 0; band < BANDS; band += 3) {
      double own = share("own", band);
      assertTrue(own < 0.5, "band %d: %.3f".formatted(band, own));
    }
    double small = share("table", 0);
    assertTrue(small > 1, "scaled by the table: %.3f".formatted(small));
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    String expected = TestRuns.trainByAllEngines(more -> config(OWN, 6, more), folder);
    String store = "data.store=" + folder.resolve("store");
    ModelBundle held = model("first");
    double rmse = Evaluation.run(held).metrics().get("rmse");
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, train("made", config(OWN, 6, store)));
    assertEquals(expected, train("found", config(OWN, 6, store)));
    assertEquals(rmse, Evaluation.run(model("found")).metrics().get("rmse"));
  }

  @Test
  void shouldPredictNewSeriesInTheirUnits() throws IOException {
    Path other = folder.resolve("other.csv");
    List<String> rows = new ArrayList<>(List.of("id,t,y"));
    for (int t = 0; t < 40; t++) {
      rows.add("new,%d,%s".formatted(t, 1e9 * (1 + 0.3 * Math.sin(2 * Math.PI * t / 8))));
    }
    Files.write(other, rows);
    Path answers = folder.resolve("answers.csv");
    String location = folder.resolve("own/model").toString();
    TablePredictions.run(
        ModelBundle.load(location, Optional.of(other.toString()), List.of()), answers.toString());
    List<String> lines = Files.readAllLines(answers);
    int column = List.of(lines.get(0).split(",")).indexOf("y");
    double last = Double.parseDouble(lines.get(lines.size() - 1).split(",")[column]);
    assertEquals(1e9, last, 1e8, String.join("\n", lines));
  }
}
