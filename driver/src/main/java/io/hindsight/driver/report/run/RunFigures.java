package io.hindsight.driver.report.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * A run as its directory tells it.
 *
 * @param location of the directory
 * @param config with every default
 * @param configText the same as it stands there
 * @param status how it ended; absent while it goes on, or if it was killed
 * @param evaluation what its model reaches beside simple answers, as {@code evaluate --json} prints
 *     it; absent without a model, and where tasks have scored it
 * @param examples a closer look at some of its answers, as {@code examples.json} tells; absent
 *     unless it was kept
 * @param parent the model that it was trained further from, as {@code parent.json} tells; absent if
 *     the seed began
 * @param history of its steps
 */
public record RunFigures(
    String location,
    RunConfig config,
    String configText,
    Optional<StatusFile> status,
    Optional<JsonNode> evaluation,
    Optional<JsonNode> examples,
    Optional<JsonNode> parent,
    RunHistory history) {
  /**
   * Reads a run directory.
   *
   * @throws ConfigException if it is none
   */
  public static RunFigures of(RunDirectory run) {
    try {
      return of(
          run,
          run.storage().exists(run.status())
              ? Optional.of(StatusFile.read(run.storage(), run.status()))
              : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read how the run in " + run.location() + " ended", e);
    }
  }

  /**
   * Reads a run directory whose run is known.
   *
   * @param status how it ended; absent while it goes on
   */
  public static RunFigures of(RunDirectory run, Optional<StatusFile> status) {
    try {
      Storage storage = run.storage();
      String yaml = config(run);
      return new RunFigures(
          run.location(),
          ConfigReader.read(yaml, run.config(), List.of()),
          yaml,
          status,
          json(run, run.evaluation()),
          json(run, run.examples()),
          json(run, run.parent()),
          RunHistory.read(storage, run.metrics()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the run in " + run.location(), e);
    }
  }

  private static String config(RunDirectory run) throws IOException {
    try {
      return run.read(run.config());
    } catch (NoSuchFileException | FileNotFoundException none) {
      throw ConfigException.of(
          run.location(),
          "this is no run directory, as it has no config.yaml; name one of 'train'");
    }
  }

  private static Optional<JsonNode> json(RunDirectory run, String file) throws IOException {
    if (!run.storage().exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = run.storage().open(file)) {
      return Optional.of(new ObjectMapper().readTree(in));
    }
  }
}
