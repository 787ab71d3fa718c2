package io.hindsight.driver.config.yaml;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a configuration. */
public final class Problems {
  private final List<Located> found = new ArrayList<>();

  private record Located(SourcePlace place, ConfigProblem problem) {}

  /** Records a problem with the key {@code path}. */
  public void add(SourcePlace place, String path, String message, String remedy) {
    ConfigProblem problem =
        new ConfigProblem(place.source(), place.line(), place.column(), path, message, remedy);
    found.add(new Located(place, problem));
  }

  /** Whether neither this key nor one below it has a problem so far. */
  boolean sound(String path) {
    return found.stream()
        .map(f -> f.problem().key())
        .noneMatch(key -> key.equals(path) || key.startsWith(path + "."));
  }

  /**
   * Ends the reading if anything was found.
   *
   * @throws ConfigException with all problems so far
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  /** All problems so far, in the order of their places. */
  ConfigException exception() {
    return new ConfigException(
        found.stream().sorted(Comparator.comparing(Located::place)).map(Located::problem).toList());
  }
}
