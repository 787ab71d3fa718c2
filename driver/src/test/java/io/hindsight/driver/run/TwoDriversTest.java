package io.hindsight.driver.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.lease.LeaseException;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import io.hindsight.driver.storage.Storage;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two drivers on one run directory: the second is refused, and the first if it has lost it. */
class TwoDriversTest {
  private static final String FILE_SYSTEM =
      "spark.hadoop.fs." + ObjectStoreFileSystem.SCHEME + ".impl";
  private static final String OTHERS = "written by the other";
  private static final String OTHERS_LEASE =
      """
      {"format": "hindsight-lease", "format_version": 1, "state": "%s", "owner": "other",
       "command": "train waves --resume", "host": "far-away", "process": 4711, "beat": 1,
       "started": "2026-11-03T10:00:00Z"}
      """;
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: rnn, hidden: [5]}
      training:
        steps: 60
        batch: 16
        optimizer: {type: adam, learning-rate: 0.1}
        checkpoint: {every-steps: 4, keep: 2}
      """;

  @TempDir private Path folder;
  private final RunConfig config = TestRuns.config(WAVES);

  @BeforeEach
  void addFileSystem() {
    System.setProperty(FILE_SYSTEM, ObjectStoreFileSystem.class.getName());
  }

  @AfterEach
  void removeFileSystem() {
    System.clearProperty(FILE_SYSTEM);
  }

  private RunDirectory directory(String storage) {
    return storage.equals("disk")
        ? new RunDirectory(folder.resolve("run"))
        : new RunDirectory("bucket://" + UUID.randomUUID() + "/run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk", "bucket"})
  void shouldRefuseTheSecondAndLeaveTheFirstAlone(String storage) throws IOException {
    String undisturbed = TestRuns.train(config, folder.resolve("alone")).weightsSha256();
    RunDirectory run = directory(storage);
    List<ExitCode.Verdict> refusals = new ArrayList<>();
    StopRequest whileTraining =
        atStep(
            30,
            () -> {
              refusals.add(refusal(run, true));
              refusals.add(refusal(run, false));
            });

    TrainingResult result = TrainingRun.start(config, run, false, whileTraining);

    assertEquals(undisturbed, result.weightsSha256());
    assertEquals(2, refusals.size());
    for (ExitCode.Verdict refusal : refusals) {
      String message = refusal.decisive().getMessage();
      System.out.println(refusal.code().code() + ": " + message);
      assertEquals(ExitCode.LOCKED, refusal.code());
      assertTrue(refusal.saysAll());
      assertTrue(message.startsWith("the run directory " + run.location()), message);
      assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
      assertTrue(message.contains("(train waves, since 20"), message);
      assertTrue(message.contains("wait until it has ended"), message);
    }
    assertEquals("completed", StatusFile.read(run.storage(), run.status()).state());
    long steps = run.read(run.metrics()).lines().filter(l -> l.contains("\"grad_norm\"")).count();
    assertEquals(60, steps);
    assertTrue(lease(run, 1).contains("\"released\""), lease(run, 1));
    assertEquals(ExitCode.USAGE, refusal(run, true).code(), "ended, it is free and not to resume");
  }

  /** What the other wrote meanwhile stays, and nothing is added to it. */
  @ParameterizedTest
  @ValueSource(strings = {"disk", "bucket"})
  void shouldWriteNothingMoreOnceAnotherHasTakenOver(String storage) throws IOException {
    RunDirectory run = directory(storage);
    Map<String, String> left = new TreeMap<>();
    StopRequest takeover =
        atStep(
            30,
            () -> {
              takeOver(run, "held");
              left.putAll(files(run));
            });

    LeaseException end =
        assertThrows(LeaseException.class, () -> TrainingRun.start(config, run, false, takeover));

    System.out.println(end.getMessage());
    assertEquals(ExitCode.LOCKED, ExitCode.judge(end).code());
    assertTrue(end.getMessage().contains("process 4711 on host far-away"), end.getMessage());
    Map<String, String> now = files(run);
    assertEquals(left, now);
    assertFalse(run.storage().exists(run.status()), "the other tells how the run ends");
    assertFalse(run.storage().exists(run.model()), "the other writes the model");
  }

  /** As a file that the other has deleted while this one stood still and was to read it. */
  @Test
  void shouldTellTheLossWhateverElseFailsWithIt() {
    RunDirectory run = directory("disk");
    StopRequest failing =
        atStep(
            30,
            () -> {
              claim(run, "held");
              throw new IOException("no such file");
            });
    LeaseException end =
        assertThrows(LeaseException.class, () -> TrainingRun.start(config, run, false, failing));
    assertEquals(ExitCode.LOCKED, ExitCode.judge(end).code());
    assertTrue(end.getSuppressed()[0].getMessage().contains("no such file"), end.toString());
  }

  @Test
  void shouldBeToRunAgainWhereTheOtherHasEndedToo() {
    RunDirectory run = directory("disk");
    LeaseException end =
        assertThrows(
            LeaseException.class,
            () ->
                TrainingRun.start(config, run, false, atStep(30, () -> takeOver(run, "released"))));
    assertEquals(ExitCode.RETRYABLE, ExitCode.judge(end).code());
    assertTrue(end.getMessage().contains("has ended since"), end.getMessage());
  }

  @Test
  void shouldGiveTheLeaseBackHoweverARunEnds() throws IOException {
    RunDirectory run = directory("disk");
    TestRuns.stopAfter(5, config, folder.resolve("run"));
    assertTrue(lease(run, 1).contains("\"released\""), "interrupted");
    RunConfig other = TestRuns.config(WAVES, "training.batch=8");
    assertEquals(ExitCode.USAGE, refusal(run, other, true).code());
    assertTrue(lease(run, 2).contains("\"released\""), "refused");
    assertEquals(60, TestRuns.resume(config, folder.resolve("run")).steps());
    assertTrue(lease(run, 3).contains("\"released\""), "completed");
  }

  @Test
  void shouldLeaveNoLeaseInAFolderThatIsNoRunDirectory() throws IOException {
    RunDirectory run = directory("disk");
    run.storage().createDirectory(run.location());
    run.storage().replace(run.location() + "/thesis.txt", OTHERS.getBytes(UTF_8));
    assertEquals(ExitCode.USAGE, refusal(run, false).code());
    assertEquals(List.of("thesis.txt"), run.storage().list(run.location()));
  }

  @Test
  void shouldBeStoppedWhileItWaits() throws IOException {
    RunDirectory run = directory("disk");
    claim(run, "held");
    ResumableException end =
        assertThrows(
            ResumableException.class,
            () -> TrainingRun.start(config, run, true, () -> Optional.of("the test")));
    assertEquals(
        "interrupted by the test before training began; nothing was changed, run it again",
        end.getMessage());
  }

  private ExitCode.Verdict refusal(RunDirectory run, boolean resume) {
    return refusal(run, config, resume);
  }

  private static ExitCode.Verdict refusal(RunDirectory run, RunConfig config, boolean resume) {
    return ExitCode.judge(
        assertThrows(RuntimeException.class, () -> TrainingRun.start(config, run, resume)));
  }

  /** Something that another process does. */
  private interface Deed {
    void run() throws IOException;
  }

  /** Does something before a step, and never asks the run to stop. */
  private static StopRequest atStep(int step, Deed deed) {
    int[] asked = new int[1];
    return () -> {
      if (asked[0]++ == step) {
        try {
          deed.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return Optional.empty();
    };
  }

  /** Once the first has no save under way, whose end nobody could foretell. */
  private static void takeOver(RunDirectory run, String state) throws IOException {
    List<String> saved = List.of("step-000000024", "step-000000028");
    while (!run.storage().list(run.checkpoints()).equals(saved)) {
      LockSupport.parkNanos(1_000_000);
    }
    claim(run, state);
    Storage storage = run.storage();
    storage.delete(run.lease() + "/00000001.json");
    storage.replace(run.metrics(), OTHERS.getBytes(UTF_8));
    storage.replace(run.checkpoints() + "/.tmp-others", OTHERS.getBytes(UTF_8));
    storage.delete(run.checkpoints() + "/step-000000024");
  }

  private static void claim(RunDirectory run, String state) throws IOException {
    run.storage().createDirectory(run.lease());
    byte[] lease = OTHERS_LEASE.formatted(state).getBytes(UTF_8);
    run.storage().replace(run.lease() + "/00000002.json", lease);
  }

  private static String lease(RunDirectory run, int number) throws IOException {
    return run.read(run.lease() + "/0000000" + number + ".json");
  }

  /** Every file and its content. */
  private static Map<String, String> files(RunDirectory run) throws IOException {
    Map<String, String> files = new TreeMap<>();
    collect(run, run.location(), files);
    return files;
  }

  private static void collect(RunDirectory run, String at, Map<String, String> files)
      throws IOException {
    for (String name : run.storage().list(at)) {
      String place = at + "/" + name;
      boolean isFile = name.contains(".") && !name.endsWith(".parts");
      if (isFile) {
        files.put(place, run.read(place));
      } else {
        collect(run, place, files);
      }
    }
  }
}
