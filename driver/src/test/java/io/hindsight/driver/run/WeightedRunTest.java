package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What weights of targets and classes do to the weights of a network. */
class WeightedRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [y], TASK, scale: none,
             split: {by: SPLIT}}
      model: {cell: gru, hidden: [4]}
      training: {steps: STEPS, batch: 16, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  private static TestSession session;
  @TempDir private Path folder;
  private int files;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
    session.sessions().session();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(SMALL);
  }

  private Path table(List<String> rows) throws IOException {
    return Files.write(folder.resolve("table-" + files++ + ".csv"), rows);
  }

  private static RunConfig config(
      Path table, String task, String split, int steps, String... more) {
    return TestRuns.config(
        YAML.replace("PATH", table.toString())
            .replace("TASK", task)
            .replace("SPLIT", split)
            .replace("STEPS", "" + steps),
        more);
  }

  private double[] trained(RunConfig config) {
    Path run = folder.resolve("run-" + files++);
    TestRuns.train(config, run);
    return model(run).parameters().values();
  }

  private static ModelBundle model(Path run) {
    return ModelBundle.load(run.resolve("model").toString(), Optional.empty(), List.of());
  }

  /** Rows of some sequences of seven steps; the last step of sequence c has another weight. */
  private static List<String> rows(String ids, String heavy, double weight, double last) {
    List<String> rows = new ArrayList<>(List.of("id,t,x,y,w"));
    for (int s = 0; s < ids.length(); s++) {
      char id = ids.charAt(s);
      Random random = new Random(Character.toLowerCase(id)); // A is a copy of a
      for (int t = 0; t < 7; t++) {
        double w = id == 'c' && t == 6 ? last : heavy.indexOf(id) >= 0 ? weight : 1;
        double x = random.nextGaussian();
        rows.add("%s,%d,%s,%s,%s".formatted(id, t, x, random.nextGaussian(), w));
      }
    }
    return rows;
  }

  @Test
  void shouldCountATargetOfWeightTwoAsTwo() throws IOException {
    String all = "time, validation: 0, test: 0";
    String weight = "data.weight=w";
    double[] twice = trained(config(table(rows("abcA", "", 1, 1)), "horizon: 0", all, 20));
    double[] heavy = trained(config(table(rows("abc", "a", 2, 1)), "horizon: 0", all, 20, weight));
    double[] plain = trained(config(table(rows("abc", "a", 2, 1)), "horizon: 0", all, 20));
    assertArrayEquals(twice, heavy, 1e-12);
    assertNotEquals(twice[0], plain[0], 1e-6);
    double[] tiny =
        trained(config(table(rows("abc", "abc", 1e-5, 1e-5)), "horizon: 0", all, 20, weight));
    assertArrayEquals(plain, tiny, 1e-12, "only ratios count");
  }

  @Test
  void shouldLeaveOutATargetOfWeightZero() throws IOException {
    String all = "time, validation: 0, test: 0";
    List<String> rows = rows("abc", "", 1, 0);
    double[] zero = trained(config(table(rows), "horizon: 0", all, 20, "data.weight=w"));
    rows.removeIf(row -> row.startsWith("c,6,"));
    double[] without = trained(config(table(rows), "horizon: 0", all, 20));
    assertArrayEquals(without, zero, 1e-12);
  }

  /** 3 % of the targets are rare, and half of those lie where most of the others do not. */
  private static List<String> imbalanced() {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>(List.of("id,t,x,y,w"));
    for (int s = 0; s < 60; s++) {
      for (int t = 0; t < 20; t++) {
        boolean rare = random.nextInt(21) == 0;
        double x = random.nextGaussian() + (rare ? 1.5 : 0);
        rows.add("s%02d,%d,%.4f,%s,%d".formatted(s, t, x, rare ? "rare" : "usual", t % 3));
      }
    }
    return rows;
  }

  @Test
  void shouldFindARareClassOnceClassesAreBalanced() throws IOException {
    Path table = table(imbalanced());
    String split = "id, validation: 0.1, test: 0.3";
    String adam = "training.optimizer={type: adam, learning-rate: 0.02}";
    String task = "target-kind: class, horizon: 0";
    Path plain = folder.resolve("plain");
    Path balanced = folder.resolve("balanced");
    TestRuns.train(config(table, task, split, 200, adam), plain);
    TestRuns.train(
        config(table, task, split, 200, adam, "training.class-weights=balanced"), balanced);
    double without = Evaluation.run(model(plain)).details().byClass().get("rare").recall();
    double with = Evaluation.run(model(balanced)).details().byClass().get("rare").recall();
    System.out.printf("recall of the rare class %.2f, balanced %.2f%n", without, with);
    assertTrue(without < 0.3, "recall without weights " + without);
    assertTrue(with > 0.6, "recall with balanced weights " + with);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    Path table = table(imbalanced());
    String split = "id, validation: 0.1, test: 0.3";
    String task = "target-kind: class, horizon: 0, weight: w";
    String balanced = "training.class-weights=balanced";
    String expected =
        TestRuns.trainByAllEngines(
            more -> TestRuns.config(yaml(table, task, split), with(more, balanced)), folder);
    String store = "data.store=" + folder.resolve("store");
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, hash("spread", config(table, task, split, 6, balanced)));
    for (String name : List.of("made", "found")) {
      for (String engine : List.of("spark-jobs", "spark-resident")) {
        RunConfig config =
            config(table, task, split, 6, balanced, store, "training.engine=" + engine);
        assertEquals(expected, hash(name + engine, config));
      }
    }
    assertNotEquals(expected, hash("plain", config(table, task, split, 6)));
    assertNotEquals(
        expected, hash("named", config(table, task, split, 6, "training.class-weights={rare: 3}")));
  }

  private static String yaml(Path table, String task, String split) {
    return YAML.replace("PATH", table.toString())
        .replace("TASK", task)
        .replace("SPLIT", split)
        .replace("STEPS", "6");
  }

  private static String[] with(String[] some, String one) {
    List<String> all = new ArrayList<>(List.of(some));
    all.add(one);
    return all.toArray(String[]::new);
  }

  private String hash(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  @Test
  void shouldWeighTheLossThatIsEvaluated() throws IOException {
    Path run = folder.resolve("run");
    String split = "time, validation: 0, test: 3";
    RunConfig config =
        config(table(rows("abc", "ab", 3, 1)), "horizon: 0", split, 5, "data.weight=w");
    TestRuns.train(config, run);
    Evaluation.Report report = Evaluation.run(model(run));
    double loss = TestRuns.status(run).metrics().get("test_loss");
    assertEquals(loss, report.metrics().get("loss"));
    assertNotEquals(Math.pow(report.metrics().get("rmse"), 2), loss, 1e-6);
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ModelBundle.load(
                    run.resolve("model").toString(), Optional.empty(), List.of("data.weight=x")));
    assertTrue(refused.getMessage().contains("data.weight"), refused.getMessage());
  }
}
