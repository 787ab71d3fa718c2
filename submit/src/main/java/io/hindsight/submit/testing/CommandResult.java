package io.hindsight.submit.testing;

import io.hindsight.driver.run.ExitCode;

/**
 * What a command did.
 *
 * @param code exit code, see {@link ExitCode}
 * @param out standard output: results
 * @param err standard error: messages, except those of the log
 */
public record CommandResult(int code, String out, String err) {
  /**
   * What stands behind a name in the results, as {@code weights_sha256} of {@code train}.
   *
   * @throws IllegalArgumentException if there is no such line, with all that the command wrote
   */
  public String figure(String name) {
    return out.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the command with exit code %d wrote no '%s':%n%s%s"
                        .formatted(code, name, out, err)));
  }

  /**
   * As {@link #figure}, of a number.
   *
   * @throws NumberFormatException if it is none
   */
  public double number(String name) {
    return Double.parseDouble(figure(name));
  }
}
