package io.hindsight.submit.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the system. */
final class Commands {
  private Commands() {}

  /**
   * Runs one to its end.
   *
   * @return what it said
   * @throws IOException with what it said, if it does not exist or ends with another code than 0
   */
  static String call(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
