package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.answer.WrittenRows;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicting without bringing the data to the driver, beside predicting with it. */
class PartitionedPredictionTest {
  private static final int STEPS = 30;

  private static TestSession session;
  private static SparkSession spark;
  @TempDir private static Path folder;
  private static RunDirectory run;

  @BeforeAll
  static void train() throws IOException {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "3"));
    spark = session.sessions().session();
    Path table = write("train.csv", rows());
    String yaml =
        """
        data:
          format: csv
          path: TABLE
          options: {header: true}
          sequence: id
          time: t
          inputs: [x]
          targets: [x]
          difference: true
        model: {cell: gru, hidden: [5]}
        training: {steps: 3, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
        """;
    RunConfig config = TestRuns.config(yaml.replace("TABLE", table.toString()));
    run = new RunDirectory(folder.resolve("run"));
    TestRuns.train(config, folder.resolve("run"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    spark.conf().unset(TableSettings.SMALL);
  }

  @Test
  void shouldAnswerWhereTheRowsAreWhatTheDriverWouldAnswer() throws IOException {
    List<String> rows = rows();
    rows.add("short,2024-01-01,3");
    for (int t = 1; t < 5; t++) {
      rows.add("empty,2024-01-%02d,".formatted(t));
    }
    Path table = write("new.csv", rows);
    WrittenRows onDriver = predict(table, "driver");
    spark.conf().set(TableSettings.SMALL, "0");
    WrittenRows inTasks = predict(table, "tasks");

    assertEquals(onDriver, inTasks);
    assertEquals(2, inTasks.unanswered());
    assertEquals(read("driver"), read("tasks"));
  }

  @Test
  void shouldTellTheFirstFaultOfManyAndLeaveNothing() throws IOException {
    List<String> rows = rows();
    for (int s = 3; s < 20; s++) {
      rows.add("s%02d,2024-01-05,1".formatted(s));
    }
    Path table = write("twice.csv", rows);
    String onDriver = refusal(table);
    spark.conf().set(TableSettings.SMALL, "0");
    for (int i = 0; i < 3; i++) {
      assertEquals(onDriver, refusal(table));
    }
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  private static String refusal(Path table) {
    return assertThrows(DataException.class, () -> predict(table, "refused")).getMessage();
  }

  private static WrittenRows predict(Path table, String output) {
    ModelBundle model = ModelBundle.load(run.model(), Optional.of(table.toString()), List.of());
    return TablePredictions.run(
        model,
        new TableOutput(
            "parquet",
            Optional.of(folder.resolve(output).toString()),
            TableOutput.Mode.ERROR,
            List.of(),
            Map.of(),
            Optional.empty()));
  }

  private static List<Row> read(String output) {
    return spark
        .read()
        .parquet(folder.resolve(output).toString())
        .orderBy("id", "step")
        .collectAsList();
  }

  private static Path write(String name, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    lines.addAll(rows);
    return Files.write(folder.resolve(name), lines);
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 20; s++) {
      for (int t = 0; t < STEPS; t++) {
        rows.add("s%02d,2024-01-%02d,%s".formatted(s, t + 1, StrictMath.sin(0.3 * s + 0.2 * t)));
      }
    }
    Collections.shuffle(rows, new Random(2));
    return rows;
  }
}
