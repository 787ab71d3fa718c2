package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Arrays;
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

/** What is told to the losses of classes and of labels beyond their names. */
class ClassLossRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String LABELS = "targets: [p, q], target-kind: multilabel";
  private static final String CLASS = "targets: [c], target-kind: class";
  private static final String BALANCED = "training.class-weights=balanced";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], TARGETS, horizon: 0, scale: none,
             split: {by: time, validation: 0, test: 2}}
      model: {cell: gru, hidden: [4]}
      training: {steps: 12, batch: 16, optimizer: {type: sgd, learning-rate: 0.2}}
      """;

  /** Twelve sequences of seven steps, of which five are trained on: label, class, and weight. */
  private static final int SEQUENCES = 12;

  private static final int STEPS = 7;

  private static TestSession session;
  @TempDir private Path folder;
  private int runs;

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

  /** One row of the table. */
  private record Row(int sequence, int t, double x, int p, int q, int w) {
    String line() {
      return "s%02d,%d,%s,%d,%d,%s,%d".formatted(sequence, t, x, p, q, p == 1 ? "bad" : "ok", w);
    }

    boolean isTrained() {
      return t < STEPS - 2;
    }
  }

  private static List<Row> rows() {
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < SEQUENCES; s++) {
      for (int t = 0; t < STEPS; t++) {
        double x = random.nextGaussian();
        int p = x + random.nextGaussian() > 1.2 ? 1 : 0;
        rows.add(new Row(s, t, x, p, random.nextInt(2), random.nextInt(3)));
      }
    }
    return rows;
  }

  private Path table() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,p,q,c,w"));
    rows().forEach(row -> lines.add(row.line()));
    return Files.write(folder.resolve("table.csv"), lines);
  }

  private RunConfig config(String targets, String... more) throws IOException {
    return TestRuns.config(
        YAML.replace("PATH", table().toString()).replace("TARGETS", targets), more);
  }

  private ModelBundle train(RunConfig config) {
    Path run = folder.resolve("run-" + runs++);
    TestRuns.train(config, run);
    return load(run);
  }

  private static ModelBundle load(Path run, String... changes) {
    return ModelBundle.load(run.resolve("model").toString(), Optional.empty(), List.of(changes));
  }

  private static List<Double> positiveWeights(ModelBundle model) {
    return model.network().output().options().positiveWeights();
  }

  /**
   * With one label, and all sequences in each step, the presence of a label of weight 3 moves the
   * network as a row of weight 3 does, but for the mean, which is over targets in place of weights.
   */
  @Test
  void shouldCountALabelThatIsThereAsARowOfThatWeight() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,p,v"));
    int ones = 0;
    int all = 0;
    for (Row row : rows()) {
      ones += row.isTrained() ? row.p() : 0;
      all += row.isTrained() ? 1 : 0;
      lines.add(
          "s%02d,%d,%s,%d,%d"
              .formatted(row.sequence(), row.t(), row.x(), row.p(), 1 + 2 * row.p()));
    }
    Path weighted = Files.write(folder.resolve("weighted.csv"), lines);
    String targets = "targets: [p], target-kind: multilabel";
    double rate = 0.2 * (all + 2 * ones) / all;
    ModelBundle byRow =
        train(
            config(
                targets,
                "data.path=" + weighted,
                "data.weight=v",
                "training.optimizer.learning-rate=" + rate));
    ModelBundle byLabel = train(config(targets, "training.class-weights={p: 3}"));
    assertEquals(List.of(3.0), positiveWeights(byLabel));
    assertArrayEquals(
        byRow.parameters().values(), byLabel.parameters().values(), 1e-12, "of " + ones + " ones");
    assertNotEquals(
        train(config(targets)).parameters().values()[0], byRow.parameters().values()[0]);
  }

  @Test
  void shouldBalanceEachLabelByTheTargetsOfTheTrainingPart() throws IOException {
    List<Row> trained = rows().stream().filter(Row::isTrained).toList();
    ModelBundle all = train(config(LABELS, BALANCED));
    assertEquals(List.of(ratio(trained, true), ratio(trained, false)), positiveWeights(all));
    List<Row> weighed = trained.stream().filter(row -> row.w() > 0).toList();
    ModelBundle some = train(config(LABELS, BALANCED, "data.weight=w"));
    assertEquals(List.of(ratio(weighed, true), ratio(weighed, false)), positiveWeights(some));
    List<Row> last = trained.stream().filter(row -> row.t() == STEPS - 3).toList();
    ModelBundle ofLast = train(config(LABELS, BALANCED, "model.output.at=last-step"));
    assertEquals(List.of(ratio(last, true), ratio(last, false)), positiveWeights(ofLast));
    ModelBundle named = train(config(LABELS, "training.class-weights={q: 0.25}"));
    assertEquals(List.of(1.0, 0.25), positiveWeights(named));
  }

  private static double ratio(List<Row> rows, boolean ofP) {
    long ones = rows.stream().filter(row -> (ofP ? row.p() : row.q()) == 1).count();
    return (double) (rows.size() - ones) / ones;
  }

  @Test
  void shouldRefuseAWeightOfNoLabel() throws IOException {
    RunConfig config = config(LABELS, "training.class-weights={r: 2}");
    String message = assertThrows(DataException.class, () -> train(config)).getMessage();
    assertTrue(message.contains("must name labels of data.targets, but found 'r'"), message);
    assertTrue(message.contains("name one of [p, q]"), message);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    String yaml = YAML.replace("PATH", table().toString()).replace("TARGETS", LABELS);
    String expected =
        TestRuns.trainByAllEngines(more -> TestRuns.config(yaml, with(more, BALANCED)), folder);
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, hash(config(LABELS, BALANCED)));
    String store = "data.store=" + folder.resolve("store");
    for (String read : List.of("made", "found")) {
      assertEquals(expected, hash(config(LABELS, BALANCED, store)), read);
    }
    assertNotEquals(expected, hash(config(LABELS)));
  }

  private String hash(RunConfig config) {
    return TestRuns.train(config, folder.resolve("run-" + runs++)).weightsSha256();
  }

  private static String[] with(String[] some, String one) {
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = one;
    return all;
  }

  @Test
  void shouldFindTheWeightsOfLabelsAnewWhereAModelIsTrainedFurther() throws IOException {
    ModelBundle parent = train(config(LABELS));
    assertEquals(List.of(), positiveWeights(parent));
    String from = "training.start-from=" + parent.location();
    List<Row> trained = rows().stream().filter(Row::isTrained).toList();
    for (String encoding : List.of("keep", "refit")) {
      ModelBundle child = train(config(LABELS, BALANCED, from, "training.encoding=" + encoding));
      assertEquals(List.of(ratio(trained, true), ratio(trained, false)), positiveWeights(child));
    }
  }

  /**
   * The probability of the class {@code bad} of each row of the test part, by what is predicted.
   */
  private double[] answered(ModelBundle model) throws IOException {
    ModelBundle all =
        ModelBundle.load(model.location(), Optional.of(table().toString()), List.of());
    Path file = folder.resolve("answers-" + runs + ".jsonl");
    TablePredictions.run(all, file.toString());
    List<Double> bad = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = new ObjectMapper().readTree(line);
      double p = row.get("probability").asDouble();
      if (row.get("time").asInt() >= STEPS - 2) {
        bad.add(row.get("c").asText().equals("bad") ? p : 1 - p);
      }
    }
    return bad.stream().mapToDouble(p -> p).toArray();
  }

  /** Beside the loss that is trained on, of two classes from their probabilities. */
  @Test
  void shouldReportThePlainLogLossWhereTheLossIsAnother() throws IOException {
    List<Row> test = rows().stream().filter(row -> !row.isTrained()).toList();
    Map<String, Loss> losses =
        Map.of(
            "model.output.label-smoothing=0.2",
            p -> -0.9 * Math.log(p) - 0.1 * Math.log(1 - p),
            "model.output.focal=2",
            p -> -(1 - p) * (1 - p) * Math.log(p));
    for (Map.Entry<String, Loss> loss : losses.entrySet()) {
      ModelBundle model = train(config(CLASS, loss.getKey()));
      double[] bad = answered(model);
      double sum = 0;
      double plain = 0;
      for (int i = 0; i < bad.length; i++) {
        double p = test.get(i).p() == 1 ? bad[i] : 1 - bad[i];
        sum += loss.getValue().of(p) / bad.length;
        plain -= Math.log(p) / bad.length;
      }
      Map<String, Double> metrics = Evaluation.run(model).metrics();
      assertEquals(test.size(), bad.length);
      assertEquals(sum, metrics.get("loss"), 1e-12, loss.getKey());
      assertEquals(plain, metrics.get("log_loss"), 1e-12, loss.getKey());
    }
    Map<String, Double> usual = Evaluation.run(train(config(CLASS))).metrics();
    assertFalse(usual.containsKey("log_loss"), "the loss itself");
  }

  /** A loss by the probability of the true one of two classes. */
  private interface Loss {
    double of(double p);
  }

  @Test
  void shouldReportThePlainLogLossOfLabelsAndOfWeightedClasses() throws IOException {
    for (String targets : List.of(LABELS, CLASS)) {
      ModelBundle plain = train(config(targets));
      Path run = folder.resolve("run-" + runs++);
      // One step of no length: the same network by another loss.
      TestRuns.train(
          config(
              targets,
              BALANCED,
              "training.start-from=" + plain.location(),
              "training.steps=1",
              "training.optimizer.learning-rate=1e-300"),
          run);
      Map<String, Double> usual = Evaluation.run(plain).metrics();
      Map<String, Double> weighted = Evaluation.run(load(run)).metrics();
      assertEquals(usual.get("loss"), weighted.get("log_loss"), 1e-12, targets);
      assertNotEquals(usual.get("loss"), weighted.get("loss"), 1e-3, targets);
      assertEquals(usual.get("accuracy"), weighted.get("accuracy"), targets);
      assertEquals(
          weighted.get("log_loss"), TestRuns.status(run).metrics().get("test_log_loss"), targets);
    }
  }

  @Test
  void shouldTellThePerplexityOfASmoothedTextByThePlainLoss() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "abcabdabc abd".repeat(60));
    String yaml =
        """
        data: {format: text, path: 'PATH', split: {validation: 0.1, test: 0.1}}
        model: {cell: gru, hidden: [8], output: {label-smoothing: 0.1}}
        training: {steps: 60, batch: 4, bptt: {window: 20}, optimizer: {type: adam, learning-rate: 0.02}}
        """
            .replace("PATH", text.toString());
    Map<String, Double> metrics = Evaluation.run(train(TestRuns.config(yaml))).metrics();
    assertEquals(Math.exp(metrics.get("log_loss")), metrics.get("perplexity"), 1e-12);
    // By Jensen's inequality the smoothed part is at least as large as log C.
    double part = metrics.get("loss") - 0.9 * metrics.get("log_loss");
    assertTrue(part > 0.1 * Math.log(5), metrics.toString());
  }

  @Test
  void shouldNotLetAStoredModelHaveAnotherLoss() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(config(CLASS, "model.output.focal=2"), run);
    assertEquals(2, load(run).network().output().options().focalGamma());
    ConfigException refused =
        assertThrows(ConfigException.class, () -> load(run, "model.output.focal=1"));
    assertTrue(refused.getMessage().contains("focal 1.0, but the network has 2.0"));
  }
}
