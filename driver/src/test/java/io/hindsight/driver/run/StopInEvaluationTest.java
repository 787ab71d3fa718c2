package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose evaluation takes longer than its training, and is asked to stop in it. */
class StopInEvaluationTest {
  private static final String LONG_TEST =
      """
      data: {format: generator, name: mackey-glass, length: 5000, sequences: 64,
        split: {by: id, validation: 0, test: 56}}
      model: {cell: lstm, hidden: [48]}
      training: {steps: 1, batch: 8, bptt: {window: 5, carry-state: true},
        optimizer: {type: adam, learning-rate: 0.01}}
      """;

  private final RunConfig config = TestRuns.config(LONG_TEST);
  @TempDir private Path folder;

  /** Asks when the only step is in the metrics. */
  private static final class AfterTheStep implements StopRequest {
    private final CompletableFuture<String> origin = new CompletableFuture<>();

    AfterTheStep(Path metrics) {
      Thread thread =
          new Thread(
              () -> {
                while (metrics.toFile().length() == 0) {
                  LockSupport.parkNanos(1_000_000);
                }
                origin.complete("the test");
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public Optional<String> origin() {
      return Optional.ofNullable(origin.getNow(null));
    }

    @Override
    public void onRequest(Runnable listener) {
      origin.thenRun(listener);
    }
  }

  @Test
  void shouldKeepWhatWasTrainedAndEvaluateItWhenResumed() throws IOException {
    Path run = folder.resolve("run");
    StopRequest stop = new AfterTheStep(run.resolve("metrics.jsonl"));
    RunDirectory directory = new RunDirectory(run);
    ResumableException end =
        assertThrows(
            ResumableException.class, () -> TrainingRun.start(config, directory, false, stop));
    assertEquals(
        "interrupted at step 1 by the test; its state is saved, continue with --resume",
        end.getMessage());
    assertEquals("interrupted", TestRuns.status(run).state());
    assertEquals(1, TestRuns.status(run).steps());
    assertFalse(Files.exists(run.resolve("model")));
    TrainingResult resumed = TestRuns.resume(config, run);
    TrainingResult straight = TestRuns.train(config, folder.resolve("straight"));
    assertEquals(straight.weightsSha256(), resumed.weightsSha256());
    assertEquals(straight.metrics(), resumed.metrics());
    assertEquals(1, TestRuns.metrics(run).stream().filter(line -> line.has("loss")).count());
  }
}
