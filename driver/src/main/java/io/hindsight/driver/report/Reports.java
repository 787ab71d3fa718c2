package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.files.HadoopSettings;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.report.run.RunFigures;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Writes what runs came to, from what their directories tell. */
public final class Reports {
  /** The name of a page about one run. */
  public static final String FILE = "report.html";

  private Reports() {}

  /**
   * Writes {@code report.html} and {@code report.json} into a run directory, in the place of older
   * ones.
   *
   * @return the file to look at
   * @throws io.hindsight.driver.config.ConfigException if it is no run directory
   */
  public static String write(RunDirectory run) {
    return write(run, RunFigures.of(run));
  }

  /** The same of a run that is known. */
  public static String write(RunDirectory run, RunFigures figures) {
    try {
      run.storage().replace(run.reportJson(), Json.pretty(ReportJson.of(figures)));
      run.storage().replace(run.report(), ReportPage.of(figures, Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report of " + run.location(), e);
    }
    return run.report();
  }

  /**
   * The page of a candidate of a retraining.
   *
   * @param run that trained it
   * @param blessing what the gates say of it
   */
  public static byte[] ofCandidate(RunDirectory run, Blessing blessing) {
    return ReportPage.of(RunFigures.of(run), Optional.of(blessing));
  }

  /**
   * The page of a retraining that ended before it trained.
   *
   * @param name of the configuration
   * @param blessing what the gates say of the data
   */
  public static byte[] ofRefusedData(String name, Blessing blessing) {
    return ReportPage.of(name, blessing);
  }

  /**
   * Writes a page that puts runs side by side.
   *
   * @param runs two at least
   * @param file a path or URI, in the place of an older one
   * @throws io.hindsight.driver.config.ConfigException if one is no run directory
   */
  public static void compare(List<RunDirectory> runs, String file) {
    write(file, ComparisonPage.of(runs.stream().map(RunFigures::of).toList()));
  }

  /**
   * Writes a page about an evaluation.
   *
   * @param model where it is
   * @param evaluation as {@code evaluate --json} prints it
   * @param examples a closer look at some answers; absent if there are none
   * @param file a path or URI, in the place of an older one
   */
  public static void evaluation(
      String model, JsonNode evaluation, Optional<JsonNode> examples, String file) {
    write(file, EvaluationPage.of(model, evaluation, examples));
  }

  private static void write(String file, byte[] page) {
    try {
      Storage.of(file, HadoopSettings::configuration).replace(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
