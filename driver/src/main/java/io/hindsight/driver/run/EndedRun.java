package io.hindsight.driver.run;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigDifferences;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.start.WarmStart;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run that has ended well, for a scheduler that repeats a command until it succeeds: the machine
 * may be lost between the run's last act and the record of its exit code.
 */
public final class EndedRun {
  private static final String COMPLETED = "completed";

  private EndedRun() {}

  /**
   * Its result; empty where the run has not ended well, or its model is not the one of its status.
   *
   * @param config must come to the same result as the run's own
   * @throws ConfigException if it does not, naming the keys that differ, or the models it starts
   *     from
   */
  public static Optional<TrainingResult> of(RunDirectory directory, RunConfig config) {
    try {
      if (!directory.hasModel() || !directory.storage().exists(directory.status())) {
        return Optional.empty();
      }
      StatusFile status = StatusFile.read(directory.storage(), directory.status());
      if (!isOf(status, new ModelStore().load(directory.model()).weightsSha256())) {
        return Optional.empty();
      }
      requireSame(directory, config);
      return Optional.of(result(directory, status));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty(); // who prepares the directory says what is wrong with it
    }
  }

  private static boolean isOf(StatusFile status, String weights) {
    return status.state().equals(COMPLETED)
        && status.weightsSha256().filter(weights::equals).isPresent();
  }

  private static TrainingResult result(RunDirectory directory, StatusFile status) {
    return new TrainingResult(
        directory.location(),
        status.steps(),
        status.weightsSha256().orElseThrow(),
        new TreeMap<>(status.metrics()),
        status.data());
  }

  private static void requireSame(RunDirectory directory, RunConfig config) throws IOException {
    String saved = directory.read(directory.config());
    RunConfig was = ConfigReader.read(saved, "configuration of the run", List.of());
    List<String> differences = ConfigDifferences.between(was, config);
    if (!differences.isEmpty()) {
      throw ConfigException.of(
          directory.location(),
          "there is nothing to resume: the run has ended and its model is written, and its configuration was another (%s); train a new one in another --run-dir"
              .formatted(String.join(", ", differences)));
    }
    WarmStart.requireSame(config, directory);
  }
}
