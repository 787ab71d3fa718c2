package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.TableOutput.Mode;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids and times that stand beside the answers as what they are in the data. */
class TypedAnswersTest {
  /** Two sequences with ids and times of many types, in a zone that moves its clocks between. */
  private static final String ROWS =
      """
      SELECT s AS whole, CAST(s AS BIGINT) * 10000000000 AS large, CAST(s AS DECIMAL(9, 2)) / 4 AS part,
        date_add(DATE'2020-02-28', s) AS founded, s = 1 AS first, concat('s', s) AS name,
        TIMESTAMP_LTZ'2026-03-08 00:30:00.000001' + make_dt_interval(0, t) AS at,
        TIMESTAMP_NTZ'2026-03-08 00:30:00' + make_dt_interval(0, t) AS local,
        date_add(DATE'2026-02-27', t) AS day, t AS number, CAST(120 + t AS TINYINT) AS small,
        0.25D * t AS fraction, CAST(t AS DECIMAL(9, 1)) / 2 AS half, concat('2026-01-0', t + 1) AS text,
        2026 AS year, t + 1 AS month, sin(0.3 * t + s) AS x
      FROM (SELECT explode(array(1, 2)) AS s), (SELECT explode(sequence(0, 7)) AS t)
      """;

  @TempDir private static Path folder;
  private static TestSession session;
  private static SparkSession spark;

  @TempDir private Path out;

  @BeforeAll
  static void open() {
    session =
        TestSession.forTables(
            Map.of(
                "spark.sql.session.timeZone",
                "America/New_York",
                "spark.sql.warehouse.dir",
                folder.resolve("warehouse").toString(),
                "spark.sql.shuffle.partitions",
                "2"));
    spark = session.sessions().session();
    spark.sql(ROWS).write().parquet(folder.resolve("rows").toString());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    spark.conf().unset(TableSettings.SMALL);
    spark.sql("DROP TABLE IF EXISTS answers");
  }

  @ParameterizedTest
  @CsvSource({
    "whole, at, 0",
    "large, local, 1g",
    "part, day, 0",
    "founded, number, 1g",
    "first, small, 0",
    "name, fraction, 1g",
    "name, half, 0",
    "whole, text, 0"
  })
  void shouldHaveTheTypesOfTheData(String id, String time, String small) throws IOException {
    spark.conf().set(TableSettings.SMALL, small);
    predict(id, time, TableOutput.of("parquet", out.resolve("answers").toString()));
    Dataset<Row> data = spark.read().parquet(folder.resolve("rows").toString());
    Dataset<Row> answers = spark.read().parquet(out.resolve("answers").toString());

    String[] both = {id, time};
    assertEquals(
        Arrays.asList(data.selectExpr(both).schema().fields()),
        Arrays.asList(answers.selectExpr(both).schema().fields()));
    assertEquals(
        data.selectExpr(both).orderBy(id, time).collectAsList(),
        answers.selectExpr(both).orderBy(id, time).collectAsList());
    assertEquals(
        List.of("small", "number").contains(time)
            ? DataTypes.LongType
            : data.schema().apply(time).dataType(),
        answers.schema().apply("target_time").dataType());
    answers.createOrReplaceTempView("answered");
    String later =
        "SELECT %s AS id, lead(%s) OVER (PARTITION BY %s ORDER BY step) AS next, target_time"
            .formatted(id, time, id);
    List<Row> wrong =
        spark
            .sql(later + " FROM answered")
            .where("target_time IS NULL OR next <> target_time")
            .collectAsList();
    assertEquals(List.of(), wrong);
  }

  @Test
  void shouldTakeEachColumnOfAnIdAndTimesOfSeveralAsText() throws IOException {
    predict(
        "[whole, founded]", "[year, month]", TableOutput.of("json", out.resolve("a").toString()));
    String first =
        spark.read().text(out.resolve("a").toString()).sort("value").first().getString(0);
    assertTrue(
        first.startsWith(
            "{\"whole\":1,\"founded\":\"2020-02-29\",\"time\":\"2026-01\",\"step\":0,"),
        first);
  }

  @Test
  void shouldBeWrittenToCsvAsTheyAreRead() throws IOException {
    predict("whole", "at", TableOutput.of("csv", out.resolve("a").toString()));
    String first =
        spark.read().text(out.resolve("a").toString()).sort("value").first().getString(0);
    assertTrue(first.startsWith("1,2026-03-08T05:30:00.000001Z,0,"), first);
    assertTrue(first.contains(",2026-03-08T06:30:00.000001Z,"), first);
  }

  @Test
  void shouldGoIntoATableOfSuchColumns() throws IOException {
    spark.sql(
        "CREATE TABLE answers (whole INT, at TIMESTAMP, step INT, prediction DOUBLE,"
            + " target_time TIMESTAMP, model_version STRING, reason STRING) USING parquet");
    TableOutput table = TableOutput.of(TableOutput.TABLE, "answers");
    predict(
        "whole",
        "at",
        new TableOutput(
            table.format(), table.location(), Mode.APPEND, List.of(), Map.of(), Optional.empty()));
    assertEquals(
        Arrays.asList(16L, 2L),
        List.of(
            spark.table("answers").count(),
            spark.sql("SELECT * FROM answers WHERE at = '2026-03-08T06:30:00.000001Z'").count()));
  }

  private void predict(String id, String time, TableOutput output) throws IOException {
    String yaml =
        """
        data:
          {format: parquet, path: %s, sequence: %s, time: %s, inputs: [x], targets: [x],
           split: {by: id, validation: 0, test: 0}}
        model: {cell: gru, hidden: [3]}
        training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    Path run = out.resolve("run");
    TestRuns.train(TestRuns.config(yaml.formatted(folder.resolve("rows"), id, time)), run);
    String model = new RunDirectory(run).model();
    TablePredictions.run(ModelBundle.load(model, Optional.empty(), List.of()), output);
  }
}
