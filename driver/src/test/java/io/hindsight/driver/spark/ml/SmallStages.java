package io.hindsight.driver.spark.ml;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** A small estimator and data for it: ten sequences of six steps. */
final class SmallStages {
  static final String YAML =
      """
      data:
        sequence: id
        time: t
        inputs: [x]
        targets: [y]
        horizon: 0
        split: {by: id, validation: 0, test: 0}
      model: {cell: gru, hidden: [4], output: {at: every-step}}
      training: {epochs: 1, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
      """;

  private SmallStages() {}

  static SequenceEstimator estimator() {
    return new SequenceEstimator().setConfig(YAML);
  }

  /** A row for each step. */
  static Dataset<Row> steps(SparkSession spark) {
    return spark
        .range(60)
        .selectExpr("id div 6 AS id", "id % 6 AS t", "sin(id) AS x", "2 * sin(id) AS y");
  }

  /** A row for each sequence. */
  static Dataset<Row> sequences(Dataset<Row> steps) {
    return steps
        .groupBy("id")
        .agg(functions.expr("sort_array(collect_list(struct(t, x, y))) AS all"))
        .selectExpr("id", "all.t AS t", "all.x AS x", "all.y AS y");
  }

  /** The answers, by the number of the sequence and of the step. */
  static Map<String, Double> answers(Dataset<Row> answered) {
    Map<String, Double> answers = new HashMap<>();
    for (Row row : answered.where("prediction IS NOT NULL").collectAsList()) {
      String step =
          String.valueOf(row.<Object>getAs("id")).strip() + " at " + row.<Object>getAs("t");
      if (answers.put(step, row.getAs("prediction")) != null) {
        throw new AssertionError("two answers to sequence " + step);
      }
    }
    return answers;
  }
}
