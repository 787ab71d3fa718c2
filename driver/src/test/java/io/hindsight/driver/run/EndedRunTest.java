package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.directory.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler repeats a command whose machine was lost before its exit code was recorded. */
class EndedRunTest {
  private static final String SMALL =
      """
      data: {format: generator, name: adding, length: 5, sequences: 40}
      model: {cell: rnn, hidden: [2], output: {at: last-step}}
      training: {steps: 3, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  @TempDir private Path folder;
  private Path run;
  private TrainingResult first;

  @BeforeEach
  void train() {
    run = folder.resolve("run");
    first = TestRuns.train(TestRuns.config(SMALL), run);
  }

  @Test
  void shouldGiveItsResultAgainAndTouchNothing() throws IOException {
    List<FileTime> before = times();
    assertEquals(first.toString(), ended("name=other").orElseThrow().toString());
    assertEquals(before, times());
  }

  @Test
  void shouldRefuseAConfigurationOfAnotherResult() {
    ConfigException refusal = assertThrows(ConfigException.class, () -> ended("training.steps=4"));
    assertTrue(refusal.getMessage().contains("steps was 3, is 4"), refusal.getMessage());
    assertEquals(ExitCode.USAGE, ExitCode.judge(refusal).code());
  }

  @Test
  void shouldNotTakeAModelForItsOwnThatIsAnother() throws IOException {
    Path other = folder.resolve("other");
    TestRuns.train(TestRuns.config(SMALL, "seed=7"), other);
    TestRuns.delete(run.resolve("model"));
    Files.move(other.resolve("model"), run.resolve("model"));
    assertEquals(Optional.empty(), ended());
  }

  @Test
  void shouldLeaveARunThatHasNotEndedToBeResumed() throws IOException {
    Files.delete(run.resolve("status.json"));
    assertEquals(Optional.empty(), ended());
    assertEquals(
        first.weightsSha256(), TestRuns.resume(TestRuns.config(SMALL), run).weightsSha256());
  }

  private Optional<TrainingResult> ended(String... overrides) {
    return EndedRun.of(new RunDirectory(run), TestRuns.config(SMALL, overrides));
  }

  private List<FileTime> times() throws IOException {
    try (var files = Files.walk(run)) {
      return files.sorted().map(EndedRunTest::time).toList();
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
