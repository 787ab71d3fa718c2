package io.hindsight.driver.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.train.ResumableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundCheckpointerTest {
  private static final String WAVES =
      """
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: gru, hidden: [5]}
      training:
        steps: 25
        batch: 16
        bptt: {window: 5, carry-state: true}
        optimizer: {type: adam, learning-rate: 0.01}
        checkpoint: {every-steps: 1, keep: 100}
      """;

  @TempDir private Path folder;

  @Test
  void shouldNeitherLeaveOutNorOvertakeACheckpointWhenTheyAreDueFasterThanTheyAreWritten()
      throws IOException {
    TestRuns.train(TestRuns.config(WAVES), folder);
    List<JsonNode> lines =
        TestRuns.metrics(folder).stream().filter(line -> line.has("checkpoint")).toList();
    List<Long> steps = LongStream.rangeClosed(1, 25).boxed().toList();
    assertEquals(steps, lines.stream().map(line -> line.get("step").longValue()).toList());
    for (JsonNode line : lines) {
      JsonNode checkpoint = line.get("checkpoint");
      assertTrue(checkpoint.get("stall_ms").doubleValue() > 0, line::toString);
      assertTrue(checkpoint.get("save_ms").doubleValue() > 0, line::toString);
      // Weights and two slots of Adam: I 1, H 5, O 1; the state of two blocks.
      long parameters = 3 * 5 * (1 + 5 + 2) + 5 + 1;
      assertEquals(8 * (3 * parameters + 2 * 5 * 8), checkpoint.get("bytes").longValue());
    }
    try (Stream<Path> written = Files.list(folder.resolve("checkpoints"))) {
      assertEquals(25, written.filter(path -> path.toString().contains("step-")).count());
    }
  }

  @Test
  void shouldResumeFromEveryCheckpointThatWasWrittenBesideTraining() throws IOException {
    RunConfig config = TestRuns.config(WAVES);
    String expected = TestRuns.train(config, folder).weightsSha256();
    for (int kill = 1; kill <= 20; kill += 3) {
      TestRuns.kill(folder);
      for (int further = 1; further < kill; further++) {
        deleteNewestCheckpoint();
      }
      assertEquals(expected, TestRuns.resume(config, folder).weightsSha256(), "kill " + kill);
    }
  }

  private void deleteNewestCheckpoint() throws IOException {
    try (Stream<Path> checkpoints = Files.list(folder.resolve("checkpoints"))) {
      TestRuns.delete(checkpoints.max(Path::compareTo).orElseThrow());
    }
  }

  @Test
  void shouldEndTheRunAtTheNextDueStepWhenASaveFails() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path checkpoints = run.resolve("checkpoints");
    Files.writeString(checkpoints, "a file where the folder should be");
    RunConfig config = TestRuns.config(WAVES, "training.checkpoint.every-steps=4");

    ResumableException end =
        assertThrows(ResumableException.class, () -> TestRuns.resume(config, run));

    StatusFile status = TestRuns.status(run);
    assertTrue(end.getMessage().startsWith("cannot write the checkpoint of step 4 in "));
    assertTrue(end.getMessage().contains(checkpoints.toString()), end.getMessage());
    assertEquals("failed", status.state());
    assertEquals(6, status.exitCode());
    assertEquals(end.getMessage(), status.reason());
    assertTrue(status.steps() >= 4 && status.steps() <= 8, "ended at step " + status.steps());
  }

  @Test
  void shouldNotEndWellWhenTheLastSaveFails() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path checkpoints = run.resolve("checkpoints");
    Files.writeString(checkpoints, "a file where the folder should be");
    RunConfig config = TestRuns.config(WAVES, "training.checkpoint.every-steps=25");

    assertThrows(ResumableException.class, () -> TestRuns.resume(config, run));

    assertEquals(6, TestRuns.status(run).exitCode());
    Files.delete(checkpoints);
    String expected = TestRuns.train(config, folder.resolve("other")).weightsSha256();
    assertEquals(expected, TestRuns.resume(config, run).weightsSha256());
  }
}
