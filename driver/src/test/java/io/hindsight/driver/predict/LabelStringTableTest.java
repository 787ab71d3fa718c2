package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.run.TrainingResult;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Label strings of tables: a label at some rows, or an array that is shorter than the inputs. */
class LabelStringTableTest {
  private static final String LONG =
      """
      name: strings
      data:
        format: csv
        path: TABLE
        options: {header: true}
        sequence: id
        time: t
        inputs: [a, b]
        targets: [said]
        target-kind: label-string
        split: {validation: 8, test: 8}
      model: {cell: gru, hidden: [12]}
      training: {steps: 60, batch: 16, optimizer: {type: adam, learning-rate: 0.02}}
      """;
  private static final String NESTED =
      LONG.replace("format: csv", "format: json")
          .replace("  options: {header: true}\n", "")
          .replace("  time: t\n", "")
          .replace("[a, b]", "[x]");
  private static final int SEQUENCES = 40;

  private static TestSession session;
  private static SparkSession spark;
  @TempDir private static Path folder;
  private static TrainingResult result;
  private static RunDirectory run;

  @BeforeAll
  static void train() throws IOException {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "3"));
    spark = session.sessions().session();
    run = new RunDirectory(folder.resolve("run"));
    result = TestRuns.train(config(LONG, write("long.csv", longForm(true))), folder.resolve("run"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    spark.conf().unset(TableSettings.SMALL);
  }

  private static RunConfig config(String yaml, Path table) {
    return TestRuns.config(yaml.replace("TABLE", table.toString()));
  }

  /** Each row is a step; "up" or "down" stands at the row where one of the two numbers is 1. */
  private static List<String> longForm(boolean labels) {
    List<String> rows = new ArrayList<>(List.of(labels ? "id,t,a,b,said" : "id,t,a,b"));
    for (int id = 0; id < SEQUENCES; id++) {
      Random random = new Random(id);
      for (int t = 0; t < 9; t++) {
        int what = t % 2 == 0 ? random.nextInt(3) : 2;
        String row = "%d,%d,%d,%d".formatted(id, t, what == 0 ? 1 : 0, what == 1 ? 1 : 0);
        rows.add(labels ? row + "," + List.of("up", "down", "").get(what) : row);
      }
    }
    return rows;
  }

  /** The same as arrays, the labels one behind the other. */
  private static List<String> nested() {
    List<String> rows = new ArrayList<>();
    List<String> steps = longForm(true);
    for (int id = 0; id < SEQUENCES; id++) {
      List<String> x = new ArrayList<>();
      List<String> said = new ArrayList<>();
      for (String step : steps.subList(1 + 9 * id, 10 + 9 * id)) {
        String[] cells = step.split(",", -1);
        x.add("[" + cells[2] + "," + cells[3] + "]");
        if (!cells[4].isEmpty()) {
          said.add('"' + cells[4] + '"');
        }
      }
      rows.add("{\"id\": \"%d\", \"x\": %s, \"said\": %s}".formatted(id, x, said));
    }
    return rows;
  }

  private static Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  @Test
  void shouldTrainTheSameOnArrays() throws IOException {
    RunConfig config = config(NESTED, write("nested.json", nested()));
    assertEquals(
        result.weightsSha256(), TestRuns.train(config, folder.resolve("arrays")).weightsSha256());
    assertTrue(result.metrics().get("test_label_error_rate") < 0.2, result.toString());
  }

  @Test
  void shouldAnswerAndScoreTheSameOnTheDriverAndInTasks() throws IOException {
    Path table = write("new.csv", longForm(true));
    Evaluation.Report here = Evaluation.run(bundle(table));
    List<Row> onDriver = predict(table, "driver");
    spark.conf().set(TableSettings.SMALL, "0");
    assertEquals(here.metrics(), Evaluation.run(bundle(table)).metrics());
    assertEquals(SEQUENCES, here.targets());
    assertEquals(onDriver, predict(table, "tasks"));
    assertEquals(SEQUENCES, onDriver.size());
  }

  private static ModelBundle bundle(Path table) {
    return ModelBundle.load(run.model(), Optional.of(table.toString()), List.of()).searching(4);
  }

  private static List<Row> predict(Path table, String name) {
    String output = folder.resolve(name).toString();
    TablePredictions.run(bundle(table), TableOutput.of("parquet", output));
    return spark.read().parquet(output).orderBy("id").collectAsList();
  }

  @Test
  void shouldWriteARowOfLabelsForEachSequence() throws IOException {
    Path table = write("unlabelled.csv", longForm(false));
    Path csv = folder.resolve("answers.csv");
    Path json = folder.resolve("answers.jsonl");
    ModelBundle model = ModelBundle.load(run.model(), Optional.of(table.toString()), List.of());
    TablePredictions.run(model, csv.toString());
    TablePredictions.run(model, json.toString());
    List<String> rows = Files.readAllLines(csv);
    assertEquals("sequence,time,said,reason", rows.get(0));
    assertEquals(1 + SEQUENCES, rows.size());
    assertTrue(rows.get(1).matches("0,8,((up|down)( up| down)*)?,"), rows.get(1));
    String first = Files.readAllLines(json).get(0);
    String labels = "\"" + rows.get(1).split(",")[2].replace(" ", "\",\"") + "\"";
    assertTrue(first.contains("\"said\":[" + labels + "]"), first);
  }

  @Test
  void shouldRefuseStringsThatDoNotFitTheirSteps() throws IOException {
    List<String> rows = longForm(true);
    List<String> tight =
        rows.stream().map(row -> row.replaceFirst("^7,(.*),[a-z]*$", "7,$1,up")).toList();
    Path table = write("tight.csv", tight);
    Exception e = assertThrows(DataException.class, () -> RunData.read(config(LONG, table)));
    assertTrue(e.getMessage().contains("17 for 9 labels, but found 9 steps"), e.getMessage());
    assertTrue(e.getMessage().contains("sequence '7'"), e.getMessage());
  }

  @Test
  void shouldRefuseOneLabelWhereAnArrayIsMeant() throws IOException {
    List<String> rows =
        nested().stream().map(row -> row.replaceFirst("\"said.*", "\"said\": \"up\"}")).toList();
    Path table = write("single.json", rows);
    Exception e = assertThrows(DataException.class, () -> RunData.read(config(NESTED, table)));
    assertTrue(e.getMessage().contains("a label string is an array of labels"), e.getMessage());
  }

  @Test
  void shouldSearchLabelStringsOnly() {
    ModelBundle model = ModelBundle.load(run.model(), Optional.empty(), List.of());
    assertEquals(9, model.searching(9).choice().beam());
  }
}
