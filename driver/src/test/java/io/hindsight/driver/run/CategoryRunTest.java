package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.encoding.Categories;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

/** From the columns of a table to a model that has learned what its categories mean. */
class CategoryRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final double NOISE = 0.2;
  private static final String COLUMNS = "categories: [c, region], static: [size, region], rare: 2,";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], COLUMNS targets: [y], horizon: 0, scale: none,
             split: {by: id, validation: 0.1, test: 0.2}}
      model: {cell: gru, hidden: [12], embedding: 3}
      training: {steps: STEPS, batch: 16, optimizer: {type: adam, learning-rate: 0.02}}
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
    table = table("table", "abcdefgh");
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(SMALL);
  }

  /**
   * Targets are the hidden effects of a category and of a region, a third of the size, and noise.
   */
  private Path table(String name, String categories) throws IOException {
    Random random = new Random(7);
    List<String> rows = new ArrayList<>(List.of("id,t,x,c,region,size,y"));
    for (int s = 0; s < 60; s++) {
      int region = random.nextInt(3);
      int size = random.nextInt(5);
      for (int t = 0; t < 12; t++) {
        char c = categories.charAt(random.nextInt(categories.length()));
        double effect = new double[] {-1, 2, 0, 1, -2, 1.5, -0.5, 0.5}[(c - 'a') % 8];
        double y = effect + new double[] {1, -1, 0}[region] + size / 3.0;
        rows.add(
            "s%02d,%d,%.3f,%s,r%d,%d,%.3f"
                .formatted(
                    s,
                    t,
                    random.nextGaussian(),
                    c,
                    region,
                    size,
                    y + NOISE * random.nextGaussian()));
      }
    }
    return Files.write(folder.resolve(name + ".csv"), rows);
  }

  private RunConfig config(Path path, int steps, String columns, String... overrides) {
    String yaml = YAML.replace("PATH", path.toString()).replace("STEPS", "" + steps);
    return TestRuns.config(yaml.replace("COLUMNS", columns), overrides);
  }

  private double rmse(String name, RunConfig config) throws IOException {
    TestRuns.train(config, folder.resolve(name));
    return TestRuns.status(folder.resolve(name)).metrics().get("test_rmse");
  }

  private ModelBundle model(String name, String... overrides) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, Optional.empty(), List.of(overrides));
  }

  @Test
  void shouldLearnWhatOnlyCategoriesTell() throws IOException {
    double with = rmse("with", config(table, 250, COLUMNS));
    RunConfig plain =
        TestRuns.config(
            YAML.replace("PATH", table.toString())
                .replace("STEPS", "250")
                .replace("COLUMNS", "")
                .replace(", embedding: 3", ""));
    double without = rmse("without", plain);
    System.out.printf(
        "rmse with categories %.3f, without %.3f, noise %.3f%n", with, without, NOISE);
    assertTrue(with < 2 * NOISE, "rmse with categories " + with);
    assertTrue(without > 1, "rmse without categories " + without);
    assertEquals(with, Evaluation.run(model("with")).metrics().get("rmse"), 1e-12);
  }

  /** The figures of datasets/README.md. */
  @Test
  void shouldLearnTheBundledShops() throws IOException {
    String yaml =
        Files.readString(Path.of("../conf/shops.yaml"))
            .replace("datasets/data", "../datasets/data");
    double with = rmse("shops", TestRuns.config(yaml));
    String plain =
        yaml.replaceAll("  categories:.*", "  inputs: [area]")
            .replaceAll("  static:.*", "")
            .replaceAll("  embedding:.*", "");
    double without = rmse("plain", TestRuns.config(plain));
    System.out.printf("shops with categories %.3f, without %.3f%n", with, without);
    assertTrue(with < 1.4, "rmse with categories " + with);
    assertTrue(without > 2.5, "rmse without categories " + without);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() {
    String expected = TestRuns.trainByAllEngines(more -> config(table, 6, COLUMNS, more), folder);
    String store = "data.store=" + folder.resolve("store");
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, train("spread", config(table, 6, COLUMNS)));
    assertEquals(expected, train("made", config(table, 6, COLUMNS, store)));
    RunConfig jobs = config(table, 6, COLUMNS, store, "training.engine=spark-jobs");
    assertEquals(expected, train("jobs", jobs));
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  @Test
  void shouldKeepTheRowsOfCategoriesThatAParentKnows() throws IOException {
    train("first", config(table, 3, COLUMNS));
    Path other = table("other", "xbcaAefgz");
    String from = "training.start-from=" + folder.resolve("first/model");
    String refit = "training.encoding=refit";
    String none = "training.optimizer.learning-rate=1e-300";
    train("further", config(other, 1, COLUMNS, from, refit, none));
    ModelBundle first = model("first");
    ModelBundle further = model("further");
    Map<String, double[]> were = rows(first);
    Map<String, double[]> are = rows(further);
    assertEquals(9, were.size());
    assertEquals(10, are.size());
    for (String name : List.of("unknown", "a", "b", "c", "e", "f", "g")) {
      assertArrayEquals(were.get(name), are.get(name), name);
    }
    train("kept", config(other, 2, COLUMNS, from, "training.encoding=keep"));
    assertEquals(first.encoding(), model("kept").encoding());

    String auto = "model.embedding=auto";
    train("auto", config(table, 1, COLUMNS, auto));
    String fromAuto = "training.start-from=" + folder.resolve("auto/model");
    Path many = table("many", "abcdefghijklmnopqrstuvwxyz");
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> train("refused", config(many, 1, COLUMNS, fromAuto, refit, auto)));
    assertTrue(
        refusal.getMessage().startsWith("the rows of tables must be as wide as"),
        refusal.getMessage());
  }

  /** The rows of the first table, by category. */
  private static Map<String, double[]> rows(ModelBundle model) {
    Categories categories = ((Encoding.Table) model.encoding()).side().steps().get(0);
    Block table = model.parameters().layout().tables().get(0);
    Map<String, double[]> rows = new java.util.HashMap<>();
    for (int id = 0; id < categories.size(); id++) {
      int from = table.offset() + id * table.columns();
      rows.put(
          id == 0 ? "unknown" : categories.name(id),
          Arrays.copyOfRange(model.parameters().values(), from, from + table.columns()));
    }
    return rows;
  }

  @Test
  void shouldResumeWithCategoriesToTheSameWeights() throws IOException {
    RunConfig config = config(table, 5, COLUMNS, "training.checkpoint.every-steps=1");
    String expected = train("whole", config);
    TestRuns.stopAfter(2, config, folder.resolve("stopped"));
    assertEquals(expected, TestRuns.resume(config, folder.resolve("stopped")).weightsSha256());
  }
}
