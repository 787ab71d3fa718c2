package io.hindsight.driver.run;

import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import java.nio.file.Path;
import java.util.List;

/** A driver that a test may kill. */
final class TrainMain {
  private TrainMain() {}

  /** Trains by a configuration file into a run directory. */
  public static void main(String[] args) {
    TrainingRun.start(
        ConfigReader.read(Path.of(args[0]), List.of()), new RunDirectory(args[1]), false);
  }
}
