package io.hindsight.driver.spark.stream;

import io.hindsight.driver.spark.ml.SequenceEstimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Small models, and rows that come file by file, one file a trigger. */
final class StreamFiles {
  private static final String YAML =
      """
      data:
        sequence: id
        time: t
        inputs: [x]
        targets: [y]
        split: {by: id, validation: 0, test: 0}
      model: {cell: lstm, hidden: [4]}
      training: {epochs: 1, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
      """;

  private final SparkSession spark;
  private final Path folder;
  private int files;

  StreamFiles(SparkSession spark, Path folder) throws IOException {
    this.spark = spark;
    this.folder = Files.createDirectories(folder);
  }

  /** Sequences of so many steps. */
  static Dataset<Row> steps(SparkSession spark, int sequences, int steps) {
    return spark
        .range((long) sequences * steps)
        .selectExpr(
            "concat('s', id div %d) AS id".formatted(steps),
            "id %% %d AS t".formatted(steps),
            "sin(id) AS x",
            "2 * sin(id) AS y");
  }

  /** Trains a small model; gives its folder. */
  static String trained(Dataset<Row> rows, Path run, String... settings) {
    new SequenceEstimator()
        .setConfig(YAML)
        .setSettings(settings)
        .setRunDirectory(run.toString())
        .fit(rows);
    return run + "/model";
  }

  /** Adds a file that is newer than those before. */
  void add(Dataset<Row> rows) throws IOException {
    Path made = Files.createTempDirectory(folder.getParent(), "made");
    rows.coalesce(1).write().mode("overwrite").json(made.toString());
    try (Stream<Path> all = Files.list(made)) {
      Path file = all.filter(path -> path.toString().endsWith(".json")).findFirst().orElseThrow();
      Files.setLastModifiedTime(
          file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + ++files)));
      Path named = folder.resolve("rows-%05d.json".formatted(files));
      Files.move(file, named, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The rows as they come. */
  Dataset<Row> stream() {
    return spark
        .readStream()
        .schema("id STRING, t LONG, x DOUBLE, y DOUBLE")
        .option("maxFilesPerTrigger", 1)
        .json(folder.toString());
  }

  /** A row for each step, as texts that tell all bits. */
  static List<String> told(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
