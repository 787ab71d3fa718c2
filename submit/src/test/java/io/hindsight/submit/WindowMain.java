package io.hindsight.submit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Says the windows and keys of retrainings in a Java with a time zone and a language of its own.
 */
final class WindowMain {
  private WindowMain() {}

  /**
   * Says where it is, then a line for each retraining.
   *
   * @param args the configuration and a file of lines {@code ZONE INSTANT}
   */
  public static void main(String[] args) throws Exception {
    System.out.println(ZoneId.systemDefault() + " " + Locale.getDefault().toLanguageTag());
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      String[] words = line.split(" ");
      CommandLineRun run =
          CommandLineRun.of(
              "retrain",
              args[0],
              "--registry=unused",
              "--set=data.window.zone=" + words[0],
              "--as-of=" + words[1],
              "--dry-run",
              "--json");
      System.out.println(line + " " + run.code() + " " + run.out().strip() + run.err().strip());
    }
  }
}
