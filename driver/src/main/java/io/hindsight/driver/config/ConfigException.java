package io.hindsight.driver.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /**
   * An exception whose message is one line per problem.
   *
   * @param problems at least one, in the order of their places
   */
  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** A problem of a run that no line of a file is to blame for, such as an occupied directory. */
  public static ConfigException of(String place, String message) {
    return new ConfigException(place + ": " + message);
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
