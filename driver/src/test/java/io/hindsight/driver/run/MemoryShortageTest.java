package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.run.ExitCode.Verdict;
import io.hindsight.driver.spark.session.TestSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryShortageTest {
  private static final OutOfMemoryError FULL = new OutOfMemoryError("Java heap space");
  private static final String LOST =
      "Job aborted due to stage failure: Task 0 in stage 1.0 failed 8 times, most recent failure:"
          + " Lost task 0.7 in stage 1.0 (TID 9) (10.0.0.7 executor 3): ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Java heap space",
        "GC overhead limit exceeded",
        "Requested array size exceeds VM limit",
        "Cannot reserve 65536 bytes of direct buffer memory (allocated: 1, limit: 2)",
        "[UNABLE_TO_ACQUIRE_MEMORY] Unable to acquire 65536 bytes of memory, got 0."
      })
  void shouldTellCauseNeedAndSetting(String memory) {
    String told = explained(new OutOfMemoryError(memory));
    for (String part : List.of(memory, "8 bytes a number", "HINDSIGHT_JAVA_OPTIONS=-Xmx")) {
      assertTrue(told.contains(part), told);
    }
    assertFalse(told.contains("try again") || told.contains("internal"), told);
  }

  @Test
  void shouldBeFoundUnderWhateverWrapsIt() {
    for (Throwable failure :
        List.of(
            new ExecutionException(new IllegalStateException("a shard task failed", FULL)),
            new EngineException("the Spark job of step 3 failed", FULL),
            new DataException("the source must be readable", "?", "a.csv", "check it", FULL),
            new SparkException("Not enough memory to broadcast", FULL))) {
      assertTrue(explained(failure).contains("Java heap space"), failure::toString);
    }
  }

  @Test
  void shouldTellWhoseExecutorRanOut() {
    String code52 = "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code 52";
    String limit = "Container killed by YARN for exceeding physical memory limits. 5.6 GB used";
    for (Throwable failure :
        List.of(
            new SparkException(LOST + "java.lang.OutOfMemoryError: Java heap space\n\tat x", null),
            new SparkException(LOST + code52, null),
            new EngineException(LOST + limit, null),
            new SparkException(LOST + "java.lang.OutOfMemoryError: Java heap space", FULL))) {
      String told = explained(failure);
      assertTrue(told.contains("executor 3 ran out of memory"), told);
      assertTrue(told.contains("raise spark.executor.memory"), told);
    }
  }

  @Test
  void shouldTellOtherMemoriesApart() {
    assertTrue(explained(new OutOfMemoryError("Metaspace")).contains("-XX:MaxMetaspaceSize"));
    String threads = "unable to create native thread: possibly out of memory";
    assertTrue(explained(new OutOfMemoryError(threads)).contains("ulimit -u"));
  }

  /** Spark stops when one of its threads dies of it, and tells the job no more than that. */
  @Test
  void shouldExplainWhatFailsAfterAnotherThreadDiedOfIt() {
    EngineException stopped = new EngineException("the Spark session has ended", null);
    DataException mistake = new DataException("a number must be finite", "?", "a.csv", "mend it");
    MemoryShortage.sawElsewhere(MemoryShortage.in(FULL).orElseThrow());
    try {
      assertTrue(explained(stopped).contains("Java heap space"));
      assertEquals(ExitCode.DATA, ExitCode.judge(mistake).code());
    } finally {
      MemoryShortage.forgetElsewhere();
    }
    assertEquals(ExitCode.RETRYABLE, ExitCode.judge(stopped).code());
  }

  @Test
  void shouldLeaveOtherEndsAsTheyAre() {
    String killed = "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code 137";
    Verdict verdict = ExitCode.judge(new EngineException(LOST + killed, null));
    assertEquals(ExitCode.RETRYABLE, verdict.code());
    assertEquals(ExitCode.INTERNAL, ExitCode.judge(new IllegalStateException("x")).code());
  }

  /** Spark by itself would end the process here. */
  @Test
  void shouldSurviveATaskOfThisProcessThatFindsNoMemory() {
    try (TestSession session = TestSession.open("local[1]", Map.of())) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.context());
      SparkException failure =
          assertThrows(
              SparkException.class,
              () -> context.parallelize(List.of(1), 1).map(MemoryShortageTest::tooMuch).collect());
      String told = explained(failure);
      assertTrue(told.contains("the driver, with a heap of"), told);
      assertTrue(told.contains("Java heap space"), told);
    }
  }

  private static int tooMuch(int number) {
    return new long[1 << 30][number].length + new long[1 << 30].length;
  }

  private static String explained(Throwable failure) {
    Verdict verdict = ExitCode.judge(failure);
    assertEquals(ExitCode.USAGE, verdict.code());
    assertTrue(verdict.saysAll());
    return verdict.decisive().getMessage();
  }
}
