package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept columns of data whose own columns are called {@code sequence} and {@code time}. */
class KeptNamesTest {
  private static final String ROWS =
      """
      SELECT 2020 AS year, t AS month, t AS sequence, concat('at ', t) AS time, sin(t) AS x
      FROM range(1, 9) AS a(t)
      """;

  @TempDir private static Path folder;
  private static TestSession session;
  private static SparkSession spark;

  @TempDir private Path out;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
    spark = session.sessions().session();
    spark.sql(ROWS).write().parquet(folder.resolve("data").toString());
    train("months", "[year, month]");
    train("sequence", "sequence");
  }

  private static void train(String run, String time) {
    String yaml =
        """
        data:
          {format: parquet, path: '%s', time: %s, inputs: [x], targets: [x],
           split: {by: time, validation: 0, test: 0}}
        model: {cell: gru, hidden: [3]}
        training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    String data = folder.resolve("data").toString();
    TestRuns.train(TestRuns.config(yaml.formatted(data, time)), folder.resolve(run));
  }

  @AfterAll
  static void close() {
    spark.conf().unset(TableSettings.SMALL);
    session.close();
  }

  private static ModelBundle model(String run) {
    String model = new RunDirectory(folder.resolve(run)).model();
    return ModelBundle.load(model, Optional.of(folder.resolve("data").toString()), List.of());
  }

  private Dataset<Row> answers(String run, Optional<List<String>> keep) {
    String place = out.resolve("answers").toString();
    TableOutput output =
        new TableOutput(
            "parquet", Optional.of(place), TableOutput.Mode.ERROR, List.of(), Map.of(), keep);
    TablePredictions.run(model(run), output);
    return spark.read().parquet(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1g"})
  void shouldKeepTheDatasColumnsUnderTheirNames(String small) {
    spark.conf().set(TableSettings.SMALL, small);
    List<String> keep = List.of("time", "sequence", "time_", "sequence_");
    Dataset<Row> answers = answers("months", Optional.of(keep)).orderBy("sequence");

    assertEquals(keep, List.of(answers.columns()).subList(0, 4));
    Row first = answers.first();
    assertEquals("at 1", first.getAs("time"));
    assertEquals(1L, first.<Long>getAs("sequence"));
    assertEquals("series", first.getAs("sequence_"));
    assertTrue(first.<String>getAs("time_").startsWith("2020"), first.toString());
  }

  @Test
  void shouldNameTheIdOtherwiseWhereTheTimeIsCalledSo() {
    Dataset<Row> answers = answers("sequence", Optional.empty()).orderBy("step");
    assertEquals(List.of("sequence_", "sequence"), List.of(answers.columns()).subList(0, 2));
    assertEquals(1L, answers.first().<Long>getAs("sequence"));
  }

  @Test
  void shouldRefuseTheDatasColumnInASingleFileWhichHasOneOfThatName() {
    for (String name : List.of("sequence", "time")) {
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () ->
                  TablePredictions.run(
                      model("months"),
                      out.resolve("answers.csv").toString(),
                      Optional.of(List.of(name))));
      assertTrue(
          refused.getMessage().startsWith("--keep " + name + ": a single file has a column"),
          refused.getMessage());
    }
  }
}
