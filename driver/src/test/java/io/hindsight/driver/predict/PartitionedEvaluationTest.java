package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.score.BlockSums;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Evaluating in the tasks that hold the data, beside evaluating on the driver: the same figures.
 */
class PartitionedEvaluationTest {
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final int SEQUENCES = 24;
  private static final int STEPS = 30;
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private static final String VALUES =
      """
      targets: [x, y], difference: true, scale: log, horizon: 3, season: 7\
      """;
  private static final String CLASSES =
      """
      targets: [label], target-kind: class, unknown: skip, horizon: 1\
      """;
  private static final String LABELS =
      """
      targets: [p, q], target-kind: multilabel, horizon: 0\
      """;

  private static final String GRU = "{cell: gru, hidden: [5]}";
  private static final String BY_TIME = "{by: time, validation: 3, test: 5}";
  private static final Map<List<String>, RunDirectory> TRAINED = new HashMap<>();

  private static TestSession session;
  private static SparkSession spark;
  @TempDir private static Path folder;
  private static String table;
  private static int runs;

  @BeforeAll
  static void open() throws IOException {
    session =
        TestSession.forTables(
            Map.of("spark.sql.adaptive.coalescePartitions.enabled", "false", PARTITIONS, "3"));
    spark = session.sessions().session();
    table = write("table.csv", rows());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    spark.conf().unset(TableSettings.SMALL);
    spark.conf().set(PARTITIONS, "3");
  }

  private static String columns(String kind) {
    return switch (kind) {
      case "values" -> VALUES;
      case "classes" -> CLASSES;
      default -> LABELS;
    };
  }

  /** The run of some data and model, which is trained once. */
  private static RunDirectory trained(String kind, String split, String model) {
    return TRAINED.computeIfAbsent(
        List.of(kind, split, model), key -> train(columns(kind), split, model));
  }

  private static RunDirectory train(String columns, String split, String model) {
    String yaml =
        """
        seed: 5
        data: {format: csv, path: TABLE, options: {header: true}, sequence: id, time: t,
          inputs: [x, y], COLUMNS, split: SPLIT}
        model: MODEL
        training: {steps: 3, batch: 8, optimizer: {type: adam, learning-rate: 0.05},
          bptt: {window: 9, stride: 4}}
        """
            .replace("TABLE", table)
            .replace("COLUMNS", columns)
            .replace("SPLIT", split)
            .replace("MODEL", model);
    Path run = folder.resolve("run-" + runs++);
    TestRuns.train(TestRuns.config(yaml), run);
    return new RunDirectory(run);
  }

  @ParameterizedTest
  @CsvSource({
    "values, '{by: time, validation: 3, test: 5}', '{cell: gru, hidden: [5]}'",
    "values, '{by: id, validation: 4}', '{cell: lstm, hidden: [3], output: {at: last-step}}'",
    "classes, '{by: time, validation: 2, test: 4}', '{cell: gru, hidden: [5]}'",
    "classes, '{by: id, test: 0.3}', '{cell: gru, hidden: [5]}'",
    "labels, '{by: time, test: 0.2}', '{cell: rnn, hidden: [3], output: {at: last-step}}'",
  })
  void shouldReachTheSameFiguresToTheLastBit(String kind, String split, String model)
      throws IOException {
    RunDirectory run = trained(kind, split, model);
    String other = write("other.csv", changed(row -> row.replace("s1", "r1")));
    for (Optional<String> data : List.of(Optional.<String>empty(), Optional.of(other))) {
      Evaluation.Report onDriver = evaluate(run, data);
      assertTrue(onDriver.targets() > 0);
      assertTrue(onDriver.metrics().get("left_out_sequences") >= 1);
      assertEquals(
          kind.equals("values"), onDriver.baselines().containsKey("last_value"), "has baselines");
      assertEquals(
          kind.equals("values"), onDriver.metrics().containsKey("mase"), "has values to scale by");
      String rows = data.isEmpty() ? bySequence(run) : "";
      spark.conf().set(TableSettings.SMALL, "0");
      assertEquals(rows, data.isEmpty() ? bySequence(run) : "");
      for (String partitions : partitions(data.isEmpty(), split)) {
        spark.conf().set(PARTITIONS, partitions);
        assertEquals(onDriver, evaluate(run, data), partitions + " partitions");
      }
      spark.conf().unset(TableSettings.SMALL);
    }
  }

