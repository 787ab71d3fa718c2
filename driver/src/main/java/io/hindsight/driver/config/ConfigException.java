package io.hindsight.driver.config;

import static java.util.stream.Collectors.joining;

import io.hindsight.datasets.Excerpt;
import java.util.List;
import java.util.Locale;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Problems that a message tells; more than that have one cause. */
  private static final int MOST_TOLD = 50;

  private static final int LONGEST = 4_000; // UTF-16 units

  private final transient List<ConfigProblem> problems;

  /**
   * An exception whose message is one line per problem, and of very many only the first ones and
   * how many more there are.
   *
   * @param problems at least one, in the order of their places
   */
  public ConfigException(List<ConfigProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** A problem of a run that no line of a file is to blame for, such as an occupied directory. */
  public static ConfigException of(String place, String message) {
    return new ConfigException(Excerpt.of(place + ": " + message, LONGEST));
  }

  private static String message(List<ConfigProblem> problems) {
    String told =
        problems.stream().limit(MOST_TOLD).map(ConfigProblem::toString).collect(joining("\n"));
    int more = problems.size() - MOST_TOLD;
    return more > 0 ? told + String.format(Locale.ROOT, "\nand %,d more", more) : told;
  }

  private ConfigException(String message) {
    super(message);
    problems = List.of();
  }

  /** All problems: those of the file by line and column, then those of the overrides. */
  public List<ConfigProblem> problems() {
    return problems == null ? List.of() : problems;
  }
}
