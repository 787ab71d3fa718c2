package io.hindsight.submit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake that a user can make, and what he must be told.
 *
 * @param title the mistake in a few words
 * @param exit the exit code
 * @param told parts of what is written to standard error: the place, the value, the remedy; {@code
 *     {dir}} stands for the mistake's folder
 * @param command makes the mistake's files and answers the command line
 */
record Mistake(String title, int exit, List<String> told, Command command) {
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int DIVERGED = 4;

  /** The command line of a mistake. */
  interface Command {
    /**
     * Makes the files.
     *
     * @param bench sound data, configurations and models
     * @param dir an empty folder of this mistake's own
     * @return the arguments
     */
    List<String> in(Workbench bench, Path dir) throws IOException;
  }

  static Mistake of(
      String title, int exit, Command command, String place, String value, String remedy) {
    return new Mistake(title, exit, List.of(place, value, remedy), command);
  }

  /** What must be told, for a mistake made in a folder. */
  Stream<String> toldIn(Path dir) {
    return told.stream().map(text -> text.replace("{dir}", dir.toString()));
  }

  @Override
  public String toString() {
    return title;
  }
}
