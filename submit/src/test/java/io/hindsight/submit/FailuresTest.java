package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.submit.options.CommonOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class FailuresTest {
  private static final DataException BAD_DATA =
      new DataException("a number must be finite", "'NaN'", "a.csv, row 3", "mend the file");

  @TempDir private Path folder;

  @Test
  void shouldShowAUsersMistakeAsItsMessageAlone() {
    CommandLineRun run = failing(BAD_DATA);
    assertEquals(3, run.code());
    assertEquals(BAD_DATA.getMessage() + System.lineSeparator(), run.err());
  }

  @Test
  void shouldFindTheMistakeUnderWhatSparkWrapsAroundIt() {
    CommandLineRun run = failing(new IllegalStateException("Job aborted", BAD_DATA));
    assertEquals(3, run.code());
    assertEquals(BAD_DATA.getMessage() + System.lineSeparator(), run.err());
  }

  @Test
  void shouldKeepTheStackTraceOfAnInternalErrorInTheRunsFolder() throws IOException {
    CommandLineRun run = failing(new IllegalStateException("no such shard"));
    assertEquals(1, run.code());
    assertTrue(run.err().contains("internal error"), run.err());
    assertTrue(run.err().contains("no such shard"), run.err());
    assertFalse(run.showsStackTrace());
    Path log = folder.resolve("error.log");
    assertTrue(run.err().contains(log.toString()), run.err());
    assertTrue(Files.readString(log).contains("\tat " + FailuresTest.class.getName()));
  }

  @Test
  void shouldShowTheStackTraceWhenAsked() {
    CommandLineRun run = failing(new IllegalStateException("no such shard"), "--stacktrace");
    assertEquals(1, run.code());
    assertTrue(run.showsStackTrace());
    assertFalse(Files.exists(folder.resolve("error.log")));
  }

  @Test
  void shouldCallALostConnectionWorthAnotherTry() {
    CommandLineRun run = failing(new IllegalStateException(new ConnectException("refused")));
    assertEquals(6, run.code());
    assertTrue(run.err().contains("try again"), run.err());
  }

  private CommandLineRun failing(Exception failure, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Failing(failure, folder))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new Failures())
            .execute(args);
    return new CommandLineRun(code, out.toString(), err.toString());
  }

  @Command(name = "failing")
  private static final class Failing implements Callable<Integer>, Failures.HasFolder {
    @Mixin private CommonOptions common;
    private final Exception failure;
    private final Path folder;

    Failing(Exception failure, Path folder) {
      this.failure = failure;
      this.folder = folder;
    }

    @Override
    public Integer call() throws Exception {
      throw failure;
    }

    @Override
    public Optional<Path> folder() {
      return Optional.of(folder);
    }
  }
}
