package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Run directories that are no plain paths, and those that cannot be used. */
class RunLocationsTest {
  private static final String FILE_SYSTEM =
      "spark.hadoop.fs." + ObjectStoreFileSystem.SCHEME + ".impl";
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: rnn, hidden: [5]}
      training:
        steps: 11
        batch: 16
        optimizer: {type: adam, learning-rate: 0.1}
        validate-every: 5
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

  @Test
  void shouldTrainIntoAFileUri() throws IOException {
    String hash = TestRuns.train(config, folder.resolve("path")).weightsSha256();
    RunDirectory run = new RunDirectory(folder.resolve("uri").toUri().toString());
    assertEquals(hash, TrainingRun.start(config, run, false).weightsSha256());
    assertEquals(TestRuns.status(folder.resolve("path")), TestRuns.status(folder.resolve("uri")));
    assertEquals(Optional.of(folder.resolve("uri")), run.path());
  }

  @Test
  void shouldTrainIntoAnObjectStoreAndResumeThere() throws IOException {
    TrainingResult expected = TestRuns.train(config, folder);
    RunDirectory run = new RunDirectory("bucket://" + UUID.randomUUID() + "/runs/waves/");
    assertEquals(expected.weightsSha256(), TrainingRun.start(config, run, false).weightsSha256());
    assertEquals(TestRuns.FILES, run.storage().list(run.location()));
    assertRefused(run, true, ExitCode.USAGE, "nothing to resume");

    run.storage().delete(run.model() + "/" + Storage.COMMIT); // as if killed before it
    run.storage().delete(run.checkpoints() + "/step-000000008/weights.safetensors");
    TrainingResult resumed = TrainingRun.start(config, run, true);

    assertEquals(expected.weightsSha256(), resumed.weightsSha256());
    assertEquals(expected.metrics(), resumed.metrics());
    long lines =
        run.read(run.metrics()).lines().filter(line -> !line.contains("\"checkpoint\"")).count();
    assertEquals(11 + 3, lines, "steps and validations");
    assertEquals("completed", StatusFile.read(run.storage(), run.status()).state());
    ModelBundle model = ModelBundle.load(run.model(), Optional.empty(), List.of());
    assertEquals(expected.weightsSha256(), model.stored().weightsSha256());
    assertEquals(Optional.empty(), run.path());
  }

  @Test
  void shouldRecordWhatItReadInAnObjectStore() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "to be or not to be ".repeat(40));
    String data = "data={format: text, path: " + text + "}";
    RunConfig read = TestRuns.config(WAVES, data, "training.bptt={window: 5, carry-state: true}");
    RunDirectory run = new RunDirectory("bucket://" + UUID.randomUUID() + "/runs/text");
    TrainingRun.start(read, run, false);
    assertTrue(run.read(run.source()).contains("/text.txt\",\"length\":760,"));
    run.storage().delete(run.model() + "/" + Storage.COMMIT); // as if killed before it
    Files.writeString(text, "to be or not to be. ".repeat(40));

    assertRefused(read, run, true, ExitCode.DATA, "text.txt is longer: 800 bytes, 760 before");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hfds://node:8020/runs | USAGE | no file system of this scheme is known; correct it",
        "hdfs://127.0.0.1:1/runs | RETRYABLE | does not answer",
        "hdfs://no-such-host.invalid:8020/runs | RETRYABLE | no-such-host.invalid",
        "hdfs:///runs | USAGE | hdfs://host:8020/runs/first",
      })
  void shouldRefuseALocationInOneLine(String location, ExitCode code, String words) {
    String message = assertRefused(new RunDirectory(location), false, code, words);
    assertTrue(message.contains(location), message);
  }

  private String assertRefused(RunDirectory run, boolean resume, ExitCode code, String words) {
    return assertRefused(config, run, resume, code, words);
  }

  private static String assertRefused(
      RunConfig config, RunDirectory run, boolean resume, ExitCode code, String words) {
    RuntimeException refusal =
        assertThrows(RuntimeException.class, () -> TrainingRun.start(config, run, resume));
    ExitCode.Verdict verdict = ExitCode.judge(refusal);
    String message = verdict.decisive().getMessage();
    System.out.println(code.code() + ": " + message);
    assertEquals(code, verdict.code(), refusal.toString());
    assertTrue(verdict.saysAll(), "the message says all");
    assertTrue(message.contains(words), message);
    assertFalse(message.contains("\n"), message);
    return message;
  }
}
