package io.hindsight.submit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.metrics.CheckpointMetrics;
import io.hindsight.driver.metrics.MetricsLog;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.StepTimes;
import io.hindsight.driver.metrics.ValidationMetrics;
import io.hindsight.driver.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an onlooker reads in the file that a driver writes. */
class RunFilesTest {
  private static final List<Double> MILLIS = List.of(900.0, 10.0, 30.0, 20.0);

  @TempDir private Path run;
  private RunFiles files;

  @BeforeEach
  void write() throws IOException {
    files = new RunFiles(run.toString());
    try (MetricsLog log =
        MetricsLog.create(new LocalStorage(), files.directory().metrics(), "reference")) {
      for (int step = 0; step < MILLIS.size(); step++) {
        StepTimes times = new StepTimes(MILLIS.get(step), 1, 0, 1, 0, 1);
        log.append(new StepMetrics(step, 0, 0.5, 8, 1, 1, 0.1, false, times));
      }
      log.append(new ValidationMetrics(4, 0, 0.4, 8, 5000, true));
      log.append(new CheckpointMetrics(4, 1, 7000, 100));
    }
  }

  @Test
  void shouldTellTheLongestStepFromOneOn() throws IOException {
    assertEquals(4, files.steps());
    assertEquals(0.9, files.longestStep(-1));
    assertEquals(0.03, files.longestStep(1));
    assertEquals(0.02, files.longestStep(3));
    assertEquals(0, files.longestStep(4));
  }

  @Test
  void shouldPassOverALineThatIsBeingWritten() throws IOException {
    Path metrics = run.resolve("metrics.jsonl");
    String next = "{\"step\":4,\"epoch\":0,\"loss\":0.5,\"step_ms\":60000.0,\"compute_ms\":1.0}";
    for (int cut : new int[] {1, 9, 40, next.length() - 1}) {
      byte[] whole = Files.readAllBytes(metrics);
      Files.writeString(metrics, next.substring(0, cut), StandardOpenOption.APPEND);
      assertEquals(0.9, files.longestStep(0), next.substring(0, cut));
      Files.write(metrics, whole);
    }
    Files.writeString(metrics, next + "\n", StandardOpenOption.APPEND);
    assertEquals(60, files.longestStep(0));
  }
}
