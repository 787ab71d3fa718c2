package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.TablePredictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals cover what they say, and are wide where the noise is. */
class SpreadRunIT {
  @RegisterExtension static final NoisyTable TABLE = new NoisyTable();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "y, '{quantiles: [0.1, 0.5, 0.9]}'",
    "y, '{distribution: gaussian}'",
    "y, '{distribution: student-t}'",
    "n, '{distribution: negative-binomial}'"
  })
  void shouldCoverWhatItSays(String target, String output) throws IOException {
    TestRuns.train(TABLE.config(target, output, 1200), folder.resolve("run"));
    Map<String, Double> status = TestRuns.status(folder.resolve("run")).metrics();
    Evaluation.Report here = Evaluation.run(NoisyTable.model(folder.resolve("run")));
    double coverage = here.metrics().get("coverage_80");
    assertTrue(here.targets() >= 2000, here.targets() + " targets");
    double most = target.equals("y") ? 0.84 : 0.9; // both ends of counts are covered, too
    assertTrue(coverage > 0.76 && coverage < most, output + " covers " + coverage);
    assertEquals(coverage, status.get("test_coverage_80"));
    assertTrue(here.metrics().get("rmse") < (target.equals("y") ? 22 : 11), "rmse");

    SparkSession.active().conf().set(NoisyTable.SMALL, "0");
    assertEquals(here, Evaluation.run(NoisyTable.model(folder.resolve("run"))), "scored by tasks");
    double widths = widths(target);
    // The deviation there is 2.2 times as large; that of counts is 1.9 times.
    assertTrue(widths > 1.4, "wide where the noise is: " + widths);
  }

  /** How much wider the intervals of large inputs are than those of small ones. */
  private double widths(String target) throws IOException {
    Path answers = folder.resolve("answers.csv");
    TablePredictions.run(
        NoisyTable.model(folder.resolve("run")), answers.toString(), Optional.of(List.of("x")));
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
}
