package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.diagnose.stored.RunDiagnosis;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.GradientCheck.BlockError;
import io.hindsight.kernels.bptt.Predictor;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that have an order: levels of a decaying sum of what is read, with noise. */
class OrderedRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final List<String> LEVELS = List.of("worst", "bad", "fair", "good", "best");
  private static final int STEPS = 6;
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [level], target-kind: ordered, order: [worst, bad, fair, good, best],
             horizon: 0, split: {by: id, validation: 0, test: 0.5}}
      model: {cell: gru, hidden: [8]}
      training: {steps: 30, batch: 16, optimizer: {type: adam, learning-rate: 0.03},
                 schedule: {type: cosine}}
      """;

  private static TestSession session;
  @TempDir private Path folder;

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

  private Path table(int sequences, long seed, List<String> levels) throws IOException {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>(List.of("id,t,x,level"));
    for (int s = 0; s < sequences; s++) {
      double sum = random.nextGaussian();
      for (int t = 0; t < STEPS; t++) {
        double x = random.nextGaussian();
        sum = 0.7 * sum + x;
        double noisy = sum + 0.7 * random.nextGaussian();
        int level = (int) Math.max(0, Math.min(4, Math.floor(noisy + 2.5)));
        rows.add(String.format(Locale.ROOT, "s%03d,%d,%.4f,%s", s, t, x, levels.get(level)));
      }
    }
    return Files.write(folder.resolve("table-" + sequences + "-" + seed + ".csv"), rows);
  }

  private static RunConfig config(Path table, String... overrides) {
    return TestRuns.config(YAML.replace("PATH", table.toString()), overrides);
  }

  private ModelBundle train(String name, RunConfig config) {
    Path run = folder.resolve(name);
    TestRuns.train(config, run);
    return model(name, Optional.empty());
  }

  private ModelBundle model(String name, Optional<Path> data) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, data.map(Path::toString), List.of());
  }

  @Test
  void shouldComeToTheSameWeightsByAllEnginesAndAfterAStop() throws IOException {
    Path table = table(40, 1, LEVELS);
    String expected = TestRuns.trainByAllEngines(settings -> config(table, settings), folder);
    Path stopped = folder.resolve("stopped");
    TestRuns.stopAfter(7, config(table), stopped);
    assertEquals(expected, TestRuns.resume(config(table), stopped).weightsSha256());
    SparkSession.active().conf().set(SMALL, "0");
    Path spread = folder.resolve("spread");
    assertEquals(expected, TestRuns.train(config(table), spread).weightsSha256());
    assertEquals(
        Evaluation.run(model("first", Optional.empty())).metrics(),
        Evaluation.run(model("spread", Optional.empty())).metrics());
  }

  /** Answers and figures once more, by loops over all targets. */
  @Test
  void shouldScoreMediansOfTheProbabilities() throws IOException {
    RunConfig config = config(table(60, 2, LEVELS));
    ModelBundle model = train("run", config);
    Predictor predictor = new Predictor(model.parameters());
    double[][] counts = new double[5][5];
    double surprise = 0;
    int targets = 0;
    for (Sequence sequence : RunData.read(config).encoded().parts().of(Part.TEST)) {
      double[] outputs = predictor.predict(sequence);
      assertEquals(5 * sequence.length(), outputs.length);
      for (int t = 0; t < sequence.length(); t++) {
        int truth = sequence.classes()[t];
        int answer = 0;
        double sum = outputs[5 * t];
        while (sum < 0.5 && answer < 4) {
          sum += outputs[5 * t + ++answer];
        }
        counts[truth][answer]++;
        surprise -= Math.log(outputs[5 * t + truth]);
        targets++;
      }
    }
    double right = 0;
    double error = 0;
    double disagreement = 0;
    double byChance = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        right += i == j ? counts[i][j] : 0;
        error += Math.abs(i - j) * counts[i][j];
        disagreement += (i - j) * (i - j) * counts[i][j];
        for (int k = 0; k < 25; k++) {
          byChance += (i - j) * (i - j) * counts[i][k % 5] * counts[k / 5][j] / targets;
        }
      }
    }
    Evaluation.Report report = Evaluation.run(model);
    Map<String, Double> metrics = report.metrics();
    assertEquals(targets, report.targets());
    assertEquals(right / targets, metrics.get("accuracy"), 1e-15);
    assertEquals(error / targets, metrics.get("rank_mae"), 1e-15);
    assertEquals(1 - disagreement / byChance, metrics.get("quadratic_weighted_kappa"), 1e-12);
    assertEquals(surprise / targets, metrics.get("loss"), 1e-9);
    assertEquals(LEVELS, List.copyOf(report.details().byClass().keySet()));
    assertEquals(5, report.details().confusion().size());
    assertTrue(report.further().calibration().size() > 0);
    List<Integer> trained = new ArrayList<>();
    for (Sequence sequence : RunData.read(config).encoded().parts().of(Part.TRAINING)) {
      Arrays.stream(sequence.classes()).forEach(trained::add);
    }
    trained.sort(null);
    int median = trained.get((trained.size() - 1) / 2);
    double always = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        always += Math.abs(i - median) * counts[i][j];
      }
    }
    assertEquals(always / targets, metrics.get("median_baseline"), 1e-15);
    assertTrue(metrics.get("rank_mae") < metrics.get("median_baseline"), metrics::toString);
  }

  @Test
  void shouldAnswerTheNameOfTheMedianAndItsProbability() throws IOException {
    Path table = table(40, 3, LEVELS);
    ModelBundle model = train("run", config(table, "data.scale=none"));
    Predictor predictor = new Predictor(model.parameters());
    Path file = folder.resolve("answers.jsonl");
    TablePredictions.run(model("run", Optional.of(table)), file.toString());
    List<String> lines = Files.readAllLines(file);
    assertEquals(40 * STEPS, lines.size());
    RunData data = RunData.read(config(table, "data.scale=none", "data.split.test=0"));
    int row = 0;
    for (Sequence sequence : data.encoded().parts().of(Part.TRAINING)) {
      double[] outputs = predictor.predict(sequence);
      for (int t = 0; t < STEPS; t++) {
        JsonNode answer = new ObjectMapper().readTree(lines.get(row++));
        int level = LEVELS.indexOf(answer.get("level").asText());
        assertEquals(outputs[5 * t + level], answer.get("probability").asDouble());
        double below = 0;
        for (int k = 0; k < level; k++) {
          below += outputs[5 * t + k];
        }
        assertTrue(below < 0.5 && below + outputs[5 * t + level] >= 0.5, answer.toString());
      }
    }
  }

  /** Few sequences to learn from: what is known of one level helps to tell its neighbours. */
  @Test
  void shouldBeNearerThanClassesThatHaveNoOrder() throws IOException {
    double ordered = 0;
    double unordered = 0;
    for (int seed = 1; seed <= 3; seed++) {
      Path table = table(300, seed, LEVELS);
      String few = "data.split.test=0.93";
      String steps = "training.steps=150";
      String seeds = "seed=" + seed;
      ordered += rankError(train("ordered" + seed, config(table, few, steps, seeds)));
      String yaml =
          YAML.replace("PATH", table.toString())
              .replace(
                  "target-kind: ordered, order: [worst, bad, fair, good, best]",
                  "target-kind: class");
      unordered += rankError(train("class" + seed, TestRuns.config(yaml, few, steps, seeds)));
    }
    assertTrue(ordered < unordered, ordered + " and " + unordered);
  }

  /** Of the classes' confusion, in the order of the levels. */
  private static double rankError(ModelBundle model) {
    Evaluation.Report report = Evaluation.run(model);
    List<String> names = List.copyOf(report.details().byClass().keySet());
    double sum = 0;
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        int distance = LEVELS.indexOf(names.get(i)) - LEVELS.indexOf(names.get(j));
        sum += Math.abs(distance) * report.details().confusion().get(i).get(j);
      }
    }
    return sum / report.targets();
  }

  @Test
  void shouldKeepTheOrderOfNumbersWithoutBeingTold() throws IOException {
    Path table = table(40, 4, List.of("9", "10", "10.5", "100", "1000"));
    ModelBundle model = train("run", config(table, "data.order=null"));
    Encoding.Table encoding = (Encoding.Table) model.encoding();
    assertEquals(
        List.of("9", "10", "10.5", "100", "1000"), encoding.labels().orElseThrow().names());
    assertEquals(encoding, Encoding.fromJson(encoding.toJson()));
    Path resolved = folder.resolve("run").resolve("config.yaml");
    assertEquals(config(table, "data.order=null"), TestRuns.config(Files.readString(resolved)));
    Path words = table(40, 4, LEVELS);
    Exception e =
        assertThrows(DataException.class, () -> RunData.read(config(words, "data.order=null")));
    assertTrue(e.getMessage().contains("have an order only by data.order"), e.getMessage());
    assertTrue(e.getMessage().contains("'bad' and 'best'"), e.getMessage());
  }

  @Test
  void shouldTreatLabelsOutsideOfTheOrderAsUnknown() throws IOException {
    Path table = table(40, 5, LEVELS);
    String shorter = "data.order=[worst, bad, good, best]";
    Exception e = assertThrows(DataException.class, () -> RunData.read(config(table, shorter)));
    assertTrue(
        e.getMessage().contains("a label must be one of data.order: [worst, bad, good, best]"),
        e.getMessage());
    assertTrue(e.getMessage().contains("'fair'"), e.getMessage());
    RunConfig skip = config(table, shorter, "data.unknown=skip", "training.class-weights=balanced");
    ModelBundle model = train("run", skip);
    assertEquals(4, model.network().output().size());
    Evaluation.Report report = Evaluation.run(model);
    assertTrue(report.metrics().get("skipped_targets") > 0, report.metrics().toString());
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(report.metrics(), Evaluation.run(model("run", Optional.empty())).metrics());
  }

  @Test
  void shouldWarnOfAClassThatTrainingNeverSees() throws IOException {
    Path table = table(40, 6, LEVELS);
    RunConfig more = config(table, "data.order=[worst, bad, fair, good, best, perfect]");
    Logger logger = (Logger) LogManager.getLogger("io.hindsight.datasets.source.TableSource");
    StringWriter log = new StringWriter();
    Appender appender = WriterAppender.createAppender(null, null, log, "test", false, true);
    appender.start();
    logger.addAppender(appender);
    ModelBundle model;
    try {
      model = train("run", more);
    } finally {
      logger.removeAppender(appender);
    }
    assertTrue(
        log.toString().contains("no target of the training part is 'perfect'"), log.toString());
    assertEquals(6, model.network().output().size());
    assertEquals(0, Evaluation.run(model).details().byClass().get("perfect").support());
  }

  @Test
  void shouldLearnAtTheLastStepAheadOfTimeAndByDate() throws IOException {
    Path table = table(40, 7, LEVELS);
    ModelBundle last =
        train(
            "last", config(table, "model.output.at=last-step", "training.class-weights={best: 3}"));
    assertEquals(20, Evaluation.run(last).targets());
    ModelBundle ahead =
        train(
            "ahead",
            config(table, "data.horizon=1", "data.split={by: time, validation: 1, test: 1}"));
    assertEquals(40, Evaluation.run(ahead).targets());
    Path other = table(30, 8, LEVELS);
    Evaluation.Report report = Evaluation.run(model("last", Optional.of(other)));
    assertEquals(30, report.targets());
    assertTrue(report.metrics().containsKey("median_baseline"), report.metrics().toString());
  }

  @Test
  void shouldPassTheGradientCheckAndTellTheLossOfAConstantAnswer() throws IOException {
    RunConfig config = config(table(40, 9, LEVELS));
    for (BlockError error : GradientChecks.run(config)) {
      assertTrue(error.isWithin(GradientChecks.TOLERANCE), error.toString());
    }
    train("run", config);
    RunDiagnosis.Result found = RunDiagnosis.of(folder.resolve("run").toString(), List.of());
    assertTrue(found.diagnosis().figures().trivialLoss() > 1, found.toString());
  }
}
