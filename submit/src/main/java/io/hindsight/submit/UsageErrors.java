package io.hindsight.submit;

import io.hindsight.datasets.Excerpt;
import io.hindsight.driver.run.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with what is wrong, the nearest right word, and where to read. */
final class UsageErrors implements IParameterExceptionHandler {
  private static final int LONGEST = 2_000; // UTF-16 units of what may quote an argument

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("hindsight: " + Excerpt.of(error.getMessage(), LONGEST));
    UnmatchedArgumentException.printSuggestions(error, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.code();
  }
}
