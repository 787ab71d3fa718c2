package io.hindsight.driver.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.spark.session.TestSession;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows of one time, ids with spaces, and rows that are sequences for a model of steps. */
class StageRowsIT {
  private static TestSession session;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    session = TestSession.forTables(Map.of("spark.hindsight.table.small", "0"));
    spark = session.sessions().session();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  /** Each fourth step of a sequence twice. */
  private static Dataset<Row> doubled() {
    Dataset<Row> steps = SmallStages.steps(spark);
    return steps.unionAll(steps.where("t = 3").withColumn("x", functions.expr("x + 1")));
  }

  /** The same with means that Spark computes, exactly as there are at most two rows. */
  private static Dataset<Row> means() {
    return doubled()
        .groupBy("id", "t")
        .agg(
            functions.expr("(min(x) + max(x)) / 2 AS x"),
            functions.expr("(min(y) + max(y)) / 2 AS y"));
  }

  @Test
  void shouldAnswerRowsOfOneTimeByTheirMean() {
    SequenceModel model =
        SmallStages.estimator().setKey("data.duplicates", "mean").fit(doubled().repartition(3));
    Dataset<Row> answered = model.transform(doubled().repartition(3));
    Map<String, Double> expected = SmallStages.answers(model.transform(means()));

    assertEquals(70, answered.count());
    assertEquals(60, expected.size());
    assertEquals(expected, SmallStages.answers(answered));

    Dataset<Row> nested = SmallStages.sequences(means());
    Dataset<Row> each =
        model
            .transform(nested)
            .selectExpr("id", "inline(arrays_zip(t, prediction))")
            .toDF("id", "t", "prediction");
    assertEquals(expected, SmallStages.answers(each));
    assertEquals(
        model.transform(nested).select("id", "prediction").sort("id").collectAsList(),
        model.transform(nested.drop("t")).select("id", "prediction").sort("id").collectAsList());
    assertEquals("[x]", HindsightFunctions.register(spark, "of_means", model).toString());
  }

  @Test
  void shouldAnswerTheLastRowOfOneTime() {
    SequenceModel model = SmallStages.estimator().setKey("data.duplicates", "last").fit(doubled());
    Dataset<Row> largest = doubled().groupBy("id", "t").agg(functions.max("x").as("x"));
    assertEquals(
        SmallStages.answers(model.transform(largest)),
        SmallStages.answers(model.transform(doubled().repartition(3))));
  }

  @Test
  void shouldBringTogetherIdsWithSpacesAroundThem() {
    Dataset<Row> steps = SmallStages.steps(spark).withColumn("g", functions.lit("g"));
    Dataset<Row> ids =
        steps
            .withColumn(
                "id",
                functions.expr("if(t IN (0, 2, 4), concat(' ', id, '\\t '), CAST(id AS STRING))"))
            .withColumn("g", functions.expr("if(t < 3, concat('\\t', g), g)"))
            .repartition(5);
    for (String names : new String[] {"id", "[g, id]"}) {
      SequenceModel model = SmallStages.estimator().setKey("data.sequence", names).fit(steps);
      Map<String, Double> expected = SmallStages.answers(model.transform(steps));
      assertEquals(60, expected.size());
      assertEquals(expected, SmallStages.answers(model.transform(ids)), names);
    }
  }

  @Test
  void shouldAnswerInSqlWhereTheIdIsAnInput() {
    Dataset<Row> steps = SmallStages.steps(spark).withColumn("id", functions.expr("id * 1D"));
    SequenceModel model = SmallStages.estimator().setKey("data.static", "[id]").fit(steps);
    assertEquals(List.of("x", "id"), HindsightFunctions.register(spark, "by_id", model));
    Dataset<Row> nested = SmallStages.sequences(steps);
    nested.createOrReplaceTempView("with_ids");
    assertEquals(
        model.transform(nested).select("id", "prediction").sort("id").collectAsList(),
        spark.sql("SELECT id, by_id(x, id) FROM with_ids ORDER BY id").collectAsList());
  }

  @Test
  void shouldSayWhatOnlyRowsOfStepsCanBeAnsweredFor() {
    Dataset<Row> days =
        SmallStages.steps(spark)
            .withColumn("t", functions.expr("date_add(DATE'2024-01-01', CAST(t AS INT))"));
    SequenceModel model = SmallStages.estimator().setKey("data.frequency", "1d").fit(days);
    assertEquals(60, SmallStages.answers(model.transform(days)).size());
    DataException refused =
        assertThrows(DataException.class, () -> model.transform(SmallStages.sequences(days)));
    assertTrue(
        refused.getMessage().contains("make each step a row, with its time"), refused.getMessage());
  }

  @Test
  void shouldNameAColumnThatIsMissing() {
    Dataset<Row> nested = SmallStages.sequences(SmallStages.steps(spark));
    SequenceModel ofArrays = SmallStages.estimator().setKey("data.time", "null").fit(nested);
    SequenceModel ofSteps = SmallStages.estimator().fit(SmallStages.steps(spark));
    for (SequenceModel model : new SequenceModel[] {ofArrays, ofSteps}) {
      for (Dataset<Row> data : List.of(nested, nested.drop("t"))) {
        DataException refused =
            assertThrows(
                DataException.class, () -> model.transform(data.withColumnRenamed("x", "X")));
        assertTrue(refused.getMessage().contains("must have the column 'x'"), refused.getMessage());
      }
    }
  }
}
