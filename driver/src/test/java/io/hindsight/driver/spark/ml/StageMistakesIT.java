package io.hindsight.driver.spark.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an estimator refuses, and what a fit that fails leaves. */
class StageMistakesIT {
  private static final String LEFT = "what the failed run has written is left in ";

  @TempDir private Path folder;

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

  private static ConfigException refused(SequenceEstimator estimator) {
    return assertThrows(ConfigException.class, () -> estimator.fit(SmallStages.steps(spark)));
  }

  private static SequenceEstimator withTable(String keys) {
    String yaml = SmallStages.YAML.replace("data:\n", "data:\n" + keys.indent(2));
    return new SequenceEstimator().setConfig(yaml);
  }

  private static void assertSecret(ConfigException refused, String key) {
    String message = refused.getMessage();
    assertTrue(message.contains(key + ": a secret would be stored"), message);
    assertEquals(1, refused.problems().size(), message);
  }

  @Test
  void shouldRefuseSecretsThoughTheDataSetReplacesThem() throws IOException {
    SequenceEstimator option = withTable("format: jdbc\noptions: {url: 'jdbc:h2:a', password: p}");
    assertSecret(refused(option), "data.options.password");
    assertSecret(assertThrows(ConfigException.class, option::write), "data.options.password");
    option.setSettings("data.options=null"); // the text would be written all the same
    assertSecret(refused(option), "data.options.password");
    assertSecret(assertThrows(ConfigException.class, option::write), "data.options.password");

    SequenceEstimator path = withTable("format: delta\npath: 's3a://a:secret@bucket/table'");
    assertSecret(refused(path), "data.path");
    SequenceEstimator setting = SmallStages.estimator().setKey("data.options.password", "p");
    assertSecret(refused(setting), "data.options.password");
    assertSecret(assertThrows(ConfigException.class, setting::write), "data.options.password");

    Path file = folder.resolve("secret.yaml");
    Files.writeString(file, textOf(option));
    assertSecret(
        refused(new SequenceEstimator().setConfig(file.toString())), "data.options.password");
  }

  private static String textOf(SequenceEstimator estimator) {
    return estimator.getOrDefault(estimator.config());
  }

  @Test
  void shouldWriteAnEstimatorWhoseConfigurationIsNotCompleteYet() throws IOException {
    SequenceEstimator estimator =
        new SequenceEstimator().setConfig("{data: {inputs: [x]}, model: {cell: gru}}");
    estimator.write().save(folder.resolve("estimator").toString());
    SequenceEstimator read = SequenceEstimator.load(folder.resolve("estimator").toString());
    assertEquals(textOf(estimator), textOf(read));
    assertTrue(refused(read).getMessage().contains("data.targets"));
  }

  @Test
  void shouldTakeYamlOfOneLine() {
    SequenceModel model =
        new SequenceEstimator()
            .setConfig(
                "{data: {sequence: id, time: t, inputs: [x], targets: [y], horizon: 0,"
                    + " split: {by: id, validation: 0, test: 0}},"
                    + " model: {cell: gru, hidden: [4], output: {at: every-step}}, training:"
                    + " {epochs: 1, batch: 8, optimizer: {type: adam, learning-rate: 1e-2}}}")
            .fit(SmallStages.steps(spark));
    assertEquals(
        SmallStages.estimator().fit(SmallStages.steps(spark)).weightsSha256(),
        model.weightsSha256());
  }

  @Test
  void shouldRefuseAStoreThatNoOtherFitWouldFind() {
    String store = folder.resolve("store").toString();
    ConfigException refused = refused(SmallStages.estimator().setKey("data.store", store));
    assertTrue(refused.getMessage().startsWith("data.store: what is kept"), refused.getMessage());
    assertTrue(Files.notExists(Path.of(store)));
  }

  @Test
  void shouldNameTheFolderThatAFailedFitLeavesAndKeepTheActiveSession() {
    SparkSession other = spark.newSession();
    SparkSession.setActiveSession(other);
    try {
      Dataset<Row> data =
          SmallStages.steps(spark).withColumn("x", functions.expr("if(id = 3 AND t = 2, null, x)"));
      DataException failed =
          assertThrows(DataException.class, () -> SmallStages.estimator().fit(data));
      String told =
          Stream.iterate((Throwable) failed, t -> t != null, Throwable::getCause)
              .flatMap(t -> Arrays.stream(t.getSuppressed()))
              .map(Throwable::getMessage)
              .filter(message -> message.startsWith(LEFT))
              .findFirst()
              .orElseThrow();
      Path left = Path.of(told.substring(LEFT.length()));
      assertTrue(Files.exists(left.resolve("run").resolve("status.json")), told);
      assertSame(other, SparkSession.active());
      SmallStages.estimator().fit(SmallStages.steps(spark));
      assertSame(other, SparkSession.active());
      deleted(left);
    } finally {
      SparkSession.setActiveSession(spark);
    }
  }

  private static void deleted(Path left) {
    org.apache.commons.io.FileUtils.deleteQuietly(left.toFile());
  }
}
