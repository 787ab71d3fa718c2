package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs scripts, and other programs, in processes of their own. */
final class Shell {
  private static final List<String> UNSET =
      List.of("SPARK_HOME", "SPARK_CONF_DIR", "SPARK_MASTER_URL", "HADOOP_CONF_DIR", "HINDSIGHT");

  private Shell() {}

  /** Runs bash, and keeps what it writes below a folder. */
  static CommandLineRun bash(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(
        folder, environment, Stream.concat(Stream.of("bash"), Stream.of(arguments)).toList());
  }

  static CommandLineRun run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(environment, command, out, err);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + command);
    return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  static Process start(Map<String, String> environment, List<String> command, Path out, Path err)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    UNSET.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Writes a program in bash, that stands for another. */
  static Path program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** Whether there is a program of this name. */
  static boolean has(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
