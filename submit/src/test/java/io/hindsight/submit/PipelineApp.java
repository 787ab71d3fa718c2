package io.hindsight.submit;

import io.hindsight.driver.spark.ml.HindsightFunctions;
import io.hindsight.driver.spark.ml.SequenceEstimator;
import io.hindsight.driver.spark.ml.SequenceModel;
import io.hindsight.driver.spark.stream.SequenceStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * A program with pipelines, as a user would submit it; arguments are a configuration, a table like
 * datasets/data/co2.csv and a folder.
 */
public final class PipelineApp {
  private PipelineApp() {}

  /** Trains, keeps, loads, answers and cross-validates; writes what came of it to a file. */
  public static void main(String[] args) throws Exception {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Path folder = Path.of(args[2]);
    PipelineModel model = train(spark, args[0], args[1], folder + "/pipeline");
    Dataset<Row> months = spark.read().option("header", true).csv(args[1]);
    PipelineModel loaded = PipelineModel.load(folder + "/pipeline");
    SequenceModel stage = (SequenceModel) loaded.stages()[0];
    Dataset<Row> answered = loaded.transform(months);
    List<String> told =
        List.of(
            stage.weightsSha256(),
            "" + answered.count(),
            "" + answered.where("prediction IS NOT NULL").count(),
            "" + answered.except(model.transform(months)).count(),
            "" + inSql(spark, folder + "/pipeline"),
            crossValidated(spark),
            streamed(spark, stage, months, folder));
    Files.write(folder.resolve("told.txt"), told);
    spark.stop();
  }

  static PipelineModel train(SparkSession spark, String config, String data, String folder)
      throws IOException {
    Dataset<Row> months = spark.read().option("header", true).csv(data);
    SequenceEstimator estimator =
        new SequenceEstimator()
            .setConfig(config) // a file, or YAML
            .setKey("training.epochs", "2") // as --set training.epochs=2
            .setSequenceCol("station")
            .setTimeCol("month");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator});
    PipelineModel model = pipeline.fit(months);
    model.transform(months).select("month", "prediction", "reason").show(3);
    model.write().overwrite().save(folder);
    return model;
  }

  private static boolean inSql(SparkSession spark, String pipeline) {
    SequenceModel model = (SequenceModel) PipelineModel.load(pipeline).stages()[0];
    HindsightFunctions.register(spark, "next_month", model);
    Row row = spark.sql("SELECT next_month(array(315.5D, 316.4D, 317.6D)) AS p").head();
    return row.getList(0).size() == 3 && row.getList(0).get(2) instanceof Double;
  }

  /** Rows whose answers of a stream are not those of the whole table. */
  private static String streamed(
      SparkSession spark, SequenceModel stage, Dataset<Row> months, Path folder) throws Exception {
    stage.write().overwrite().save(folder + "/stage");
    Dataset<Row> rows = months.selectExpr("station", "month", "CAST(ppm AS DOUBLE) AS ppm");
    rows.write().json(folder + "/months");
    answer(spark, folder + "/stage/model", folder + "/months", folder + "/stream")
        .awaitTermination();
    Dataset<Row> answers = spark.read().parquet(folder + "/stream/answers");
    String[] columns = {"month", "ppm", "prediction", "target_time"};
    Dataset<Row> once = stage.transform(rows).selectExpr(columns);
    long other = answers.selectExpr(columns).exceptAll(once).count();
    return answers.count() + " answered, " + other + " otherwise";
  }

  static StreamingQuery answer(SparkSession spark, String model, String rows, String folder)
      throws TimeoutException {
    Dataset<Row> months =
        spark.readStream().schema("station STRING, month STRING, ppm DOUBLE").json(rows);
    Dataset<Row> answers =
        SequenceStream.open(model) // a run's model/, or a registry
            .setSequenceCol("station")
            .setVersionCol("version")
            .answer(months);
    spark.conf().set("spark.sql.streaming.checkpointLocation", folder + "/checkpoints");
    return answers
        .writeStream()
        .queryName("months") // names its checkpoint
        .format("parquet")
        .trigger(Trigger.AvailableNow()) // leave it out to go on for ever
        .start(folder + "/answers");
  }

  private static String crossValidated(SparkSession spark) {
    Dataset<Row> sums =
        spark
            .range(60)
            .selectExpr("id", "array(sin(id), cos(id), sin(2 * id)) AS x")
            .selectExpr("id", "x", "x[0] + x[1] + x[2] AS y");
    return "" + crossValidated(sums).avgMetrics().length;
  }

  static CrossValidatorModel crossValidated(Dataset<Row> sums) {
    SequenceEstimator estimator =
        new SequenceEstimator()
            .setConfig(
                """
                data:
                  sequence: id
                  inputs: [x] # an array in each row
                  targets: [y]
                  horizon: 0
                  split: {by: id, validation: 0, test: 0}
                model: {cell: gru, hidden: [4], output: {at: last-step}}
                training: {epochs: 2, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
                """);
    ParamMap[] tried = {
      new ParamMap().put(estimator.settings(), new String[] {"training.epochs=1"}),
      new ParamMap().put(estimator.settings(), new String[] {"model.hidden=[8]", "seed=7"})
    };
    return new CrossValidator()
        .setEstimator(estimator)
        .setEvaluator(new RegressionEvaluator().setLabelCol("y"))
        .setEstimatorParamMaps(tried)
        .setNumFolds(2)
        .fit(sums);
  }
}
