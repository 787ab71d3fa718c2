package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Drivers that are killed again and again while they train, and resumed: the weights in the end are
 * those of a run that nobody disturbed.
 *
 * <p>{@code -Dhindsight.kills=100} kills more often; {@code -Dhindsight.seed=N} repeats a choice of
 * moments, as far as the machine's own timing lets it.
 */
class DriverKillIT {
  private static final int KILLS = Integer.getInteger("hindsight.kills", 3);
  private static final long SEED = Long.getLong("hindsight.seed", System.nanoTime());
  private static final int STRIDE = 15; // steps between two kills, on average
  private static final int DELAY_MICROS = 30_000; // at most, after the step that is waited for
  private static final int STEPS = 50 + 4 * STRIDE * KILLS;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] RARELY = {"--set", "training.checkpoint.every-steps=100"};

  @TempDir private static Path folder;
  private static Path config;
  private static String expected;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    System.out.println("DriverKillIT: -Dhindsight.seed=" + SEED);
    config = folder.resolve("run.yaml");
    Files.writeString(
        config,
        """
        data: {format: generator, name: mackey-glass, length: 60, sequences: 60}
        model: {cell: lstm, hidden: [8, 5]}
        training:
          steps: %d
          batch: 20
          bptt: {window: 12, carry-state: true, curriculum: {from: 2, over-steps: %d}}
          optimizer: {type: adam, learning-rate: 1e-2, amsgrad: true}
          schedule: {type: cosine, warmup-steps: 20}
          clip: {norm: 0.5}
          validate-every: 40
          early-stopping: {patience: 1000}
          checkpoint: {every-steps: 1, keep: 2}
        """
            .formatted(STEPS, STEPS / 2));
    Path run = folder.resolve("undisturbed");
    try (DriverLife life = DriverLife.start(config, run, "--set", "training.checkpoint=null")) {
      assertEquals(0, life.exitCode(), life.output());
    }
    expected = status(run).get("weights_sha256").asText();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldComeToTheSameBitsAfterKillsAtRandomMoments() throws Exception {
    Path run = folder.resolve("killed");
    int whileSaving = 0;
    long made = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String every = "training.checkpoint.every-steps=" + (1 + random.nextInt(3));
      try (DriverLife life = DriverLife.start(config, run, "--resume", "--set", every)) {
        life.awaitStepsBeyond(made + random.nextInt(2 * STRIDE));
        TimeUnit.MICROSECONDS.sleep(random.nextInt(DELAY_MICROS));
        life.kill();
        made = life.stepsMade();
        assertSound(life);
        whileSaving += life.isSaving() ? 1 : 0;
      }
      assertFalse(Files.exists(run.resolve("status.json")), "it had not ended");
    }
    System.out.printf("DriverKillIT: %d kills, %d inside a save%n", KILLS, whileSaving);
    assertResumesToTheSameBits(run);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldComeToTheSameBitsAfterKillsInsideASave() throws Exception {
    Path run = folder.resolve("killed-saving");
    int kills = 0;
    for (int life = 0; kills < 2; life++) {
      assertTrue(life < 50, "too few kills were inside a save: " + kills);
      kills += killInsideASave(run) ? 1 : 0;
    }
    assertResumesToTheSameBits(run);
    try (var left = Files.list(run.resolve("checkpoints"))) {
      assertEquals(List.of(), left.filter(path -> path.toString().contains(".tmp-")).toList());
    }
  }

  private static boolean killInsideASave(Path run) throws Exception {
    try (DriverLife life = DriverLife.start(config, run, "--resume")) {
      life.awaitSave();
      life.kill();
      assertSound(life);
      return life.isSaving();
    }
  }

  /** Spark has a shutdown hook that would end the session under the step. */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSaveAndEndOnSigtermWithEitherEngine() throws Exception {
    Path run = folder.resolve("terminated");
    long saved = 0; // steps of the lives before, whose lines the file already has
    for (String engine : List.of("local", "spark-jobs", "local")) {
      String[] options = {"--master", "local[2]", "--set", "training.engine=" + engine};
      try (DriverLife life = DriverLife.start(config, run, withResume(options))) {
        long made = life.awaitStepsBeyond(saved + random.nextInt(2 * STRIDE));
        long start = System.nanoTime();
        assertEquals(6, life.terminate(), life.output());
        System.out.printf(
            "DriverKillIT: SIGTERM to exit with %s %d ms%n",
            engine, (System.nanoTime() - start) / 1_000_000);
        assertSound(life);
        JsonNode status = status(run);
        assertEquals("interrupted", status.get("state").asText());
        assertEquals(6, status.get("exit_code").asInt());
        long steps = status.get("steps").asLong();
        String reason =
            "interrupted at step %d by SIGTERM; its state is saved, continue with --resume";
        assertEquals(reason.formatted(steps), status.get("reason").asText());
        assertTrue(life.output().contains(reason.formatted(steps)), life.output());
        assertTrue(steps >= made && steps < STEPS, "ended at step " + steps);
        saved = steps;
      }
    }
    assertResumesToTheSameBits(run);
  }

  /** The first stands still until the second looks for a sign of life, so as not to end before. */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldRefuseASecondDriverUntilTheFirstIsKilled() throws Exception {
    Path run = folder.resolve("shared");
    try (DriverLife first = DriverLife.start(config, run)) {
      first.awaitStepsBeyond(STRIDE);
      first.signal("STOP");
      try (DriverLife second = DriverLife.start(config, run, "--resume")) {
        second.awaitOutput("looking for a sign of life");
        first.signal("CONT");
        assertEquals(5, second.exitCode(), second.output());
        String named = "is in use by process %d on host ".formatted(first.number());
        assertTrue(second.output().contains(named), second.output());
        assertSound(second);
      }
      first.awaitStepsBeyond(first.stepsMade() + STRIDE);
      first.kill();
      assertSound(first);
    }
    assertResumesToTheSameBits(run);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldEndADriverThatStoodStillWhileAnotherTookOver() throws Exception {
    Path run = folder.resolve("taken-over");
    try (DriverLife first = DriverLife.start(config, run)) {
      long made = first.awaitStepsBeyond(STRIDE);
      first.signal("STOP");
      try (DriverLife second = DriverLife.start(config, run, "--resume")) {
        second.awaitStepsBeyond(made + STRIDE);
        first.signal("CONT");
        assertEquals(5, first.exitCode(), first.output());
        assertTrue(first.output().contains("this process no longer holds"), first.output());
        String named = "process %d on host ".formatted(second.number());
        assertTrue(first.output().contains(named), first.output());
        assertEquals(0, second.exitCode(), second.output());
        assertSound(first);
        assertSound(second);
      }
    }
    assertWhole(run);
  }

  private static void assertResumesToTheSameBits(Path run) throws Exception {
    try (DriverLife life = DriverLife.start(config, run, withResume(RARELY))) {
      assertEquals(0, life.exitCode(), life.output());
      assertSound(life);
    }
    assertWhole(run);
  }

  private static void assertWhole(Path run) throws Exception {
    assertEquals(expected, status(run).get("weights_sha256").asText());
    assertEquals(status(folder.resolve("undisturbed")).get("metrics"), status(run).get("metrics"));
    assertEquals(
        LongStream.range(0, STEPS).boxed().toList(),
        Files.readAllLines(run.resolve("metrics.jsonl")).stream()
            .filter(line -> line.contains("\"grad_norm\""))
            .map(line -> Long.valueOf(line.replaceFirst("^\\{\"step\":([0-9]+),.*", "$1")))
            .toList(),
        "each step's line once");
  }

  /** No kill leaves a checkpoint that looks whole and is not, and no end is a surprise. */
  private static void assertSound(DriverLife life) throws IOException {
    assertFalse(life.output().contains("skipped"), life.output());
    assertFalse(life.output().contains("\tat "), life.output());
  }

  private static String[] withResume(String... options) {
    return Stream.concat(Stream.of("--resume"), Stream.of(options)).toArray(String[]::new);
  }

  private static JsonNode status(Path run) throws IOException {
    return JSON.readTree(run.resolve("status.json").toFile());
  }
}
