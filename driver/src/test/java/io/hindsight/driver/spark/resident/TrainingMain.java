package io.hindsight.driver.spark.resident;

import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.run.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A driver in a process of its own: trains, prints the hash, and ends with the run's exit code. */
public final class TrainingMain {
  private TrainingMain() {}

  /** Takes a configuration file, the run directory, and whether to resume. */
  public static void main(String[] args) throws Exception {
    int code = 0;
    try {
      var result =
          TrainingRun.start(
              ConfigReader.read(Files.readString(Path.of(args[0])), args[0], List.of()),
              new RunDirectory(Path.of(args[1])),
              Boolean.parseBoolean(args[2]));
      System.out.println("weights " + result.weightsSha256());
    } catch (RuntimeException failure) {
      ExitCode.Verdict verdict = ExitCode.judge(failure);
      System.out.println("failed: " + verdict.decisive());
      code = verdict.code().code();
    }
    System.exit(code);
  }
}
