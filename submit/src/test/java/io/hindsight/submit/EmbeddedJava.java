package io.hindsight.submit;

import io.hindsight.driver.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java that runs a command as the launcher has it embedded: the jar and Spark's on the class
 * path, with the launcher's archive of their classes, and the tests' own classes behind them.
 */
final class EmbeddedJava {
  private static final Path TARGET = Path.of("target");
  private static final Path LAUNCHER = TARGET.resolve("launcher");
  private static final long PATIENCE_SECONDS = 300;

  private EmbeddedJava() {}

  /**
   * The process to start.
   *
   * @param options of this Java process, besides those that all have
   * @param arguments of the command line
   */
  static List<String> command(List<String> options, List<String> arguments) throws IOException {
    String base = Files.readString(LAUNCHER.resolve("java.options")).strip();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(base.split("\\s+")));
    command.add("-Xmx600m");
    command.addAll(List.of(StandaloneCluster.SHORT_LIVED.split(" ")));
    archive().ifPresent(file -> command.addAll(List.of("-Xlog:disable", file)));
    command.add("-Dlog4j2.configurationFile=" + Path.of("../conf/log4j2.properties").toRealPath());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), Hindsight.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private static String classPath() throws IOException {
    String jar = TARGET.resolve("hindsight.jar").toRealPath().toString();
    String libraries = Files.readString(LAUNCHER.resolve("classpath.txt")).strip();
    return String.join(":", jar, libraries, TARGET.resolve("test-classes").toRealPath().toString());
  }

  /** The option for it, which the launcher makes where there is none; absent if it cannot. */
  static synchronized Optional<String> archive() throws IOException {
    try (FileChannel file =
            FileChannel.open(
                TARGET.resolve("archive.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock others = file.lock()) {
      if (newest().isEmpty() && others.isValid()) {
        make();
      }
      return newest().map(archive -> "-XX:SharedArchiveFile=" + archive.toAbsolutePath());
    }
  }

  private static Optional<Path> newest() throws IOException {
    try (Stream<Path> files = Files.list(LAUNCHER)) {
      return files
          .filter(file -> file.toString().endsWith(".jsa"))
          .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()));
    }
  }

  /** A command that ends as soon as the archive is there. */
  private static void make() throws IOException {
    ProcessBuilder launcher =
        new ProcessBuilder("./hindsight", "train", "absent.yaml")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    launcher.environment().remove("SPARK_HOME");
    launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = launcher.start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
