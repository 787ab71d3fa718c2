package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Training, scoring and predicting where inputs and targets are missing. */
class MissingValuesRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x, z], KEYS targets: [y], horizon: 0, split: {validation: 4, test: 4}}
      model: {cell: gru, hidden: [12]}
      training: {steps: STEPS, batch: 16, optimizer: {type: adam, learning-rate: 0.02}}
      """;
  private static final String KEYS = "missing: {x: mean, z: last}, missing-targets: skip,";

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

  private RunConfig config(Path path, String keys, int steps, String... overrides) {
    String yaml = YAML.replace("PATH", path.toString()).replace("STEPS", "" + steps);
    return TestRuns.config(yaml.replace("KEYS", keys), overrides);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private double figure(String name, String key) throws IOException {
    return TestRuns.status(folder.resolve(name)).metrics().get(key);
  }

  /** y is 3 where x is missing, else x; z tells nothing. Every fifth target is missing, too. */
  private Path table() throws IOException {
    Random random = new Random(7);
    List<String> rows = new ArrayList<>(List.of("id,t,x,z,y"));
    for (int s = 0; s < 40; s++) {
      for (int t = 0; t < 30; t++) {
        double x = random.nextGaussian();
        boolean missing = random.nextInt(3) == 0;
        String z = random.nextInt(4) == 0 ? "" : String.valueOf(random.nextInt(9));
        String y = t % 5 == 2 ? "" : "%.6f".formatted(missing ? 3 : x);
        rows.add("s%02d,%d,%s,%s,%s".formatted(s, t, missing ? "" : "" + x, z, y));
      }
    }
    return Files.write(folder.resolve("table.csv"), rows);
  }

  @Test
  void shouldLearnFromWhatIsMissing() throws IOException {
    train("run", config(table(), KEYS, 200));
    double rmse = figure("run", "test_rmse");
    // Whoever reads only values knows at best the mean of 3 and of x where x is missing.
    assertTrue(rmse < 0.5, "rmse " + rmse);
    String location = folder.resolve("run/model").toString();
    ModelBundle model = ModelBundle.load(location, Optional.empty(), List.of());
    assertEquals(rmse, Evaluation.run(model).metrics().get("rmse"), 1e-12);
    String status = Files.readString(folder.resolve("run/status.json"));
    assertTrue(status.contains("\"filled_values\""), status);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    Path table = table();
    String expected = TestRuns.trainByAllEngines(more -> config(table, KEYS, 6, more), folder);
    String store = "data.store=" + folder.resolve("store");
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, train("spread", config(table, KEYS, 6)));
    assertEquals(expected, train("made", config(table, KEYS, 6, store)));
    RunConfig resident = config(table, KEYS, 6, store, "training.engine=spark-resident");
    assertEquals(expected, train("resident", resident));
  }

  @Test
  void shouldResumeToTheSameWeights() throws IOException {
    RunConfig config = config(table(), KEYS, 5, "training.checkpoint.every-steps=1");
    String expected = train("whole", config);
    TestRuns.stopAfter(2, config, folder.resolve("stopped"));
    assertEquals(expected, TestRuns.resume(config, folder.resolve("stopped")).weightsSha256());
  }

  @Test
  void shouldStartFromAModelThatKnowsTheSameIndicators() throws IOException {
    train("parent", config(table(), KEYS, 2));
    Path full = folder.resolve("full.csv");
    Files.write(
        full,
        Files.readAllLines(folder.resolve("table.csv")).stream()
            .map(row -> row.replaceAll("^(s\\d+,\\d+),,", "$1,1.5,"))
            .toList());
    String from = "training.start-from=" + folder.resolve("parent/model");
    train("kept", config(full, KEYS, 2, from, "training.encoding=keep"));
    RunConfig refit = config(full, KEYS, 2, from, "training.encoding=refit");
    DataException refusal = assertThrows(DataException.class, () -> train("refitted", refit));
    assertTrue(
        refusal.getMessage().contains("model to start from, [x, z], but found [z]"),
        refusal.getMessage());
  }

  @Test
  void shouldStayFiniteWhateverIsMissing() throws IOException {
    List<String> kinds =
        List.of("x", "_", "7", "x_", "_x", "x__________", "7_", "_7______", "0_", "e_", "x_7_");
    List<String> scales = List.of("none", "standardize", "minmax");
    List<String> rules = List.of("mean", "last", "zero");
    for (int i = 0; i < kinds.size(); i++) {
      String kind = kinds.get(i % kinds.size());
      boolean isEmpty = kind.equals("_");
      String scale = isEmpty ? "none" : scales.get(i % 3);
      String rule = isEmpty ? "zero" : rules.get(i % 5 % 3);
      String name = "kind" + i;
      String keys = "missing: %s, scale: %s,".formatted(rule, scale);
      train(name, config(kind(name, kind), keys, 2));
      double loss = figure(name, "validation_loss");
      assertTrue(Double.isFinite(loss), "%s %s: %s".formatted(kind, keys, loss));
    }
  }

  /** Columns of numbers, constants and missing values, as the letters of the kind in turn. */
  private Path kind(String name, String kind) throws IOException {
    Random random = new Random(3);
    List<String> rows = new ArrayList<>(List.of("id,t,x,z,y"));
    for (int s = 0; s < 3; s++) {
      for (int t = 0; t < 20; t++) {
        String x =
            switch (kind.charAt(t % kind.length())) {
              case 'x' -> String.valueOf(random.nextGaussian());
              case 'e' -> String.valueOf(1e150 * random.nextGaussian());
              case '_' -> "";
              default -> kind.substring(t % kind.length(), t % kind.length() + 1);
            };
        rows.add("s%d,%d,%s,%s,%f".formatted(s, t, x, x, random.nextGaussian()));
      }
    }
    return Files.write(folder.resolve(name + ".csv"), rows);
  }
}
