package io.hindsight.driver.train;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * Where a run leaves its results: {@code config.yaml}, {@code metrics.jsonl}, {@code status.json},
 * {@code checkpoints/} and {@code model/}.
 *
 * @param path the directory, on the local file system
 */
public record RunDirectory(Path path) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** The directory of a run that was given none: {@code <output.directory>/<name>-<UTC time>}. */
  public static RunDirectory named(RunConfig config, Instant start) {
    return new RunDirectory(
        Path.of(config.output().directory(), config.name() + "-" + UTC.format(start)));
  }

  /**
   * Creates the directory, or makes one ready for its run to be continued.
   *
   * @param resume whether it may hold a run already
   * @throws ConfigException if it holds a run that is not to be resumed, or that has ended well
   */
  public void prepare(boolean resume) {
    try {
      // A model alone is not enough: the run may have been killed before it wrote its status.
      if (resume && Files.exists(model()) && Files.exists(status())) {
        throw ConfigException.of(
            path.toString(),
            "there is nothing to resume: the run has ended and its model is written; train a new one"
                + " in another --run-dir");
      }
      if (!resume && Files.isDirectory(path) && !isEmpty()) {
        throw ConfigException.of(
            path.toString(),
            "the run directory is not empty; choose another with --run-dir, or continue its run"
                + " with --resume");
      }
      Files.createDirectories(path);
    } catch (FileSystemException e) {
      throw ConfigException.of(
          path.toString(),
          "the run directory cannot be written (%s); name another with --run-dir"
              .formatted(reason(e)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the run directory " + path, e);
    }
  }

  /** Takes away the status of an earlier end, once the run is known to go on. */
  void forgetStatus() throws IOException {
    Files.deleteIfExists(status());
  }

  private static String reason(FileSystemException e) {
    return e instanceof FileAlreadyExistsException
        ? "it is a file"
        : e.getReason() != null ? e.getReason() : e.getClass().getSimpleName();
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  /** The resolved configuration. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** One line per step and per validation. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** Written last. */
  public Path status() {
    return path.resolve("status.json");
  }

  /** One model directory per checkpoint. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The run's result. */
  public Path model() {
    return path.resolve("model");
  }
}
