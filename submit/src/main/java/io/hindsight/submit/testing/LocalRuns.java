package io.hindsight.submit.testing;

import io.hindsight.driver.spark.session.LocalSession;
import io.hindsight.submit.RootCommand;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Runs commands in the process of a test, as the launcher does: with its exit codes, its messages,
 * and its settings of Spark, whose session they share until this is closed. It needs no test
 * framework: open it before the first test of a class, and close it after the last.
 */
public final class LocalRuns implements AutoCloseable {
  private final LocalSession session;

  private LocalRuns(LocalSession session) {
    this.session = session;
  }

  /**
   * Starts Spark in this process on two threads, which takes some seconds, unless it runs already:
   * then that session is used and stays.
   */
  public static LocalRuns open() {
    return new LocalRuns(LocalSession.open());
  }

  /**
   * Runs a command to its end.
   *
   * @param command its name, arguments and options, as behind {@code submit/hindsight}
   * @return what came of it; a failure is in its exit code, not thrown
   */
  public CommandResult run(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = RootCommand.run(new PrintWriter(out), new PrintWriter(err), command);
    return new CommandResult(code, out.toString(), err.toString());
  }

  /** Stops Spark, unless it ran before. */
  @Override
  public void close() {
    session.close();
  }
}
