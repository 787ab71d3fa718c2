package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A retraining that is started by the same command again and again, as processes. */
final class RetrainLives {
  /** How long a retraining may take. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path folder;
  private final Path config;
  private int lives;

  /** Of a wave in a table in a folder. */
  RetrainLives(Path folder) throws IOException {
    this.folder = folder;
    Path csv = Files.writeString(folder.resolve("wave.csv"), WaveRetraining.csv());
    String yaml = WaveRetraining.config(csv.toString());
    config = Files.writeString(folder.resolve("wave.yaml"), yaml);
  }

  /** A retraining that nobody disturbs, in this process. */
  void runHere(Path registry) {
    TestSession.start();
    List<String> command = WaveRetraining.command(config.toString(), registry.toString());
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
  }

  /**
   * Starts it once more.
   *
   * @param registry its path or URI
   * @param options of this Java process
   */
  LoggedProcess start(String registry, List<String> options) throws IOException {
    List<String> all = new ArrayList<>(List.of("-Dspark.master=local[1]"));
    all.add("-Dspark.ui.enabled=false");
    TestSession.NO_GENERATED_CODE.forEach((key, value) -> all.add("-D" + key + "=" + value));
    all.addAll(options);
    List<String> command =
        EmbeddedJava.command(all, WaveRetraining.command(config.toString(), registry));
    return LoggedProcess.start(command, Map.of(), folder.resolve("life-" + ++lives + ".log"));
  }
}
