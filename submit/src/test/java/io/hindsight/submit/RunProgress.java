package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.cluster.LoggedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How far a driver in another process has come. */
final class RunProgress {
  private RunProgress() {}

  /** Waits until the run has written so many steps, or the driver has ended, which fails. */
  static void await(LoggedProcess driver, Path run, int steps, Duration patience) throws Exception {
    Path metrics = run.resolve("metrics.jsonl");
    long deadline = System.nanoTime() + patience.toNanos();
    while (!Files.exists(metrics) || lines(Files.readString(metrics), "\"step\"") < steps) {
      assertTrue(driver.handle().isAlive(), driver.output());
      assertTrue(System.nanoTime() < deadline, driver.output());
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** How many lines have such a part. */
  static long lines(String text, String part) {
    return text.lines().filter(line -> line.contains(part)).count();
  }
}
