package io.hindsight.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
