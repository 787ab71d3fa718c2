package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What balanced weights do for a class that one target in 200 has, beside what can be reached. The
 * same networks, trained to the same end; each stops where its own validation loss is best.
 */
@Tag("vectors")
class RareFaultsIT {
  private static final int SEEDS = Integer.getInteger("hindsight.seeds", 1);
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [y], target-kind: class, horizon: 0,
             split: {by: id, validation: 0.2, test: 0}}
      model: {cell: gru, hidden: [8]}
      training: {epochs: 100, batch: 32, optimizer: {type: adam, learning-rate: 1.0e-2},
                 clip: {norm: 1.0}, early-stopping: {patience: 15}}
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

  /**
   * What a network reaches on the test part.
   *
   * @param f1 of the fault, by answering the likelier class
   * @param atThreshold the same by the threshold that was best in validation
   * @param logLoss mean of −log p
   */
  private record Found(double f1, double atThreshold, double logLoss) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "F1 %.3f, %.3f at threshold, log loss %.5f", f1, atThreshold, logLoss);
    }
  }

  @Test
  void shouldFindTwiceAsMuchOfARareClassByBalancedWeights() throws IOException {
    RareFaults training = new RareFaults(1, 1250, 100);
    RareFaults test = new RareFaults(2, 1000, 100);
    Path table = training.write(folder.resolve("training.csv"));
    Path other = test.write(folder.resolve("test.csv"));
    assertEquals(1 / 200.0, test.share(), 2e-4);
    System.out.printf(
        "known: F1 %.3f at 0.5, %.3f at the share of faults, %.3f at best; log loss %.5f%n",
        test.f1(0.5), test.f1(test.share()), test.bestF1(), test.entropy());
    for (int seed = 1; seed <= SEEDS; seed++) {
      Found plain = found("plain", table, other, seed);
      Found balanced = found("balanced", table, other, seed, "training.class-weights=balanced");
      assertTrue(plain.logLoss() < 1.15 * test.entropy(), "it has converged: " + plain);
      assertTrue(balanced.f1() >= 2 * plain.f1(), plain + "; balanced " + balanced);
      assertTrue(balanced.f1() > 0.8 * test.bestF1(), "balanced " + balanced);
      assertTrue(plain.atThreshold() > 0.9 * test.bestF1(), "a threshold does as much: " + plain);
    }
  }

  private Found found(String name, Path table, Path other, int seed, String... more)
      throws IOException {
    Path run = folder.resolve(name + seed);
    String yaml = "seed: " + seed + "\n" + YAML.replace("PATH", table.toString());
    TestRuns.train(TestRuns.config(yaml, more), run);
    Evaluation.Report report =
        Evaluation.run(
            ModelBundle.load(
                run.resolve("model").toString(), Optional.of(other.toString()), List.of()));
    Map<String, Double> metrics = report.metrics();
    double f1 = report.details().byClass().get("fault").f1();
    double logLoss = metrics.getOrDefault("log_loss", metrics.get("loss"));
    Found found = new Found(f1, metrics.get("f1_at_threshold"), logLoss);
    long steps = TestRuns.status(run).steps();
    System.out.printf("%s, seed %d: %s, %d steps%n", name, seed, found, steps);
    return found;
  }
}
