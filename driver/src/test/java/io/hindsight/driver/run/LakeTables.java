package io.hindsight.driver.run;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.snapshot.SourceVersion;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.table.PinnedTable;
import io.hindsight.datasets.table.TableReader;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.retrain.LakeRetraining;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * Runs on tables of Delta and Iceberg that are written to between their start and {@code --resume}.
 * {@code .ci/lake-tables} starts it under a Spark that both libraries have a release for.
 */
public final class LakeTables {
  private static final String YAML =
      """
      data:
        format: FORMAT
        path: PATH
        sequence: id
        time: t
        inputs: [x]
        targets: [x]
        split: {by: time, validation: 2, test: 2}
      model: {cell: gru, hidden: [4]}
      training:
        steps: 6
        batch: 8
        optimizer: {type: sgd, learning-rate: 1e-2}
        checkpoint: {every-steps: 3}
      """;

  /**
   * A table, and how it is read and emptied.
   *
   * @param name in SQL
   * @param removal statements that take the first version away
   */
  private record Table(
      String format, String path, String name, String using, List<String> removal) {}

  private final Path folder;
  private final SparkSession session;

  private LakeTables(Path folder, SparkSession session) {
    this.folder = folder;
    this.session = session;
  }

  /** With an empty folder as the argument. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    try (TestSession opened = TestSession.open("local[2]", settings(folder))) {
      SparkSession session = SparkSession.builder().getOrCreate();
      session.sparkContext().setLogLevel("OFF"); // that files are gone is meant to be
      LakeTables test = new LakeTables(folder, session);
      for (Table table : tables(folder)) {
        test.resume(table);
        System.out.printf("%s as %s %s: as it should be%n", table.name, table.format, table.path);
      }
      test.retrain();
      System.out.println("retraining on tables of both: as it should be");
    }
  }

  private static Map<String, String> settings(Path folder) {
    String iceberg = "org.apache.iceberg.spark.SparkCatalog";
    return Map.ofEntries(
        Map.entry("spark.ui.enabled", "false"),
        Map.entry("spark.sql.shuffle.partitions", "2"),
        Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"),
        Map.entry("spark.sql.warehouse.dir", folder.resolve("warehouse").toString()),
        Map.entry(
            "spark.sql.extensions",
            "io.delta.sql.DeltaSparkSessionExtension,"
                + "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"),
        Map.entry(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
        Map.entry("spark.databricks.delta.snapshotPartitions", "2"),
        Map.entry("spark.databricks.delta.retentionDurationCheck.enabled", "false"),
        Map.entry("spark.sql.catalog.ice", iceberg),
        Map.entry("spark.sql.catalog.ice.type", "hadoop"),
        Map.entry("spark.sql.catalog.ice.warehouse", folder.resolve("ice").toString()),
        Map.entry("spark.sql.catalog.default_iceberg", iceberg),
        Map.entry("spark.sql.catalog.default_iceberg.type", "hadoop"),
        Map.entry("spark.sql.catalog.default_iceberg.warehouse", folder.resolve("ice").toString()));
  }

  private static List<Table> tables(Path folder) {
    String path = folder.resolve("of delta").toString();
    String byPath = "delta.`" + path + "`";
    return List.of(
        new Table("delta", path, byPath, "delta", vacuum(byPath)),
        new Table("table", "loads", "loads", "delta", vacuum("loads")),
        new Table("iceberg", "ice.db.a", "ice.db.a", "iceberg", expiry("a")),
        new Table("iceberg", folder + "/ice/db/b", "ice.db.b", "iceberg", expiry("b")),
        new Table("table", "ice.db.c", "ice.db.c", "iceberg", expiry("c")));
  }

  private static List<String> vacuum(String name) {
    return List.of("DELETE FROM " + name, "VACUUM " + name + " RETAIN 0 HOURS");
  }

  private static List<String> expiry(String name) {
    String expire =
        "CALL ice.system.expire_snapshots(table => 'db.%s', retain_last => 1,"
            + " older_than => TIMESTAMP '2100-01-01 00:00:00')";
    return List.of(expire.formatted(name));
  }

  private static RunConfig config(Table table, String... changes) {
    String yaml = YAML.replace("FORMAT", table.format).replace("PATH", "'" + table.path + "'");
    return TestRuns.config(yaml, changes);
  }

  private void resume(Table table) throws IOException {
    RunConfig config = config(table);
    String rows = "SELECT concat('s', id %% 3) id, id DIV 3 t, sin(id) x FROM range(%d, %d)";
    session.sql(
        "CREATE TABLE %s USING %s AS ".formatted(table.name, table.using) + rows.formatted(0, 60));
    Path run = folder.resolve(table.name.replaceAll("[^a-z]", ""));
    String expected = TestRuns.train(config, run).weightsSha256();
    String source = Files.readString(run.resolve("source.jsonl"));
    require(source.contains("\"kind\":\"version\",\"table\":\"" + table.using), source);
    TestRuns.kill(run);

    session.sql("INSERT INTO " + table.name + " " + rows.formatted(60, 90));
    String resumed = TestRuns.resume(config, run).weightsSha256();
    require(resumed.equals(expected), "resumed to " + resumed + ", not " + expected);
    require(Files.readString(run.resolve("source.jsonl")).equals(source), "another version");
    String newest =
        TestRuns.train(config, run.resolveSibling(run.getFileName() + "-newest")).weightsSha256();
    require(!newest.equals(expected), "the newest version was not read");

    readAGivenVersion(table, config, expected, run, source);
    readAPinnedVersion(table, rows.formatted(90, 96));
    if (table.format.equals("delta")) {
      readANamedVersion(table, run.resolveSibling(run.getFileName() + "-named"), expected);
    }

    TestRuns.kill(run);
    table.removal.forEach(session::sql);
    try {
      TestRuns.resume(config, run);
    } catch (DataException refusal) {
      System.out.println(refusal.getMessage());
      require(refusal.getMessage().startsWith("version "), refusal.getMessage());
      require(ExitCode.judge(refusal).code() == ExitCode.DATA, "exit code");
      return;
    }
    throw new AssertionError("a version that is gone was read");
  }

  private void retrain() {
    List<String> paths =
        List.of(folder.resolve("load").toString(), folder.resolve("golden").toString());
    List<String> byPath = paths.stream().map("delta.`%s`"::formatted).toList();
    LakeRetraining.run(session, folder, "delta", "delta", paths, byPath);
    List<String> inCatalog = List.of("ice.db.d", "ice.db.golden");
    LakeRetraining.run(session, folder, "iceberg", "iceberg", inCatalog, inCatalog);
    List<String> loads = List.of("hourly", "verified");
    LakeRetraining.run(session, folder, "table", "delta", loads, loads);
  }

  /** The first version, with whatever the table holds now. */
  private void readANamedVersion(Table table, Path run, String expected) throws IOException {
    RunConfig config = config(table, "data.options={versionAsOf: 0}");
    require(TestRuns.train(config, run).weightsSha256().equals(expected), "not version 0");
    String source = Files.readString(run.resolve("source.jsonl"));
    require(source.contains("\"version\":\"0\""), source);
    String model = run.resolve("model").toString();
    require(options(model, Optional.empty()).equals(Map.of("versionAsOf", "0")), "its own data");
    Optional<String> other = Optional.of(table.path);
    require(options(model, other).isEmpty(), "another table in the version of the first");
    require(
        options(model, other, "data.options.mergeSchema=true")
            .equals(Map.of("mergeSchema", "true")),
        "another table with an option");
    require(
        options(model, other, "data.options.versionAsOf=1").equals(Map.of("versionAsOf", "1")),
        "another table with a version");
  }

