package io.hindsight.driver.spark.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;

/** Parameters that an estimator and its model share. */
final class ModelColumns {
  static final String PREDICTION = "prediction";
  static final String PROBABILITY = "probability";
  static final String REASON = "reason";

  final Param<String> prediction;
  final Param<String> probability;
  final Param<String> reason;
  final Param<String> sequence;
  final Param<String> time;

  ModelColumns(Identifiable stage) {
    prediction =
        new Param<>(
            stage,
            "predictionCol",
            "column of the answers; with several targets each has one, with _ and its name behind");
    probability =
        new Param<>(stage, "probabilityCol", "column of the answered class's probability");
    reason = new Param<>(stage, "reasonCol", "column that tells why a sequence has no answer");
    sequence =
        new Param<>(
            stage, "sequenceCol", "column that tells sequences apart; else that of data.sequence");
    time =
        new Param<>(stage, "timeCol", "column that orders the steps of a sequence; else data.time");
  }
}