  /** One, few, and more than there are sequences. */
  private static List<String> partitions(boolean ownData, String split) {
    return !ownData ? List.of("5") : split.equals(BY_TIME) ? List.of("1", "64") : List.of("5");
  }

  @ParameterizedTest
  @CsvSource({
    "values, '{by: time, validation: 3, test: 5}'",
    "classes, '{by: id, test: 0.3}'",
    "labels, '{by: id, test: 5}'"
  })
  void shouldReachTheSameInEveryBlockToTheLastBit(String kind, String split) {
    RunDirectory run = trained(kind, split, GRU);
    HoldoutScore onDriver = holdout(run);
    Map<BlockSums.Key, List<Object>> blocks = blocks(onDriver);
    double all = onDriver.blocks().blocks().values().stream().mapToDouble(b -> b.squares()).sum();
    double rmse = Math.sqrt(all / (2.0 * onDriver.targets()));

    assertTrue(blocks.size() > 1);
    assertEquals(onDriver.metrics().getOrDefault("rmse", 0.0), rmse, 1e-9);
    spark.conf().set(TableSettings.SMALL, "0");
    for (String partitions : List.of("1", "5")) {
      spark.conf().set(PARTITIONS, partitions);
      assertEquals(blocks, blocks(holdout(run)));
    }
  }

  private static HoldoutScore holdout(RunDirectory run) {
    return HoldoutScore.of(ModelBundle.load(run.model(), Optional.of(table), List.of()));
  }

  private static Map<BlockSums.Key, List<Object>> blocks(HoldoutScore score) {
    Map<BlockSums.Key, List<Object>> blocks = new HashMap<>();
    score
        .blocks()
        .blocks()
        .forEach(
            (key, b) ->
                blocks.put(
                    key, List.of(b.targets(), b.right(), b.squares(), b.magnitudes(), b.loss())));
    return blocks;
  }

  @Test
  void shouldFitTheAutoregressionToTheTrainingPartInTasksToo() {
    RunDirectory run = trained("values", BY_TIME, GRU);
    spark.conf().set(TableSettings.SMALL, "0");

    assertTrue(inTasks(run, Optional.empty()).isPresent());
    Evaluation.Report split = evaluate(run, Optional.empty());
    assertTrue(split.baselines().get("autoregression") > 0);
    assertTrue(split.baselines().get("seasonal_naive") > 0);
    assertTrue(split.spacing().orElseThrow().gaps() > 0);
    Evaluation.Report whole = evaluate(run, Optional.of(table));
    assertEquals(
        "is fitted to a training part, which other data does not have",
        whole.missing().get("autoregression"));
  }

  @Test
  void shouldScoreOnTheDriverWhereNoStepIsCommon() throws IOException {
    Random random = new Random(3);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < 5; s++) {
      double time = 0;
      for (int t = 0; t < STEPS; t++) {
        time += 0.1 + StrictMath.exp(2 * random.nextGaussian());
        rows.add("s%02d,%s,%s,1,a,0,1".formatted(s, time, 1 + random.nextDouble()));
      }
    }
    String before = table;
    table = write("uneven.csv", rows);
    RunDirectory run = train("targets: [x]", "{by: time, test: 5}", "{cell: gru, hidden: [2]}");
    table = before;
    Evaluation.Report onDriver = evaluate(run, Optional.empty());
    spark.conf().set(TableSettings.SMALL, "0");

