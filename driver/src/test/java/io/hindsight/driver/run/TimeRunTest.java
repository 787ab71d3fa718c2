package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a table with days missing and others twice to a model, its figures and its answers. */
class TimeRunTest {
  private static final String KEYS =
      "frequency: KIND, gaps: mask, duplicates: last, calendar: [weekday, holiday],"
          + " holidays: 'DAYS',";
  private static final String YAML =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [x], KEYS split: {validation: 0.1, test: 0.2}}
      model: {cell: gru, hidden: [6]}
      training: {steps: STEPS, batch: 4, bptt: {window: 8},
                 optimizer: {type: adam, learning-rate: 0.02}}
      """;

  private static TestSession session;
  @TempDir private Path folder;
  private Path table;
  private int twice;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void write() throws IOException {
    session.sessions().session();
    Files.writeString(folder.resolve("days.txt"), "2025-04-18\n2025-04-21 # Easter\n");
    Random random = new Random(5);
    List<String> rows = new ArrayList<>(List.of("id,t,x,note"));
    for (int s = 0; s < 6; s++) {
      for (int t = 0; t < 60 + s; t++) {
        String day = LocalDate.of(2025, 4, 1).plusDays(t).toString();
        if (t == 0 || random.nextInt(8) > 0) {
          rows.add("s%d,%s,%.3f,first".formatted(s, day, random.nextGaussian()));
          if (random.nextInt(8) == 0) {
            rows.add("s%d,%s,%.3f,second".formatted(s, day, t % 7 + random.nextGaussian()));
            twice++;
          }
        }
      }
    }
    table = Files.write(folder.resolve("table.csv"), rows);
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(TableSettings.SMALL);
  }

  private RunConfig config(int steps, String frequency, String... overrides) {
    String keys =
        KEYS.replace("KIND", frequency).replace("DAYS", folder.resolve("days.txt").toString());
    String yaml = YAML.replace("PATH", table.toString()).replace("STEPS", "" + steps);
    return TestRuns.config(yaml.replace("KEYS", keys), overrides);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private ModelBundle model(String name, Optional<String> data) {
    return ModelBundle.load(folder.resolve(name).resolve("model").toString(), data, List.of());
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead() throws IOException {
    String expected = TestRuns.trainByAllEngines(more -> config(6, "1d", more), folder);
    assertEquals(expected, train("found", config(6, "auto")));
    String store = "data.store=" + folder.resolve("store");
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(expected, train("spread", config(6, "1d")));
    assertEquals(expected, train("made", config(6, "1d", store)));
    assertEquals(expected, train("kept", config(6, "1d", store)));
    Map<String, Double> metrics = TestRuns.status(folder.resolve("kept")).metrics();
    assertTrue(Double.isFinite(metrics.get("test_rmse")), metrics.toString());
    Files.writeString(folder.resolve("days.txt"), "2025-04-17\n");
    assertFalse(expected.equals(train("others", config(6, "1d", store))));
  }

  @Test
  void shouldTellWhatWasMergedAndPutIn() throws IOException {
    train("run", config(2, "1d"));
    String status = Files.readString(folder.resolve("run/status.json"));
    assertTrue(status.replace(" ", "").contains("\"merged_rows\":" + twice), status);
    SortedMap<String, Double> here = Evaluation.run(model("run", Optional.empty())).metrics();
    assertEquals(twice, here.get("merged_rows"));
    assertTrue(here.get("inserted_steps") > 20, here.toString());
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(here, Evaluation.run(model("run", Optional.empty())).metrics());
  }

  @Test
  void shouldTellWhatIsLeftOutWherePartsMeet() throws IOException {
    train("plain", config(2, "1d"));
    String plain = Files.readString(folder.resolve("plain/status.json"));
    assertFalse(plain.contains("embargo") || plain.contains("behind_parts"), plain);
    String[] ahead = {"data.split.embargo=4d", "data.horizon=3", "data.strategy=direct"};
    String store = "data.store=" + folder.resolve("store");
    String expected = train("left", config(2, "1d", ahead));
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    String[] stored = {store, ahead[0], ahead[1], ahead[2]};
    assertEquals(expected, train("made", config(2, "1d", stored)));
    assertEquals(expected, train("kept", config(2, "1d", stored)));
    for (String name : List.of("left", "made", "kept")) {
      String status = Files.readString(folder.resolve(name).resolve("status.json"));
      status = status.replace(" ", "");
      // Six sequences, four steps on the grid of days before each of two parts.
      assertTrue(status.contains("\"rows_left_out_by_embargo\":48"), name + status);
      assertTrue(status.contains("\"targets_behind_parts\":"), name + status);
    }
  }

  @Test
  void shouldAnswerForStepsThatArePutIn() throws IOException {
    train("run", config(2, "1d"));
    Files.delete(folder.resolve("days.txt"));
    Path other =
        Files.write(
            folder.resolve("new.csv"),
            List.of("id,t,x,note", "a,2025-04-17,1,u", "a,2025-04-20,2,v", "a,2025-04-20,3,w"));
    List<String> expected =
        List.of("2025-04-17 u", "2025-04-18 null", "2025-04-19 null", "2025-04-20 w");
    List<Row> driver = predict("driver", other);
    assertEquals(
        expected, driver.stream().map(row -> row.getAs("t") + " " + row.getAs("note")).toList());
    assertTrue(driver.stream().allMatch(row -> Double.isFinite(row.<Double>getAs("prediction"))));
    SparkSession.active().conf().set(TableSettings.SMALL, "0");
    assertEquals(driver, predict("tasks", other));
    Path file = folder.resolve("answers.csv");
    TablePredictions.run(
        model("run", Optional.of(other.toString())), file.toString(), Optional.of(List.of("note")));
    List<String> lines = Files.readAllLines(file);
    assertEquals(5, lines.size(), lines.toString());
    assertTrue(lines.get(2).contains("2025-04-18"), lines.toString());
  }

  private List<Row> predict(String name, Path data) {
    String place = folder.resolve(name).toString();
    TableOutput output =
        new TableOutput(
            "json",
            Optional.of(place),
            TableOutput.Mode.ERROR,
            List.of(),
            Map.of(),
            Optional.of(List.of("note", "t")));
    TablePredictions.run(model("run", Optional.of(data.toString())), output);
    return SparkSession.active().read().json(place).orderBy("step").collectAsList();
  }

  @Test
  void shouldTrainFurtherOnTheGridOfAModel() throws IOException {
    train("first", config(2, "auto"));
    Encoding.Table encoding = (Encoding.Table) model("first", Optional.empty()).encoding();
    assertEquals(Frequency.of("1d"), encoding.timeSteps().inputs().frequency());
    String from = "training.start-from=" + folder.resolve("first/model");
    train("further", config(2, "auto", from, "training.encoding=keep"));
    assertEquals(encoding, model("further", Optional.empty()).encoding());
    train("refitted", config(2, "1d", from, "training.encoding=refit"));
    assertEquals(encoding, model("refitted", Optional.empty()).encoding());
  }

  @Test
  void shouldResumeToTheSameWeights() throws IOException {
    RunConfig config = config(5, "1d", "training.checkpoint.every-steps=1");
    String expected = train("whole", config);
    TestRuns.stopAfter(2, config, folder.resolve("stopped"));
    assertEquals(expected, TestRuns.resume(config, folder.resolve("stopped")).weightsSha256());
  }
}
