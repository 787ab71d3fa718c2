package io.hindsight.driver.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.run.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
  @TempDir private Path folder;
  private RunDirectory run;

  @BeforeEach
  void name() {
    run = new RunDirectory(folder.resolve("deep/run"));
  }

  @Test
  void shouldBeMadeWithItsParents() {
    run.prepare(false);
    assertTrue(Files.isDirectory(folder.resolve("deep/run")));
  }

  @Test
  void shouldNotBeUsedForASecondRun() throws IOException {
    run.prepare(false);
    Files.writeString(Path.of(run.metrics()), "{}\n");
    ConfigException refusal = assertThrows(ConfigException.class, () -> run.prepare(false));
    assertTrue(refusal.getMessage().contains(run.location()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--run-dir"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--resume"), refusal.getMessage());
    assertEquals("{}\n", Files.readString(Path.of(run.metrics())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBeUsedAgainWhereNothingWasTrained(boolean resume) throws IOException {
    run.prepare(false);
    failWith("failed", 0);
    Files.createFile(Path.of(run.metrics()));
    Files.writeString(Path.of(run.source()), "{}\n");
    Files.createDirectory(Path.of(run.checkpoints()));
    Files.writeString(Path.of(run.errorLog()), "stack trace");
    run.prepare(resume);
    assertEquals(List.of("checkpoints"), names());
  }

  /** Each of these may be somebody's work, or a run that is going on. */
  @Test
  void shouldKeepEverythingElse() throws IOException {
    run.prepare(false);
    failWith("failed", 0);
    keeps("metrics.jsonl", "{}\n");
    keeps("model/weights.safetensors", "x");
    keeps("checkpoints/step-000000000/MANIFEST.json", "{}");
    keeps("notes.txt", "mine");
    failWith("failed", 1);
    keeps("config.yaml", "of a run with a step");
    failWith("completed", 0);
    keeps("config.yaml", "of a run that ended well");
    Files.writeString(Path.of(run.status()), "{");
    keeps("config.yaml", "of a run whose status cannot be read");
    Files.delete(Path.of(run.status()));
    keeps("config.yaml", "of a run that is going on, or was killed");
  }

  private void failWith(String state, long steps) throws IOException {
    new StatusFile(state, 3, "no such column", Optional.empty(), steps, Map.of())
        .write(run.storage(), run.status());
    Files.writeString(Path.of(run.config()), "name: x\n");
  }

  /** Is refused with the file beside the others, all of which stay; takes the file away again. */
  private void keeps(String name, String content) throws IOException {
    Path file = Path.of(run.location(), name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    List<String> before = names();
    assertThrows(ConfigException.class, () -> run.prepare(false), name);
    assertEquals(before, names());
    assertEquals(content, Files.readString(file));
    for (Path each = file; !each.toString().equals(run.location()); each = each.getParent()) {
      Files.delete(each);
    }
  }

  private List<String> names() throws IOException {
    return run.storage().list(run.location());
  }

  @Test
  void shouldLoseTheOldStatusWhenItsRunGoesOn() throws IOException {
    run.prepare(false);
    Files.writeString(Path.of(run.status()), "{}");
    run.prepare(true);
    assertTrue(Files.exists(Path.of(run.status())), "it may still be refused");
    run.takeUp();
    assertFalse(Files.exists(Path.of(run.status())));
  }

  @Test
  void shouldNotResumeARunThatHasEnded() throws IOException {
    run.prepare(false);
    Files.createDirectories(Path.of(run.model()));
    Files.createFile(Path.of(run.model(), "MANIFEST.json"));
    Files.writeString(Path.of(run.status()), "{}");
    ConfigException refusal = assertThrows(ConfigException.class, () -> run.prepare(true));
    assertTrue(refusal.getMessage().contains("nothing to resume"), refusal.getMessage());
    assertTrue(Files.exists(Path.of(run.status())), "the run's end stays told");
  }

  @Test
  void shouldTakeItsNameFromTheRunAndTheTime() {
    String yaml =
        """
        name: waves
        data: {format: generator, name: sine, length: 5, sequences: 9}
        model: {cell: rnn, hidden: [2]}
        training: {steps: 1, optimizer: {type: sgd, learning-rate: 1}}
        output: {directory: results}
        """;
    Instant start = Instant.parse("2026-03-01T04:05:06.789Z");
    assertEquals(
        "results/waves-20260301T040506.789Z",
        RunDirectory.named(TestRuns.config(yaml), start).location());
  }
}
