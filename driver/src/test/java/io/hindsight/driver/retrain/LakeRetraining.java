package io.hindsight.driver.retrain;

import io.hindsight.datasets.TimeWindow;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.PinnedTable;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A retraining on a table of a format that keeps versions, which is written to afterwards. */
public final class LakeRetraining {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int HOURS = 240;
  private static final String YAML =
      """
      data:
        format: %s
        path: '%s'
        sequence: station
        time: t
        inputs: [x]
        targets: [x]
        horizon: 1
        scale: standardize
        split: {by: time, validation: 24, test: 48}
      model: {cell: gru, hidden: [6], output: {at: every-step}}
      training:
        epochs: 12
        batch: 8
        bptt: {window: 24, stride: 8, carry-state: false}
        optimizer: {type: adam, learning-rate: 2.0e-2}
      gate: {model: {golden: '%s'}}
      """;

  private LakeRetraining() {}

  /**
   * The model's configuration names no version, so other tables, the golden one among them, are
   * read in theirs, and the same table in its newest.
   *
   * @param path of the table, and of the golden one
   * @param names of both in SQL; the golden one has fewer versions
   */
  public static void run(
      SparkSession session,
      Path folder,
      String format,
      String using,
      List<String> path,
      List<String> names) {
    for (String name : names) {
      session.sql("CREATE TABLE %s USING %s AS ".formatted(name, using) + rows(0, HOURS));
    }
    session.sql("INSERT INTO " + names.get(0) + " " + rows(HOURS, HOURS + 1));
    RetrainRequest request =
        new RetrainRequest(
            ConfigReader.read(
                YAML.formatted(format, path.get(0), path.get(1)), "lake.yaml", List.of()),
            folder.resolve("registry " + names.get(0).replaceAll("[^a-z]", "")).toString(),
            new TimeWindow(START, START.plus(Duration.ofHours(HOURS))),
            Optional.empty(),
            RetrainRequest.Start.SCRATCH,
            true);
    RetrainResult result = Retraining.run(request, StopRequest.NEVER);
    require(result.outcome() == Outcome.PROMOTED, result.status().reason());
    requireVersion(Path.of(request.registry()), (TableSpec) request.config().data());

    session.sql("INSERT INTO " + names.get(0) + " " + rows(HOURS + 1, HOURS + 2));
    TableSpec newest = PinnedTable.of((TableSpec) request.config().data());
    require(PinnedTable.versionOptions(newest).size() == 1, "no version of " + path.get(0));
    ModelBundle bundle = ModelBundle.load(request.registry(), Optional.of(path.get(0)), List.of());
    TableSpec read = (TableSpec) bundle.config().data();
    require(
        PinnedTable.of(read).location().options().equals(newest.location().options()),
        "options " + read.location().options());
  }

  /** The version of the registry tells which one of the table it was trained on. */
  private static void requireVersion(Path registry, TableSpec data) {
    Map<String, String> options = PinnedTable.of(data).location().options();
    String trained =
        options.get(PinnedTable.versionOptions(PinnedTable.of(data)).iterator().next());
    try (Stream<Path> files = Files.walk(registry.resolve("versions"))) {
      Path file = files.filter(path -> path.endsWith("data.json")).findFirst().orElseThrow();
      String told =
          Json.parse(Files.readAllBytes(file), file.toString()).findPath("table_version").asText();
      require(told.equals(trained), "trained on " + trained + ", but told is '" + told + "'");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + registry, e);
    }
  }

  private static String rows(int from, int to) {
    return """
        SELECT concat('s', id %% 2) station,
          timestamp_seconds(%d + (id DIV 2) * 3600) t,
          20 + 5 * sin(id DIV 2 * pi() / 6 + id %% 2) x
        FROM range(%d, %d)"""
        .formatted(START.getEpochSecond(), 2 * from, 2 * to);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
