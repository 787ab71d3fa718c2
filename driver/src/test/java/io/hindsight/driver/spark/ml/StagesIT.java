package io.hindsight.driver.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesIT {
  private static final Path CONF = Path.of("../conf").toAbsolutePath();
  private static final String CO2 = Path.of("../datasets/data/co2.csv").toAbsolutePath().toString();
  private static final String WAVES =
      Path.of("../datasets/data/waves.csv").toAbsolutePath().toString();
  private static final List<String> SHORT = List.of("training.epochs=1");

  @TempDir private static Path folder;

  private static TestSession session;
  private static SparkSession spark;
  private static String forecaster; // a model of months, one row each
  private static String classifier; // a model of waves, one row per step

  @BeforeAll
  static void train() {
    session = TestSession.forTables(Map.of("spark.hindsight.table.small", "0"));
    spark = session.sessions().session();
    forecaster = trained("quickstart", CO2);
    classifier = trained("classify", WAVES);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static String trained(String name, String data) {
    RunDirectory run = new RunDirectory(folder.resolve(name));
    TrainingRun.start(config(name, List.of("training.epochs=1", "data.path=" + data)), run, false);
    return run.model();
  }

  private static RunConfig config(String name, List<String> changes) {
    return ConfigReader.read(CONF.resolve(name + ".yaml"), changes);
  }

  private static Dataset<Row> csv(String path) {
    return spark.read().option("header", true).option("inferSchema", true).csv(path);
  }

  private static Dataset<Row> months() {
    return csv(CO2).withColumn("month", functions.date_format(functions.col("month"), "yyyy-MM"));
  }

  /** Each wave in one row, its steps in order. */
  private static Dataset<Row> waves() {
    return csv(WAVES)
        .groupBy("id")
        .agg(
            functions.expr("sort_array(collect_list(struct(step, value))).value").as("value"),
            functions.first("label").as("label"));
  }

  private static JsonNode[] predicted(String model, String data) throws IOException {
    Path file =
        folder.resolve("predicted-" + Integer.toHexString((model + data).hashCode()) + ".jsonl");
    Files.deleteIfExists(file);
    TablePredictions.run(ModelBundle.load(model, Optional.of(data), List.of()), file.toString());
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(json.readTree(line));
    }
    return rows.toArray(JsonNode[]::new);
  }

  private static void assertSchemas(SequenceModel model, Dataset<Row> data) {
    assertEquals(model.transformSchema(data.schema()), model.transform(data).schema());
  }

  @Test
  void shouldAnswerStepsWithTheBitsOfPredict() throws IOException {
    SequenceModel model = SequenceModel.open(forecaster);
    Dataset<Row> data = months();
    assertSchemas(model, data);
    Map<String, Row> answered = new HashMap<>();
    model.transform(data).collectAsList().forEach(row -> answered.put(row.getAs("month"), row));

    assertEquals(468, answered.size());
    JsonNode[] expected = predicted(forecaster, CO2);
    assertEquals(467, expected.length);
    for (JsonNode row : expected) {
      Row own = answered.remove(row.get("time").asText());
      assertEquals(row.get("ppm").asDouble(), own.<Double>getAs("prediction"));
      assertEquals(row.get("target_time").asText(), own.getAs("target_time"));
      assertNull(own.getAs("reason"));
    }
    Row first = answered.get("1959-01"); // has no month before
    assertEquals(1, answered.size());
    assertNull(first.getAs("prediction"));
  }

  @Test
  void shouldAnswerTheStepsOfManySequencesWithTheBitsOfPredict() throws IOException {
    SequenceModel model = SequenceModel.open(classifier);
    Dataset<Row> data = csv(WAVES).repartition(5);
    assertSchemas(model, data);
    Map<String, Row> answered = new HashMap<>();
    model
        .transform(data)
        .where("prediction IS NOT NULL")
        .collectAsList()
        .forEach(row -> assertNull(answered.put(text(row, "id"), row), text(row, "id")));
    Map<String, Row> last = new HashMap<>();
    data.groupBy("id")
        .agg(functions.max("step").as("step"))
        .collectAsList()
        .forEach(row -> last.put(text(row, "id"), row));

    assertEquals(last.keySet(), answered.keySet());
    JsonNode[] expected = predicted(classifier, WAVES);
    assertEquals(answered.size(), expected.length);
    for (JsonNode row : expected) {
      String id = row.get("sequence").asText();
      Row own = answered.get(id);
      assertEquals(last.get(id).<Object>getAs("step"), own.<Object>getAs("step"));
      assertEquals(row.get("label").asText(), own.getAs("prediction"));
      assertEquals(row.get("probability").asDouble(), own.<Double>getAs("probability"));
    }
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.<Object>getAs(column));
  }

  @Test
  void shouldAnswerRowsThatAreSequencesWithTheBitsOfPredict() throws IOException {
    SequenceModel model = SequenceModel.open(classifier);
    Dataset<Row> data = waves();
    assertSchemas(model, data);
    Map<String, Row> answered = new HashMap<>();
    model
        .transform(data)
        .collectAsList()
        .forEach(row -> answered.put(String.valueOf(row.<Object>getAs("id")), row));

    JsonNode[] expected = predicted(classifier, WAVES);
    assertEquals(320, expected.length);
    for (JsonNode row : expected) {
      Row own = answered.get(row.get("sequence").asText());
      assertEquals(row.get("label").asText(), own.getAs("prediction"));
      assertEquals(row.get("probability").asDouble(), own.<Double>getAs("probability"));
    }
  }

  @Test
  void shouldAnswerEachStepOfARowThatIsASequence() throws IOException {
    SequenceModel model = SequenceModel.open(forecaster);
    Dataset<Row> data =
        months()
            .groupBy("station")
            .agg(functions.expr("sort_array(collect_list(struct(month, ppm)))").as("all"))
            .selectExpr("station", "all.ppm as ppm", "all.month as month");
    assertSchemas(model, data);
    Row row = model.transform(data).collectAsList().get(0);
    List<Double> answers = row.getList(row.fieldIndex("prediction"));

    assertEquals(468, answers.size());
    assertNull(answers.get(0));
    JsonNode[] expected = predicted(forecaster, CO2);
    for (int step = 1; step < answers.size(); step++) {
      assertEquals(expected[step - 1].get("ppm").asDouble(), answers.get(step));
    }
    // without times steps are rows, which here are months
    model.setSequenceCol("station").setTimeCol("month");
    Row alone = model.transform(data.drop("month", "station")).collectAsList().get(0);
    assertEquals(answers, alone.getList(alone.fieldIndex("prediction")));
  }

  @Test
  void shouldAnswerInSql() {
    assertEquals(List.of("ppm"), HindsightFunctions.register(spark, "next_month", forecaster));
    assertEquals(List.of("value"), HindsightFunctions.register(spark, "wave", classifier));
    Dataset<Row> series =
        months()
            .groupBy("station")
            .agg(functions.expr("sort_array(collect_list(struct(month, ppm))).ppm").as("ppm"));
    series.createOrReplaceTempView("series");
    waves().createOrReplaceTempView("waves");
    Row told =
        spark.sql("SELECT next_month(ppm) AS p, next_month(array(1)) AS n FROM series").head();
    Row row = SequenceModel.open(forecaster).transform(series).head();
    assertEquals(row.<Object>getList(row.fieldIndex("prediction")), told.getList(0));
    assertTrue(told.isNullAt(1));
    List<Row> classes =
        spark
            .sql(
                "SELECT w.prediction, w.probability FROM (SELECT id, wave(value) AS w FROM waves) ORDER BY id")
            .collectAsList();
    Dataset<Row> expected =
        SequenceModel.open(classifier)
            .transform(waves())
            .sort("id")
            .select("prediction", "probability");
    assertEquals(expected.collectAsList(), classes);
  }

  @Test
  void shouldTellWhyASequenceHasNoAnswer() {
    SequenceModel model = SequenceModel.open(forecaster).setReasonCol("why");
    Dataset<Row> data = spark.sql("SELECT 'here' AS station, array(315.5D) AS ppm, 7 AS more");
    Row row = model.transform(data).collectAsList().get(0);

    assertNull(row.getAs("prediction"));
    assertEquals("too short: 1 step where 2 are needed", row.getAs("why"));
    assertEquals(7, row.<Integer>getAs("more"));
    Dataset<Row> steps =
        spark.sql("SELECT 'here' AS station, '1998-01' AS month, 315.5D AS ppm, 7 AS more");
    assertEquals(
        "too short: 1 step where 2 are needed",
        model.transform(steps).collectAsList().get(0).getAs("why"));
  }

  @Test
  void shouldAnswerAStreamOfSequencesAndRefuseOneOfSteps() throws Exception {
    SequenceModel model = SequenceModel.open(classifier);
    Path input = folder.resolve("stream");
    waves().write().parquet(input.toString());
    Dataset<Row> stream = spark.readStream().schema(waves().schema()).parquet(input.toString());
    var query = model.transform(stream).writeStream().format("memory").queryName("answers").start();
    query.processAllAvailable();
    query.stop();
    Dataset<Row> once = model.transform(waves()).select("id", "prediction", "probability");
    assertEquals(320, spark.table("answers").count());
    assertEquals(
        0, once.except(spark.table("answers").select("id", "prediction", "probability")).count());

    Dataset<Row> steps =
        spark
            .readStream()
            .schema(months().schema())
            .option("header", true)
            .csv(Path.of(CO2).getParent().toString());
    ConfigException refused =
        assertThrows(ConfigException.class, () -> SequenceModel.open(forecaster).transform(steps));
    assertTrue(refused.getMessage().contains("more steps of a sequence may follow"));
  }

  @Test
  void shouldTrainTheWeightsOfTheCommandLine() throws IOException {
    for (String name : List.of("quickstart", "classify")) {
      Dataset<Row> data = name.equals("quickstart") ? months() : csv(WAVES);
      Path run = folder.resolve("fit-" + name);
      SequenceModel model =
          new SequenceEstimator()
              .setConfig(CONF.resolve(name + ".yaml").toString())
              .setSettings("training.epochs=1")
              .setRunDirectory(run.toString())
              .fit(data.repartition(3));
      String expected =
          ModelBundle.load(folder.resolve(name) + "/model", Optional.empty(), List.of())
              .stored()
              .weightsSha256();
      assertEquals(expected, model.weightsSha256());
      assertTrue(Files.exists(run.resolve("status.json")));
      assertEquals(data.count(), model.transform(data).count());
    }
  }

  /**
   * The data set is the one of the command line, of which a column says what the dates say there.
   */
  @Test
  void shouldTakeTheValidationPartOfAColumn() throws IOException {
    Dataset<Row> marked =
        months().withColumn("held", functions.expr("to_date(month) >= DATE'1995-01-01'"));
    SequenceEstimator estimator =
        new SequenceEstimator().setConfig(CONF.resolve("quickstart.yaml").toString());
    SequenceEstimator byDate =
        estimator
            .copy(ParamMap.empty())
            .setSettings(
                "training.epochs=1",
                "data.split={by: date, validation-from: 1995-01-01T00:00:00Z}",
                "data.window={zone: UTC}");
    Path run = folder.resolve("marked");
    SequenceModel byColumn =
        estimator
            .setSettings("training.epochs=1")
            .setValidationIndicatorCol("held")
            .setRunDirectory(run.toString())
            .fit(marked);
    assertEquals(byDate.fit(months()).weightsSha256(), byColumn.weightsSha256());
    assertTrue(Files.readString(run.resolve("metrics.jsonl")).contains("validation"));
    assertEquals(months().count(), byColumn.transform(months()).count());
  }

  @Test
  void shouldTrainOnRowsThatAreSequencesAndOnVectors() {
    Dataset<Row> waves = waves();
    SequenceEstimator estimator =
        new SequenceEstimator()
            .setConfig(CONF.resolve("classify.yaml").toString())
            .setSettings("training.epochs=1", "data.time=null")
            .setFeaturesCol("value");
    SequenceModel nested = estimator.fit(waves);
    Dataset<Row> vectors =
        waves.withColumn(
            "value", org.apache.spark.ml.functions.array_to_vector(functions.col("value")));
    SequenceModel ofVectors = estimator.fit(vectors);

    assertEquals(nested.weightsSha256(), ofVectors.weightsSha256());
    assertSchemas(ofVectors, vectors);
    assertEquals(
        nested
            .transform(waves)
            .select("id", "prediction", "probability")
            .sort("id")
            .collectAsList(),
        ofVectors
            .transform(vectors)
            .select("id", "prediction", "probability")
            .sort("id")
            .collectAsList());
  }

  @Test
  void shouldBeKeptInAPipeline() throws IOException {
    SequenceEstimator estimator =
        new SequenceEstimator()
            .setConfig(Files.readString(CONF.resolve("classify.yaml")))
            .setKey("training.epochs", "1")
            .setKey("data.time", "null")
            .setPredictionCol("said");
    SQLTransformer count =
        new SQLTransformer().setStatement("SELECT *, said = label AS right FROM __THIS__");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator, count});
    String at = folder.resolve("pipeline").toString();
    pipeline.write().overwrite().save(at);
    PipelineModel model = Pipeline.load(at).fit(waves());
    String fitted = folder.resolve("pipeline-model").toString();
    model.write().overwrite().save(fitted);
    model.write().overwrite().save(fitted);
    PipelineModel loaded = PipelineModel.load(fitted);

    SequenceModel own = (SequenceModel) loaded.stages()[0];
    assertEquals(((SequenceModel) model.stages()[0]).weightsSha256(), own.weightsSha256());
    assertEquals("said", own.getOrDefault(own.predictionCol()));
    assertEquals(
        model.transform(waves()).sort("id").collectAsList(),
        loaded.transform(waves()).sort("id").collectAsList());
    assertTrue(estimator.explainParams().contains("predictionCol"), estimator.explainParams());
  }

  @Test
  void shouldBeCrossValidated() {
    SequenceEstimator estimator = ofSums();
    CrossValidatorModel model =
        new CrossValidator()
            .setEstimator(estimator)
            .setEvaluator(new RegressionEvaluator().setLabelCol("y"))
            .setEstimatorParamMaps(epochs(estimator, 1, 20))
            .setNumFolds(2)
            .setSeed(5)
            .fit(sums());

    assertEquals(2, model.avgMetrics().length);
    assertTrue(model.avgMetrics()[1] < model.avgMetrics()[0], Arrays.toString(model.avgMetrics()));
    assertEquals(60, model.transform(sums()).where("prediction is not null").count());
    assertNotNull(((SequenceModel) model.bestModel()).parent());
  }

  @Test
  void shouldBeValidatedOnAShareOfTheRows() {
    SequenceEstimator estimator = ofSums();
    TrainValidationSplitModel model =
        new TrainValidationSplit()
            .setEstimator(estimator)
            .setEvaluator(new RegressionEvaluator().setLabelCol("y"))
            .setEstimatorParamMaps(epochs(estimator, 20, 1))
            .setTrainRatio(0.5)
            .setSeed(5)
            .fit(sums());

    double[] errors = model.validationMetrics();
    assertTrue(errors[0] < errors[1], Arrays.toString(errors));
    SequenceModel best = (SequenceModel) model.bestModel();
    ParamMap likeBest = epochs(estimator, 20)[0];
    assertEquals(estimator.copy(likeBest).fit(sums()).weightsSha256(), best.weightsSha256());
  }

  /** Sixty sequences of six numbers each, and their sums. */
  private static Dataset<Row> sums() {
    return spark
        .range(60)
        .selectExpr(
            "id",
            "transform(sequence(1, 6), t -> sin(id * t)) AS x",
            "aggregate(transform(sequence(1, 6), t -> sin(id * t)), 0D, (a, b) -> a + b) AS y");
  }

  private static SequenceEstimator ofSums() {
    return new SequenceEstimator()
        .setConfig(
            """
            data:
              sequence: id
              inputs: [x]
              targets: [y]
              horizon: 0
              split: {by: id, validation: 0, test: 0}
            model:
              cell: gru
              hidden: [4]
              output: {at: last-step}
            training: {epochs: 2, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}
            """)
        .setLabelCol("y");
  }

  private static ParamMap[] epochs(SequenceEstimator estimator, int... tried) {
    return Arrays.stream(tried)
        .mapToObj(
            epochs ->
                new ParamMap()
                    .put(estimator.settings(), new String[] {"training.epochs=" + epochs}))
        .toArray(ParamMap[]::new);
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    SequenceModel model = SequenceModel.open(forecaster);
    RuntimeException missing =
        assertThrows(
            RuntimeException.class,
            () -> model.transform(months().withColumnRenamed("ppm", "pmm")));
    assertTrue(missing.getMessage().contains("must have the column 'ppm'"), missing.getMessage());
    ConfigException twice =
        assertThrows(
            ConfigException.class,
            () -> model.transform(months().withColumn("Reason", functions.lit(1))));
    assertTrue(twice.getMessage().startsWith("reason: the data set has a column"));
    ConfigException time =
        assertThrows(
            ConfigException.class,
            () -> model.transform(months().withColumn("target_time", functions.lit(1))));
    assertTrue(time.getMessage().endsWith("; drop or rename it"), time.getMessage());
    ConfigException wrong =
        assertThrows(
            ConfigException.class,
            () ->
                new SequenceEstimator()
                    .setConfig(CONF.resolve("quickstart.yaml").toString())
                    .setKey("training.epoch", "1")
                    .fit(months()));
    assertTrue(wrong.getMessage().contains("epochs"), wrong.getMessage());
    assertThrows(ConfigException.class, () -> new SequenceEstimator().fit(months()));
    assertFalse(
        spark.catalog().listTables().collectAsList().stream()
            .anyMatch(table -> table.name().startsWith("hindsight_")));
  }
}
