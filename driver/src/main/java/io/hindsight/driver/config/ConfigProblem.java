package io.hindsight.driver.config;

import io.hindsight.datasets.Excerpt;
import java.util.Objects;

/**
 * One thing wrong with a configuration: where it is, what is wrong, and what to do about it.
 *
 * @param file the file as the user named it, or the override {@code --set key=value}
 * @param line from 1; 0 if there is none, as in an override or a file that cannot be read
 * @param column from 1, in Unicode code points; 0 if there is none
 * @param key dotted path, such as {@code training.batch}; empty if the whole file is meant
 * @param message the broken rule and the actual value
 * @param remedy what to change
 */
public record ConfigProblem(
    String file, int line, int column, String key, String message, String remedy) {
  private static final int LONGEST = 1_000; // UTF-16 units
  private static final int LONGEST_KEY = 200;

  public ConfigProblem {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
  }

  /**
   * The problem in one line, in the form {@code file:line:column: key: message; remedy}; of long
   * parts only the beginning.
   */
  @Override
  public String toString() {
    String name = Excerpt.line(file, LONGEST);
    String place = line == 0 ? name : name + ":" + line + ":" + column;
    String path = key.isEmpty() ? "" : Excerpt.line(key, LONGEST_KEY) + ": ";
    String wrong = Excerpt.line(message, LONGEST);
    return place + ": " + path + wrong + "; " + Excerpt.line(remedy, LONGEST);
  }
}
