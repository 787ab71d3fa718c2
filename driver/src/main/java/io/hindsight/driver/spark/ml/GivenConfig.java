package io.hindsight.driver.spark.ml;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.ConfigProblem;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration that an estimator was given.
 *
 * @param given YAML, or the path of a file
 * @param changes {@code section.key=value} each
 */
record GivenConfig(String given, List<String> changes) {
  /** Keys that hold a place, or how it is reached. */
  private static final List<String> PLACES =
      List.of(
          "data.path",
          "data.options",
          "data.store",
          "data.holidays",
          "training.start-from",
          "output.directory",
          "gate.golden");

  private static final String WITHOUT_PATH = "data.format=jdbc"; // any that needs none

  GivenConfig {
    changes = List.copyOf(changes);
  }

  /**
   * The configuration of a run on a view, which stands in the place of the table.
   *
   * @throws ConfigException with every problem of the configuration
   */
  RunConfig on(String view) {
    refuseSecrets();
    RunConfig run = read(changes, "data.format=table", "data.path=" + view, "data.options=null");
    if (run.store().isPresent()) {
      throw ConfigException.of(
          "data.store",
          "what is kept there is found again by the place of the table, and a data set has none; leave it out, or train on the table itself with train");
    }
    return run;
  }

  /**
   * Refuses secrets in the table's place and options, though a data set stands in for them: a stage
   * is written with all that it was given, also what its changes replace.
   *
   * @throws ConfigException if there is one
   */
  void refuseSecrets() {
    if (isText()) {
      refuseSecrets(List.of());
    }
    refuseSecrets(changes);
  }

  private void refuseSecrets(List<String> some) {
    try {
      read(some, WITHOUT_PATH);
    } catch (ConfigException e) {
      List<ConfigProblem> places = e.problems().stream().filter(GivenConfig::isOfPlace).toList();
      if (!places.isEmpty()) {
        throw new ConfigException(places);
      }
    }
  }

  private static boolean isOfPlace(ConfigProblem problem) {
    return PLACES.stream()
        .anyMatch(key -> problem.key().equals(key) || problem.key().startsWith(key + "."));
  }

  private boolean isText() {
    return given.contains("\n") || given.stripLeading().startsWith("{");
  }

  private RunConfig read(List<String> some, String... last) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(last));
    return isText()
        ? ConfigReader.read(given, "config", all)
        : ConfigReader.read(Path.of(given), all);
  }
}
