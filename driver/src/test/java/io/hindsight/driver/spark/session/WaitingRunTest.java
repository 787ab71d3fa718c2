package io.hindsight.driver.spark.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.storage.LocalStorage;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a cluster that has a master and no executor, in which Spark waits for ever. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class WaitingRunTest {
  private static final String NO_WORKER = "local-cluster[0,1,1024]";
  private static final String GENERATED =
      "{format: generator, name: adding, length: 5, sequences: 20}";
  private static final String RUN =
      """
      data: %s
      model: {cell: rnn, hidden: [2]%s}
      training: {steps: 2, batch: 8, engine: %s, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  @TempDir private Path folder;
  private final Map<String, String> settings = new TreeMap<>(Map.of("spark.master", NO_WORKER));

  @AfterEach
  void clear() {
    settings.keySet().forEach(System::clearProperty);
  }

  /** Asks as soon as a job waits. */
  private static final class Request implements StopRequest {
    private final CompletableFuture<String> origin = new CompletableFuture<>();

    @Override
    public Optional<String> origin() {
      return Optional.ofNullable(origin.getNow(null));
    }

    @Override
    public void onRequest(Runnable listener) {
      origin.thenRun(listener);
    }

    void askWhenAJobWaits() {
      Thread thread =
          new Thread(
              () -> {
                while (!aJobWaits()) {
                  LockSupport.parkNanos(1_000_000); // the session needs the cores
                }
                origin.complete("the test");
              });
      thread.setDaemon(true);
      thread.start();
    }

    private static boolean aJobWaits() {
      return Sessions.present()
          .filter(context -> context.statusTracker().getActiveJobIds().length > 0)
          .isPresent();
    }
  }

  /** Cores are counted first, unless they are told; then the first step waits. */
  @ParameterizedTest
  @ValueSource(strings = {"spark-resident", "spark-resident 2", "spark-jobs", "spark-jobs 2"})
  void shouldEndWhenAskedWhileItWaitsForExecutors(String engineAndCores) throws IOException {
    String[] words = engineAndCores.split(" ");
    if (words.length > 1) {
      settings.put("spark.default.parallelism", words[1]);
    }
    assertInterrupted(config(GENERATED, ", output: {at: last-step}", words[0]));
  }

  @Test
  void shouldEndWhenAskedWhileATableIsRead() throws IOException {
    assertInterrupted(config(table(), "", "local"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-resident", "spark-jobs", "table"})
  void shouldGiveUpAfterTheTimeThatIsSet(String waiting) throws IOException {
    settings.put("spark.hindsight.executors.timeout", "2s");
    RunConfig config =
        waiting.equals("table")
            ? config(table(), "", "local")
            : config(GENERATED, ", output: {at: last-step}", waiting);
    settings.forEach(System::setProperty);
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Exception end =
        assertThrows(RuntimeException.class, () -> TrainingRun.start(config, run, false));
    assertEquals(ExitCode.RETRYABLE, ExitCode.judge(end).code());
    StatusFile status = StatusFile.read(new LocalStorage(), run.status());
    assertEquals("failed", status.state());
    assertTrue(status.reason().startsWith("no executor was there for 2 s"), status.reason());
    assertTrue(Sessions.present().isEmpty(), "its session is gone, so another can begin");
  }

  private String table() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "t,x\n1,1\n2,2\n3,3\n4,5\n5,8\n6,2\n");
    return "{format: csv, path: '%s', options: {header: true}, time: t, inputs: [x], targets: [x], split: {validation: 0, test: 0}}"
        .formatted(file);
  }

  private static RunConfig config(String data, String output, String engine) {
    return ConfigReader.read(RUN.formatted(data, output, engine), "test.yaml", List.of());
  }

  private void assertInterrupted(RunConfig config) throws IOException {
    settings.forEach(System::setProperty);
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Request request = new Request();
    request.askWhenAJobWaits();
    ResumableException end =
        assertThrows(
            ResumableException.class, () -> TrainingRun.start(config, run, false, request));
    StatusFile status = StatusFile.read(new LocalStorage(), run.status());
    assertEquals("interrupted", status.state());
    assertEquals(ExitCode.RETRYABLE.code(), status.exitCode());
    assertEquals(end.getMessage(), status.reason());
    assertTrue(end.getMessage().contains("by the test"), end.getMessage());
    assertFalse(end.getMessage().contains("is left"), "it ended by itself: " + end.getMessage());
    assertTrue(Sessions.present().isEmpty(), "its session is closed");
  }
}
