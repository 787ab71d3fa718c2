package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of small and of large means, learned as multiples of the mean of the training part. */
class CountRunTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [n], horizon: 0, split: {by: id, validation: 0, test: 0}}
      model: {cell: rnn, hidden: [10], output: {distribution: LOSS}}
      training: {steps: STEPS, batch: 16, optimizer: {type: adam, learning-rate: 0.01},
                 schedule: {type: cosine}}
      """;
  private static final double ALPHA = 0.25;
  private static final double SIZE = 1 / ALPHA; // r
  private static final double[] LEVELS = {0.1, 0.9};

  private static TestSession session;
  @TempDir private Path folder;

  /** A step: its input, and the count that came. */
  private record Step(double x, int count) {}

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

  /** Their mean is level·(0.4 + 1.2x), their variance m + αm²; of Poisson m. */
  private static List<Step> steps(double level, boolean poisson, long seed) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 2400; i++) {
      double x = Math.rint(random.nextDouble() * 1e4) / 1e4;
      double rate = mean(level, x);
      if (!poisson) {
        rate *= gamma(random);
      }
      int count = 0;
      for (double p = -Math.log(1 - random.nextDouble()); p < rate; count++) {
        p -= Math.log(1 - random.nextDouble());
      }
      steps.add(new Step(x, count));
    }
    return steps;
  }

  /** Of mean 1 and variance α: a sum of exponentials. */
  private static double gamma(Random random) {
    double sum = 0;
    for (int k = 0; k < SIZE; k++) {
      sum -= ALPHA * Math.log(1 - random.nextDouble());
    }
    return sum;
  }

  private static double mean(double level, double x) {
    return level * (0.4 + 1.2 * x);
  }

  private Path table(String name, List<Step> steps) throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x,n"));
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      rows.add(
          String.format(Locale.ROOT, "s%03d,%d,%.4f,%d", i / 24, i % 24, step.x(), step.count()));
    }
    return Files.write(folder.resolve(name + ".csv"), rows);
  }

  private static RunConfig config(Path table, String loss, int steps, String... overrides) {
    String yaml = YAML.replace("PATH", table.toString()).replace("LOSS", loss);
    return TestRuns.config(yaml.replace("STEPS", "" + steps), overrides);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private ModelBundle model(String name, Optional<Path> data) {
    String location = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(location, data.map(Path::toString), List.of());
  }

  private List<Double> levels(String name) {
    return model(name, Optional.empty()).network().output().options().elementScales();
  }

  /** What answers by the distributions that the counts were drawn from would score. */
  private static double[] bayes(double level, boolean poisson, List<Step> steps) {
    double loss = 0;
    double pinball = 0;
    for (Step step : steps) {
      double mean = mean(level, step.x());
      double success = poisson ? 1 : SIZE / (SIZE + mean);
      double log = poisson ? -mean : SIZE * Math.log(success);
      double below = Math.exp(log); // share at or below k
      double[] quantiles = {-1, -1};
      for (int k = 0; k <= step.count() || quantiles[1] < 0; k++) {
        for (int q = 0; q < 2; q++) {
          quantiles[q] = quantiles[q] < 0 && below >= LEVELS[q] ? k : quantiles[q];
        }
        loss -= k == step.count() ? log : 0;
        log += poisson ? Math.log(mean / (k + 1)) : ratio(k, success);
        below += Math.exp(log);
      }
      for (int q = 0; q < 2; q++) {
        double error = step.count() - quantiles[q];
        pinball += Math.max(LEVELS[q] * error, (LEVELS[q] - 1) * error) / 2;
      }
    }
    return new double[] {loss / steps.size(), pinball / steps.size()};
  }

  /** log of p(k + 1)/p(k) of the negative binomial. */
  private static double ratio(int k, double success) {
    return Math.log((SIZE + k) / (k + 1) * (1 - success));
  }

  @ParameterizedTest
  @CsvSource({"negative-binomial, 9", "negative-binomial, 5000", "poisson, 9", "poisson, 200"})
  void shouldLearnCountsWhateverTheirMean(String loss, double level) throws IOException {
    boolean poisson = loss.equals("poisson");
    Path table = table("table", steps(level, poisson, 5));
    train("run", config(table, loss, 300));
    List<Step> others = steps(level, poisson, 6);
    Path other = table("other", others);
    Map<String, Double> found = Evaluation.run(model("run", Optional.of(other))).metrics();
    double[] best = bayes(level, poisson, others);
    String what = "%s, the best is %.5g and %.5g".formatted(found, best[0], best[1]);
    assertTrue(found.get("loss") < best[0] + 0.05 * Math.abs(best[0]), what);
    assertTrue(found.get("pinball") < 1.05 * best[1], what);
    assertTrue(found.get("pinball") > 0.95 * best[1], what);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    Path table = table("table", steps(5000, false, 5));
    String loss = "negative-binomial";
    String expected = TestRuns.trainByAllEngines(more -> config(table, loss, 6, more), folder);
    List<Double> level = levels("first");
    String store = "data.store=" + folder.resolve("store");
    train("gaussian", config(table, "gaussian", 2, store));
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, train("made", config(table, loss, 6, store)));
    assertEquals(expected, train("found", config(table, loss, 6, store)));
    assertEquals(level, levels("found"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"negative-binomial", "poisson"})
  void shouldKeepTheMeanOfTheTrainingPart(String loss) throws IOException {
    List<Step> steps = steps(9, false, 5);
    List<Step> others = steps(100, false, 6);
    train("run", config(table("table", steps), loss, 3));
    assertEquals(List.of(mean(steps)), levels("run"));
    Path other = table("other", others);
    String from = "training.start-from=" + folder.resolve("run/model");
    train("kept", config(other, loss, 3, from));
    assertEquals(List.of(mean(steps)), levels("kept"));
    train("refitted", config(other, loss, 3, from, "training.encoding=refit"));
    assertEquals(List.of(mean(others)), levels("refitted"));
  }

  /** Rounded once. */
  private static double mean(List<Step> steps) {
    long sum = steps.stream().mapToLong(Step::count).sum();
    MathContext digits = new MathContext(40, RoundingMode.HALF_EVEN);
    return new BigDecimal(sum).divide(new BigDecimal(steps.size()), digits).doubleValue();
  }

  @Test
  void shouldTakeAMeanOfZeroForOne() throws IOException {
    List<Step> none = steps(9, false, 5).stream().map(step -> new Step(step.x(), 0)).toList();
    train("run", config(table("table", none), "negative-binomial", 3));
    assertEquals(List.of(1.0), levels("run"));
  }

  @Test
  void shouldResumeToTheSameBits() throws IOException {
    Path table = table("table", steps(5000, false, 5));
    String[] checkpoints = {"training.checkpoint={every-steps: 2, keep: 2}"};
    RunConfig config = config(table, "negative-binomial", 6, checkpoints);
    String expected = train("run", config);
    TestRuns.kill(folder.resolve("run"));
    assertEquals(expected, TestRuns.resume(config, folder.resolve("run")).weightsSha256());
    RunConfig less = config(table, "negative-binomial", 5, checkpoints);
    assertNotEquals(expected, train("less", less));
  }
}
