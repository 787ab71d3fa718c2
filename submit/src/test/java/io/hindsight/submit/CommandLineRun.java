package io.hindsight.submit;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command run in this process, with what it wrote.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int code, String out, String err) {

  static CommandLineRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = RootCommand.run(new PrintWriter(out), new PrintWriter(err), args);
    return new CommandLineRun(code, out.toString(), err.toString());
  }

  /** Whether a stack trace was shown. */
  boolean showsStackTrace() {
    return err.contains("\tat ") || out.contains("\tat ");
  }
}