  private static Map<String, String> options(
      String model, Optional<String> data, String... overrides) {
    ModelBundle bundle = ModelBundle.load(model, data, List.of(overrides));
    return ((TableSpec) bundle.config().data()).location().options();
  }

  /** As a retraining does, whose configuration names none; also one that is killed early. */
  private static void readAGivenVersion(
      Table table, RunConfig config, String expected, Path run, String source) throws IOException {
    Matcher number = Pattern.compile("\"version\":\"([0-9]+)\"").matcher(source);
    require(number.find(), source);
    Optional<SourceVersion> version =
        Optional.of(new SourceVersion(table.path, table.using, number.group(1)));
    Path given = run.resolveSibling(run.getFileName() + "-given");
    String weights =
        TrainingRun.start(config, new RunDirectory(given), false, version, StopRequest.NEVER)
            .weightsSha256();
    require(weights.equals(expected), "the given version was not read");
    TestRuns.kill(given);
    TestRuns.delete(given.resolve("checkpoints"));
    Files.delete(given.resolve("source.jsonl"));
    String again =
        TrainingRun.start(config, new RunDirectory(given), true, version, StopRequest.NEVER)
            .weightsSha256();
    require(again.equals(expected), "the given version was not read after a kill");
  }

  /** All readings of a command see the version that the first of them would. */
  private void readAPinnedVersion(Table table, String more) {
    TableSpec spec = (TableSpec) config(table).data();
    TableSpec pinned = PinnedTable.of(spec);
    long before = steps(pinned);
    session.sql("INSERT INTO " + table.name + " " + more);
    require(steps(pinned) == before, "rows were read that came later");
    require(PinnedTable.of(pinned).equals(pinned), "a named version was changed");
    require(steps(PinnedTable.of(spec)) == before + 6, "the newest version was not read");
  }

  private static long steps(TableSpec spec) {
    TableReader reader = new TableReader(spec, new Reading());
    return reader.read(spec.columns()).sequences().stream().mapToLong(RawSequence::length).sum();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
