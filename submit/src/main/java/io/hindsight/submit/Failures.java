package io.hindsight.submit;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.engine.EngineException;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.run.ExitCode.Verdict;
import io.hindsight.submit.options.CommonOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns what a command throws into an exit code and a message: for a user's mistake the message
 * alone, for anything else a short one and the place of the stack trace.
 */
final class Failures implements IExecutionExceptionHandler {

  private static final int LONGEST = 60_000; // UTF-16 units: fifty problems of a configuration

  /** A command with a folder for what it leaves behind. */
  interface HasFolder {
    /** The folder; empty as long as there is none. */
    Optional<Path> folder();
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return report(failure, command);
  }

  /**
   * Reports a failure.
   *
   * @param failure what the command threw
   * @param command the command, or the root where it is not known
   * @return the exit code
   */
  static int report(Throwable failure, CommandLine command) {
    PrintWriter err = command.getErr();
    Verdict verdict = ExitCode.judge(failure);
    err.println(Excerpt.of(message(verdict), LONGEST));
    if (command.getParseResult().hasMatchedOption(CommonOptions.STACKTRACE)) {
      failure.printStackTrace(err);
    } else if (!verdict.saysAll()) {
      err.println(whereToLook(failure, command.getCommand()));
    }
    return verdict.code().code();
  }

  private static String message(Verdict verdict) {
    Throwable decisive = verdict.decisive();
    if (verdict.saysAll()) {
      return decisive.getMessage();
    }
    if (verdict.code() == ExitCode.INTERNAL) {
      return "hindsight: internal error: " + decisive;
    }
    boolean ours = decisive instanceof EngineException; // others say half of it by their name
    return "hindsight: the infrastructure failed, try again: "
        + (ours ? decisive.getMessage() : decisive);
  }

  private static String whereToLook(Throwable failure, Object command) {
    try {
      Path file = file(command);
      try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
        failure.printStackTrace(writer);
      }
      return "The stack trace is in " + file + ".";
    } catch (IOException unwritable) {
      return "Run again with " + CommonOptions.STACKTRACE + " to see the stack trace.";
    }
  }

  private static Path file(Object command) throws IOException {
    Optional<Path> folder =
        command instanceof HasFolder known
            ? known.folder().filter(Files::isDirectory)
            : Optional.empty();
    return folder.isPresent()
        ? folder.get().resolve("error.log")
        : Files.createTempFile("hindsight-error-", ".log");
  }
}
