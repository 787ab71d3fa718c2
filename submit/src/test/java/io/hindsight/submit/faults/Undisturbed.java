package io.hindsight.submit.faults;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TrainingRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The weights of runs that nothing disturbs, each trained once in this process. */
final class Undisturbed {
  private final Path folder;
  private final Map<Task, String> hashes = new HashMap<>();

  Undisturbed(Path folder) {
    this.folder = folder;
  }

  /** SHA-256 of a task's weights. */
  String sha256(Task task) {
    return hashes.computeIfAbsent(task, this::train);
  }

  private String train(Task task) {
    RunConfig config =
        ConfigReader.read(task.yaml() + "  engine: local\n", "undisturbed", List.of());
    RunDirectory directory = new RunDirectory(folder.resolve("undisturbed-" + hashes.size()));
    return TrainingRun.start(config, directory, false).weightsSha256();
  }
}
