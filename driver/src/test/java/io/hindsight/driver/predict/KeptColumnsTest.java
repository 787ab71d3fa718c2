package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of the data beside the answers, whatever they hold and wherever they are computed. */
class KeptColumnsTest {
  /** Rows with a row per step; sequence c is too short to be answered. */
  private static final String STEPS =
      """
      SELECT s AS id, t AS t, sin(0.3 * t) AS x, CAST(t AS DECIMAL(9, 2)) / 4 AS price,
        date_add(DATE'2026-01-01', t) AS day, timestamp_micros(t * 1000001L) AS at,
        IF(t = 2, null, concat(s, '-', t)) AS note, array(t, null) AS many,
        named_struct('a', t, 'b', s) AS both, t AS step
      FROM (SELECT explode(array('a', 'b')) AS s), (SELECT explode(sequence(0, 5)) AS t)
      UNION ALL
      SELECT 'c', 0, 0.5D, CAST(9 AS DECIMAL(9, 2)) / 4, DATE'2026-02-01', timestamp_micros(7),
        'last', array(9), named_struct('a', 9, 'b', 'c'), 0
      """;

  private static final String WHOLE =
      """
      SELECT id, transform(sequence(0, n), t -> sin(0.3 * t)) AS x, n * 2 AS size, array(n) AS many
      FROM VALUES ('a', 4), ('b', 3), ('c', 0) AS t(id, n)
      """;

  @TempDir private static Path folder;
  private static TestSession session;
  private static SparkSession spark;
  private static String steps;
  private static String whole;

  @TempDir private Path out;

  @BeforeAll
  static void train() throws IOException {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "3"));
    spark = session.sessions().session();
    spark.sql(STEPS).write().parquet(folder.resolve("steps").toString());
    spark.sql(WHOLE).write().parquet(folder.resolve("whole").toString());
    steps = train("steps", "time: t, difference: true");
    whole = train("whole", "horizon: 1");
  }

  private static String train(String table, String keys) throws IOException {
    String yaml =
        """
        data:
          {format: parquet, path: %s, sequence: id, inputs: [x], targets: [x], %s,
           split: {by: time, validation: 0, test: 0}}
        model: {cell: gru, hidden: [3]}
        training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    Path run = folder.resolve("run-" + table);
    TestRuns.train(TestRuns.config(yaml.formatted(folder.resolve(table), keys)), run);
    return new RunDirectory(run).model();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    spark.conf().unset(TableSettings.SMALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1g"})
  void shouldStandBesideTheAnswersAsTheyAre(String small) {
    spark.conf().set(TableSettings.SMALL, small);
    String[] kept = {"many", "day", "id", "price", "note", "both", "at", "x"};
    predict(steps, "steps", "parquet", "many", "day", "id", "price", "note", "both", "at", "x");
    Dataset<Row> answers = spark.read().parquet(out.resolve("answers").toString());
    Dataset<Row> data = spark.read().parquet(folder.resolve("steps").toString());

    assertEquals(
        Arrays.asList(data.selectExpr(kept).schema().fields()),
        Arrays.asList(answers.selectExpr(kept).schema().fields()));
    List<Row> rows = answers.selectExpr(kept).orderBy("id", "day").collectAsList();
    Dataset<Row> answered = data.where("id = 'c' or t > 0"); // a change needs two values
    assertEquals(answered.orderBy("id", "t").selectExpr(kept).collectAsList(), rows);
    assertEquals(
        List.of("many", "day", "id", "price", "note", "both", "at", "x", "step", "prediction"),
        Arrays.asList(answers.columns()).subList(0, 10));
    assertEquals("last", answers.where("reason is not null").first().getAs("note"));
  }

  @Test
  void shouldStandInEveryRowOfASequenceThatOneRowHolds() {
    predict(whole, "whole", "json", "size", "id", "many");
    List<Row> rows =
        spark
            .read()
            .json(out.resolve("answers").toString())
            .orderBy("id", "step")
            .selectExpr("concat_ws(' ', id, step, size, many)")
            .collectAsList();
    assertEquals(
        List.of(
            "a 0 8 4", "a 1 8 4", "a 2 8 4", "a 3 8 4", "a 4 8 4", "b 0 6 3", "b 1 6 3", "b 2 6 3",
            "b 3 6 3", "c 0 0 0"),
        rows.stream().map(row -> row.getString(0)).toList());
  }

  @Test
  void shouldStandInASingleFile() throws IOException {
    List<String> csv = file("answers.csv", "note", "price", "id", "many", "day");
    assertEquals("sequence,time,note,price,many,day,x,target_time,reason", csv.get(0));
    assertTrue(csv.get(1).startsWith("a,1,a-1,0.250000,\"[1,null]\",2026-01-02,"), csv.get(1));
    assertTrue(csv.get(2).startsWith("a,2,,0.500000,\"[2,null]\",2026-01-03,"), csv.get(2));
    assertTrue(csv.get(11).startsWith("c,0,last,2.250000,[9],2026-02-01,,,"), csv.get(11));

    List<String> json = file("answers.jsonl", "both", "note");
    assertTrue(
        json.get(1)
            .startsWith(
                "{\"sequence\":\"a\",\"time\":\"2\",\"both\":{\"a\":2,\"b\":\"a\"},\"note\":null,"),
        json.get(1));
  }

  @Test
  void shouldRefuseAColumnThatIsNotThereAndNameThoseThatAre() {
    for (boolean single : new boolean[] {true, false}) {
      DataException unknown =
          assertThrows(
              DataException.class,
              () -> {
                if (single) {
                  file("answers.csv", "id", "prices");
                } else {
                  predict(steps, "steps", "parquet", "id", "prices");
                }
              });
      assertTrue(
          unknown.getMessage().contains("must have the column 'prices', but found only [id, t, x,"),
          unknown.getMessage());
      assertTrue(unknown.getMessage().contains("did you mean 'price'?"), unknown.getMessage());
    }
    assertFalse(Files.exists(out.resolve("answers")));
    assertFalse(Files.exists(out.resolve("answers.csv")));
  }

  @Test
  void shouldRefuseTheNameOfAnAnswer() {
    ConfigException folder =
        assertThrows(ConfigException.class, () -> predict(steps, "steps", "parquet", "id", "step"));
    assertTrue(folder.getMessage().startsWith("--keep step: "), folder.getMessage());
    ConfigException file = assertThrows(ConfigException.class, () -> file("answers.csv", "x"));
    assertTrue(file.getMessage().startsWith("--keep x: "), file.getMessage());
  }

  @Test
  void shouldSayWhatAFormatCannotHold() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> predict(steps, "steps", "csv", "id", "many"));
    assertTrue(refused.getMessage().contains("`many`"), refused.getMessage());
    assertTrue(refused.getMessage().contains("--keep"), refused.getMessage());
    assertFalse(Files.exists(out.resolve("answers")));
  }

  private void predict(String model, String table, String format, String... keep) {
    ModelBundle bundle = load(model, table);
    String place = out.resolve("answers").toString();
    TableOutput output =
        new TableOutput(
            format,
            Optional.of(place),
            TableOutput.Mode.ERROR,
            List.of(),
            Map.of(),
            Optional.of(List.of(keep)));
    TablePredictions.run(bundle, output);
  }

  private List<String> file(String name, String... keep) throws IOException {
    Path file = out.resolve(name);
    TablePredictions.run(load(steps, "steps"), file.toString(), Optional.of(List.of(keep)));
    return Files.readAllLines(file);
  }

  private static ModelBundle load(String model, String table) {
    return ModelBundle.load(model, Optional.of(folder.resolve(table).toString()), List.of());
  }
}
