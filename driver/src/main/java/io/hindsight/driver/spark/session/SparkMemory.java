package io.hindsight.driver.spark.session;

import io.hindsight.datasets.ByteCount;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.plan.Heap;
import java.util.List;
import org.apache.spark.SparkConf;

/** The memory without which Spark does not start. */
final class SparkMemory {
  /** Spark reserves 300 MiB of a heap for itself, and wants half as much again, bytes. */
  static final long LEAST = (300L << 20) * 3 / 2;

  private static final long COMFORTABLE = 1L << 30; // beside the data of a small run, bytes
  private static final String SET_FOR_TESTS = "spark.testing.memory";

  private SparkMemory() {}

  /**
   * Checks the driver's heap, before Spark logs what it thinks of it.
   *
   * @param heap the most that this process may have, bytes
   * @throws ConfigException if it is too small
   */
  static void requireLeast(SparkConf conf, long heap) {
    if (heap < LEAST && !conf.contains(SET_FOR_TESTS)) {
      throw problem(
          "spark.driver.memory",
          "Spark needs a heap of %s or more in the driver, which has %s"
              .formatted(ByteCount.text(LEAST), ByteCount.text(heap)),
          "give it more by " + Heap.setting(COMFORTABLE));
    }
  }

  /**
   * Tells whether Spark did not start for want of an executor's memory.
   *
   * @param reason what Spark says
   * @throws ConfigException if so
   */
  static void refuse(String reason) {
    if (reason.contains("Executor memory") && reason.contains("must be at least")) {
      throw problem(
          "spark.executor.memory",
          "Spark needs a heap of %s or more in an executor".formatted(ByteCount.text(LEAST)),
          "set spark.executor.memory=1g or more");
    }
  }

  private static ConfigException problem(String key, String message, String remedy) {
    return new ConfigException(
        List.of(new ConfigProblem("command line", 0, 0, key, message, remedy)));
  }
}