    assertTrue(inTasks(run, Optional.empty()).isEmpty());
    assertEquals(onDriver, evaluate(run, Optional.empty()));
  }

  @Test
  void shouldTellTheSameFirstFaultAsTheDriver() throws IOException {
    RunDirectory values = trained("values", BY_TIME, GRU);
    RunDirectory classes = trained("classes", "{by: id, test: 0.3}", GRU);
    RunDirectory labels = trained("labels", "{by: id, test: 5}", GRU);
    UnaryOperator<String> negative =
        row ->
            row.matches("s(07|04|19),2024-01-1.*")
                ? row.replaceAll(",[0-9.]+,a,|,[0-9.]+,b,", ",-2.5,a,")
                : row;

    sameRefusal(values, "must be positive, but found -2.5", changed(negative));
    sameRefusal(
        labels,
        "must be a number in [0, 1], but found 7.0",
        changed(
            row -> row.matches("s(07|04|19),2024-01-1.*") ? row.replaceAll(",[01]$", ",7") : row));
    sameRefusal(
        classes,
        "a class label must be one of the training part",
        changed(row -> row.matches("s(07|04|19).*") ? row.replace(",a,", ",new,") : row),
        "data.unknown=refuse");
    sameRefusal(
        values,
        "at least one sequence must have",
        rows().stream().filter(row -> row.contains("-01-01,") || row.startsWith("empty")).toList());
    sameRefusal(values, "twice", changed(row -> row.replace("s03,2024-01-05", "s03,2024-01-06")));
  }

  private static void sameRefusal(
      RunDirectory run, String why, List<String> rows, String... overrides) throws IOException {
    Path parts = Files.createTempDirectory(folder, "faulty");
    int half = rows.size() / 2;
    write(parts.resolve("a.csv"), rows.subList(0, half));
    write(parts.resolve("b.csv"), rows.subList(half, rows.size()));
    spark.conf().unset(TableSettings.SMALL);
    String onDriver = refusal(run, parts, overrides);
    assertTrue(onDriver.contains(why), onDriver);
    spark.conf().set(TableSettings.SMALL, "0");
    spark.conf().set(PARTITIONS, "5");
    assertEquals(onDriver, refusal(run, parts, overrides));
    assertFalse(spark.sparkContext().getPersistentRDDs().nonEmpty(), "all disks are free again");
  }

  private static String refusal(RunDirectory run, Path data, String... overrides) {
    return assertThrows(
            DataException.class, () -> evaluate(run, Optional.of(data.toString()), overrides))
        .getMessage();
  }

  private static Evaluation.Report evaluate(
      RunDirectory run, Optional<String> data, String... overrides) {
    return Evaluation.run(ModelBundle.load(run.model(), data, List.of(overrides)));
  }

  private static String bySequence(RunDirectory run) throws IOException {
    Path file = folder.resolve("rows-" + runs++ + ".csv");
    Evaluation.run(ModelBundle.load(run.model(), Optional.empty(), List.of()), file.toString());
    String rows = Files.readString(file);
    assertTrue(rows.lines().count() > 2, rows);
    return rows;
  }

  private static Optional<?> inTasks(RunDirectory run, Optional<String> data) {
    var found = ModelBundle.load(run.model(), data, List.of()).partitionedData();
    found.ifPresent(partitioned -> partitioned.close());
    return found;
  }

  private static String write(String name, List<String> rows) throws IOException {
    return write(folder.resolve(name), rows);
  }

  private static String write(Path file, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,y,label,p,q"));
    lines.addAll(rows);
    return Files.write(file, lines).toString();
  }

  private static List<String> changed(UnaryOperator<String> change) {
    return rows().stream().map(change).toList();
  }

  /** Daily rows, some of them missing; a rare label at the end; short and empty sequences. */
  private static List<String> rows() {
    Random random = new Random(2);
    List<String> rows = new ArrayList<>();
    for (int s = 0; s < SEQUENCES; s++) {
      int length = s % 6 == 5 ? 12 : STEPS;
      for (int t = 0; t < length; t++) {
        double x = StrictMath.exp(StrictMath.sin(0.3 * s + 0.9 * t) + 0.1 * random.nextGaussian());
        double y = 2 + StrictMath.cos(0.4 * t + s) + 0.5 * random.nextDouble();
        String label = s % 5 == 1 && t == length - 1 ? "rare" + s : x > 1 ? "a" : "b";
        if (random.nextInt(20) > 0) {
          rows.add(
              "s%02d,%s,%s,%s,%s,%d,%d"
                  .formatted(s, FIRST.plusDays(t), x, y, label, t % 2, x > y ? 1 : 0));
        }
      }
    }
    rows.add("short,2024-01-01,3,1,a,0,1");
    for (int t = 0; t < 5; t++) {
      rows.add("empty,%s,,,,,".formatted(FIRST.plusDays(t)));
    }
    Collections.shuffle(rows, new Random(2));
    return rows;
  }
}
