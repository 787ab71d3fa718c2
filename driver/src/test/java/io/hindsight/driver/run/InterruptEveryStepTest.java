package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.train.ResumableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of 40 steps with everything that a checkpoint must carry, stopped after each of them. */
class InterruptEveryStepTest {
  private static final int STEPS = 40;
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: mackey-glass, length: 40, sequences: 30}
      model: {cell: lstm, hidden: [3, 2]}
      training:
        steps: 40
        batch: 12
        tasks: 1
        bptt: {window: 9, carry-state: true, curriculum: {from: 2, over-steps: 28}}
        optimizer: {type: adam, learning-rate: 3e-2}
        schedule: {type: cosine, warmup-steps: 8}
        clip: {norm: 0.5}
        validate-every: 3
        early-stopping: {patience: 30}
      """;

  private final RunConfig config = TestRuns.config(WAVES);
  @TempDir private Path folder;
  private TrainingResult expected;

  @BeforeEach
  void trainWithoutInterruption() {
    expected = TestRuns.train(config, folder.resolve("straight"));
    assertEquals(STEPS, expected.steps());
  }

  @Test
  void shouldReachTheSameBitsFromEveryStep() {
    List<Integer> different = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      Path run = folder.resolve("stopped-" + step);
      TestRuns.stopAfter(step, config, run);
      TrainingResult resumed = TestRuns.resume(config, run);
      if (!resumed.weightsSha256().equals(expected.weightsSha256())
          || !resumed.metrics().equals(expected.metrics())) {
        different.add(step);
      }
    }
    assertEquals(List.of(), different);
  }

  @Test
  void shouldReachTheSameBitsWhenOneRunIsInterruptedAfterEachOfItsSteps() throws IOException {
    Path run = folder.resolve("stopped");
    for (int step = 1; step < STEPS; step++) {
      ResumableException end = TestRuns.stopAfter(1, config, run);
      String told =
          "interrupted at step %d by the test; its state is saved, continue with --resume";
      assertEquals(told.formatted(step), end.getMessage());
      StatusFile status = TestRuns.status(run);
      assertEquals("interrupted", status.state());
      assertEquals(ExitCode.RETRYABLE.code(), status.exitCode());
      assertEquals(step, status.steps());
      assertEquals(end.getMessage(), status.reason());
    }
    TrainingResult resumed = TestRuns.resume(config, run);
    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    assertEquals(expected.metrics(), resumed.metrics());
    assertEquals(lossesOf("straight"), lossesOf("stopped"));
  }

  @Test
  void shouldStopWhenTheCallersThreadIsInterrupted() throws Exception {
    Path run = folder.resolve("interrupted");
    RunConfig longer = TestRuns.config(WAVES, "training.steps=1000000", "training.epochs=null");
    boolean[] handedOn = new boolean[1];
    Thread caller =
        new Thread(
            () -> {
              TestRuns.stopAfter(Long.MAX_VALUE, longer, run);
              handedOn[0] = Thread.currentThread().isInterrupted();
            });
    caller.start();
    Path metrics = run.resolve("metrics.jsonl");
    while (caller.isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
      Thread.sleep(1);
    }
    caller.interrupt();
    caller.join();
    StatusFile status = TestRuns.status(run);
    assertTrue(handedOn[0], "the interrupt is handed on: " + status);
    assertEquals("interrupted", status.state());
    assertTrue(status.reason().contains("by the interrupt of its thread"), status.reason());
    long saved = status.steps();
    assertTrue(saved > 0, status.reason());
    assertEquals(
        saved + 1,
        TestRuns.metrics(run).stream().filter(line -> line.has("loss")).count()
            + TestRuns.metrics(run).stream().filter(line -> line.has("checkpoint")).count());
  }

  @Test
  void shouldStayWhereItIsWhenItIsStoppedAgainAtOnce() throws IOException {
    Path run = folder.resolve("twice");
    TestRuns.stopAfter(7, config, run);
    TestRuns.stopAfter(0, config, run);
    assertEquals(7, TestRuns.status(run).steps());
    assertFalse(Files.exists(run.resolve("model")));
    assertEquals(expected.weightsSha256(), TestRuns.resume(config, run).weightsSha256());
  }

  private List<Double> lossesOf(String run) throws IOException {
    return TestRuns.metrics(folder.resolve(run)).stream()
        .filter(line -> line.has("loss"))
        .map(line -> line.get("loss").doubleValue())
        .toList();
  }
}
