package io.hindsight.driver.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.spark.session.TestSession;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class JobFailuresTest {
  @Test
  void shouldTakeOnlyTheTasksOwnWordForWrongData() {
    try (TestSession session = TestSession.open("local[1]", Map.of())) {
      RuntimeException wrong = new IllegalArgumentException("sequence 'a' is too short");
      Exception failure = fail(session, wrong);
      assertEquals(wrong.getMessage(), JobFailures.wrongData(failure).get().getMessage());

      RuntimeException damaged = new DataException("data must be sound", "none", "a", "mend it");
      assertEquals(
          damaged.getMessage(), JobFailures.wrongData(fail(session, damaged)).get().getMessage());

      Exception lost = fail(session, new IllegalStateException("no answer", wrong));
      assertTrue(JobFailures.wrongData(lost).isEmpty());
      String summary = JobFailures.summary(lost);
      assertTrue(summary.contains("no answer") && !summary.contains("\tat "), summary);
    }
  }

  /** As by a master that gives up an application whose executors die as they start. */
  @Test
  void shouldSayInALineThatSparkHasEndedTheSession() {
    try (TestSession session = TestSession.open("local[1]", Map.of())) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.context());
      session.context().stop();
      Exception failure =
          assertThrows(
              IllegalStateException.class, () -> spark.parallelize(List.of(1), 1).collect());
      ExitCode.Verdict verdict = ExitCode.judge(new RuntimeException("reading", failure));
      assertEquals(ExitCode.RETRYABLE, verdict.code());
      String message = verdict.decisive().getMessage();
      assertTrue(message.contains("executors' logs") && !message.contains("\n"), message);
    }
  }

  private static Exception fail(TestSession session, RuntimeException ofTask) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.context());
    return assertThrows(
        SparkException.class,
        () ->
            spark
                .parallelize(List.of(1), 1)
                .foreach(
                    number -> {
                      throw ofTask;
                    }));
  }
}
