package io.hindsight.submit;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Runs commands one after the other in one Java, for {@code .ci/readme}: each has its own session,
 * and leaves no property behind, as if it had a Java of its own.
 *
 * <p>Standard input names a file a line, which holds the arguments of a command, each ended by a
 * zero byte. What the command writes to standard output goes into a file beside it, {@code .out}.
 * The exit code is answered as a line. Logs go to standard error. A command after which its Java
 * would not end, as a thread of it goes on, has failed.
 */
final class CommandsInTurn {
  private static final int FAILED = 1;
  private static final long PATIENCE = 20_000; // ms for threads to end

  private CommandsInTurn() {}

  public static void main(String[] none) {
    try {
      answerAll();
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(FAILED);
    }
    System.exit(0);
  }

  private static void answerAll() throws IOException, InterruptedException {
    PrintStream answers = System.out;
    Properties own = System.getProperties();
    BufferedReader calls =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String file = calls.readLine(); file != null; file = calls.readLine()) {
      System.setProperties((Properties) own.clone());
      Set<Thread> before = new HashSet<>(userThreads());
      int code = run(Path.of(file));
      answers.println(isOver(before) ? code : FAILED);
      answers.flush();
    }
  }

  /** Whether nothing that the command has started keeps Java from ending. */
  private static boolean isOver(Set<Thread> before) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE;
    List<Thread> left = List.of();
    do {
      left = userThreads().stream().filter(thread -> !before.contains(thread)).toList();
      if (left.isEmpty()) {
        return true;
      }
      Thread.sleep(10);
    } while (System.currentTimeMillis() < end);
    System.err.println("threads that keep Java from ending: " + left);
    return false;
  }

  private static List<Thread> userThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .toList();
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
