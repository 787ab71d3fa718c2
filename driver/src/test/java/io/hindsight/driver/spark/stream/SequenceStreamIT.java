package io.hindsight.driver.spark.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.registry.TestVersions;
import io.hindsight.driver.spark.ml.SequenceModel;
import io.hindsight.driver.spark.session.TestSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a stream that are steps, in the process of the test. */
class SequenceStreamIT {
  private static final String[] ANSWERS = {"id", "t", "prediction", "target_time", "reason"};

  @TempDir private static Path folder;
  private static TestSession session;
  private static SparkSession spark;
  private static String model;
  private static String other;

  @BeforeAll
  static void train() {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "2"));
    spark = session.sessions().session();
    Dataset<Row> rows = StreamFiles.steps(spark, 6, 10);
    model = StreamFiles.trained(rows, folder.resolve("one"));
    other = StreamFiles.trained(rows, folder.resolve("other"), "seed=5");
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static StreamFiles files(String name) throws Exception {
    return new StreamFiles(spark, folder.resolve(name));
  }

  private static StreamingQuery started(Dataset<Row> answered, String name) throws Exception {
    return answered.writeStream().format("memory").queryName(name).start();
  }

  private static Dataset<Row> steps(String where) {
    return StreamFiles.steps(spark, 6, 10).where(where);
  }

  @Test
  void shouldAnswerWithTheBitsOfWholeSequencesAndCountLateRows() throws Exception {
    StreamFiles files = files("late");
    Dataset<Row> answered =
        SequenceStream.open(model).setVersionCol("model").answer(files.stream());
    StreamingQuery query = started(answered, "punctual");
    StreamingQuery all =
        started(
            SequenceStream.open(model).setKeepLate(true).setReasonCol("why").answer(files.stream()),
            "kept");
    files.add(steps("t < 3 OR (id = 's2' AND t < 5)").orderBy("x"));
    files.add(steps("t BETWEEN 2 AND 6").unionAll(steps("t = 6")));
    files.add(steps("t > 6"));
    query.processAllAvailable();
    all.processAllAvailable();
    List<String> counted =
        Stream.of(query.recentProgress())
            .map(each -> String.valueOf(each.observedMetrics().get(SequenceStream.METRICS)))
            .toList();
    query.stop();
    all.stop();

    Dataset<Row> whole = SequenceModel.open(model).transform(steps("true"));
    Dataset<Row> streamed = spark.table("punctual");
    assertEquals(StreamFiles.told(whole, ANSWERS), StreamFiles.told(streamed, ANSWERS));
    assertEquals(1, streamed.select("model").distinct().count());
    assertTrue(counted.containsAll(List.of("[20,0,0]", "[36,14,0]", "[18,0,0]")), "" + counted);
    Dataset<Row> late = spark.table("kept").where("why IS NOT NULL");
    assertEquals(14, late.count());
    assertEquals(74, spark.table("kept").count());
    assertTrue(late.head().<String>getAs("why").startsWith("late: "));
    assertNull(late.head().getAs("prediction"));
  }

  @Test
  void shouldBeginAnewWithANewChampion() throws Exception {
    String registry = folder.resolve("registry").toString();
    TestVersions.promote(registry, "v1", model);
    StreamFiles files = files("champions");
    for (int replay : new int[] {0, 3}) {
      SequenceStream stream =
          SequenceStream.open(registry)
              .setVersionCol("model")
              .setReplay(replay)
              .setTakeUpAfter(Duration.ZERO);
      StreamingQuery query = started(stream.answer(files.stream()), "replay" + replay);
      if (replay == 0) {
        files.add(steps("t < 6"));
        query.processAllAvailable();
        TestVersions.promote(registry, "v2", other);
        files.add(steps("t >= 6"));
      }
      query.processAllAvailable();
      query.stop();
    }
    Dataset<Row> reset = spark.table("replay0");
    assertEquals(answers(model, "t < 6", "true"), StreamFiles.told(reset.where("t < 6"), ANSWERS));
    assertEquals(
        answers(other, "t >= 6", "true"), StreamFiles.told(reset.where("t >= 6"), ANSWERS));
    assertEquals(
        List.of("[v1,36]", "[v2,24]"),
        StreamFiles.told(reset.groupBy("model").count(), "model", "count"));
    assertEquals(
        List.of("[v2,60]"),
        StreamFiles.told(spark.table("replay3").groupBy("model").count(), "model", "count"));
    assertReplays(registry);
  }

  private static List<String> answers(String of, String rows, String told) {
    return StreamFiles.told(SequenceModel.open(of).transform(steps(rows)).where(told), ANSWERS);
  }

  private static void assertReplays(String registry) throws Exception {
    StreamFiles files = files("replays");
    SequenceStream stream =
        SequenceStream.open(registry).setReplay(3).setTakeUpAfter(Duration.ZERO);
    StreamingQuery query = started(stream.answer(files.stream()), "replays");
    files.add(steps("t < 6"));
    query.processAllAvailable();
    TestVersions.promote(registry, "v3", model);
    files.add(steps("t >= 6"));
    query.processAllAvailable();
    query.stop();
    List<String> told = StreamFiles.told(spark.table("replays").where("t >= 6"), ANSWERS);
    assertEquals(answers(model, "t >= 3", "t >= 6"), told);
    assertNotEquals(answers(model, "true", "t >= 6"), told);
  }

  @Test
  void shouldForgetASequenceAfterItsTimeout() throws Exception {
    StreamFiles files = files("timeout");
    SequenceStream stream = SequenceStream.open(model).setTimeout(Duration.ofMillis(1));
    StreamingQuery query =
        stream
            .answer(files.stream())
            .writeStream()
            .format("memory")
            .queryName("forgotten")
            .trigger(Trigger.ProcessingTime("50 milliseconds"))
            .start();
    files.add(steps("t < 6"));
    await(() -> spark.table("forgotten").count() == 36);
    await(() -> query.lastProgress().stateOperators()[0].numRowsTotal() == 0);
    files.add(steps("t >= 4"));
    await(() -> spark.table("forgotten").count() == 36 + 36);
    query.stop();
    List<String> told = StreamFiles.told(spark.table("forgotten"), ANSWERS);
    assertTrue(told.containsAll(answers(model, "t < 6", "true")), told.toString());
    assertTrue(told.containsAll(answers(model, "t >= 4", "true")), told.toString());
  }

  /** Spark looks for silent sequences trigger by trigger, so that it never has nothing to do. */
  private static void await(BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "still not so");
      Thread.sleep(20);
    }
  }

  @Test
  void shouldRefuseWhatItCannotAnswerAtOnce() throws Exception {
    SequenceStream stream = SequenceStream.open(model);
    assertRefused("must be those of a stream", () -> stream.answer(steps("true")));
    Dataset<Row> rows = files("refused").stream();
    assertRefused(
        "a column of this name", () -> SequenceStream.open(model).setVersionCol("X").answer(rows));
    assertRefused("must be 0 or more", () -> stream.setReplay(-1));
    assertRefused("must be at least a millisecond", () -> stream.setTimeout(Duration.ZERO));
    assertRefused("must be 0 or more", () -> stream.setTakeUpAfter(Duration.ofMillis(-1)));
    Dataset<Row> nested = rows.selectExpr("id", "array(t) AS t", "array(x) AS x", "array(y) AS y");
    assertRefused("hold whole sequences", () -> SequenceStream.open(model).answer(nested));
  }

  private static void assertRefused(String why, org.junit.jupiter.api.function.Executable asked) {
    String told = assertThrows(ConfigException.class, asked).getMessage();
    assertTrue(told.contains(why), told);
  }

  @Test
  void shouldPassOverRowsWithoutAValueWhateverComesWithThem() throws Exception {
    StreamFiles files = files("empty");
    StreamingQuery query = started(SequenceStream.open(model).answer(files.stream()), "empties");
    Dataset<Row> none = steps("t < 5").selectExpr("id", "t", "CAST(NULL AS DOUBLE) AS x", "y");
    files.add(steps("t < 2").unionAll(none.where("t = 2")));
    files.add(none.where("t = 4"));
    files.add(steps("t > 4"));
    query.processAllAvailable();
    query.stop();
    Dataset<Row> answered = spark.table("empties");
    assertEquals(
        answers(model, "t NOT BETWEEN 2 AND 4", "true"),
        StreamFiles.told(answered.where("x IS NOT NULL"), ANSWERS));
    assertEquals(12, answered.where("x IS NULL AND reason LIKE 'no value%'").count());
  }

  @Test
  void shouldStopAtTwoRowsOfOneTimeThatDiffer() throws Exception {
    StreamFiles files = files("differ");
    StreamingQuery query = started(SequenceStream.open(model).answer(files.stream()), "differing");
    files.add(steps("t < 2").unionAll(steps("t = 1")));
    query.processAllAvailable();
    files.add(steps("t = 2").unionAll(steps("t = 2").selectExpr("id", "t", "x + 1 AS x", "y")));
    StreamingQueryException failure =
        assertThrows(StreamingQueryException.class, query::processAllAvailable);
    assertTrue(failure.getMessage().contains("must have one row per time"), failure.getMessage());
    assertEquals(12, spark.table("differing").count());
  }
}
