package io.hindsight.submit;

import io.hindsight.driver.cluster.LoggedProcess;
import io.hindsight.driver.cluster.StandaloneCluster;
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

  private static final Path JAVA_OPTIONS = Path.of("target", "launcher", "java.options");

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

  /**
   * Starts it once more.
   *
   * @param registry its path or URI
   * @param options of this Java process
   */
  LoggedProcess start(String registry, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(Files.readString(JAVA_OPTIONS).strip().split("\\s+")));
    command.addAll(List.of("-Xmx600m", "-Dspark.master=local[1]", "-Dspark.ui.enabled=false"));
    command.addAll(List.of(StandaloneCluster.SHORT_LIVED.split(" ")));
    command.addAll(options);
    command.add("-Dlog4j2.configurationFile=" + Path.of("../conf/log4j2.properties").toRealPath());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Hindsight.class.getName()));
    command.addAll(WaveRetraining.command(config.toString(), registry));
    return LoggedProcess.start(command, Map.of(), folder.resolve("life-" + ++lives + ".log"));
  }
}
