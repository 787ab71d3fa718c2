package io.hindsight.submit;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Runs commands one after the other in one Java, for {@code .ci/readme}: each has its own session,
 * and leaves no property behind, as if it had a Java of its own.
 *
 * <p>Standard input names a file a line, which holds the arguments of a command, each ended by a
 * zero byte. What the command writes to standard output goes into a file beside it, {@code .out}.
 * The exit code is answered as a line. Logs go to standard error.
 */
final class CommandsInTurn {
  private CommandsInTurn() {}

  public static void main(String[] none) throws IOException {
    PrintStream answers = System.out;
    Properties own = System.getProperties();
    BufferedReader calls =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String file = calls.readLine(); file != null; file = calls.readLine()) {
      System.setProperties((Properties) own.clone());
      int code = run(Path.of(file));
      answers.println(code);
      answers.flush();
    }
    System.exit(0);
  }

  private static int run(Path arguments) throws IOException {
    String[] words = Files.readString(arguments).split("\0");
    try (PrintStream out =
        new PrintStream(new FileOutputStream(arguments + ".out"), true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      return RootCommand.run(words);
    }
  }
}
