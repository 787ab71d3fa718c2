package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.TablePredictions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a table whose noise grows with an input to answers that tell how far they may be off. */
class SpreadRunTest {
  @RegisterExtension static final NoisyTable TABLE = new NoisyTable();

  @TempDir private Path folder;

  @Test
  void shouldNameAnswersInATableAfterThePrediction() {
    TestRuns.train(TABLE.config("y", "{quantiles: [0.025, 0.5, 0.9]}", 3), folder.resolve("run"));
    Path output = folder.resolve("parquet");
    TablePredictions.run(
        NoisyTable.model(folder.resolve("run")), TableOutput.of("parquet", output.toString()));
    Row first = SparkSession.active().read().parquet(output.toString()).head();
    List<String> names = Arrays.asList(first.schema().fieldNames());
    assertTrue(
        names.containsAll(List.of("prediction", "prediction_q2_5", "prediction_q90")),
        names.toString());
    assertFalse(names.contains("prediction_q50"), names.toString());
    assertTrue(first.<Double>getAs("prediction_q2_5") <= first.<Double>getAs("prediction_q90"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{quantiles: [0.1, 0.5, 0.9]}", "{distribution: gaussian}"})
  void shouldComeToTheSameWeightsByEveryEngineAndHoweverTheTableIsRead(String output) {
    String expected =
        TestRuns.trainByAllEngines(more -> TABLE.config("y", output, 6, more), folder);
    SparkSession.active().conf().set(NoisyTable.SMALL, "0");
    String store = "data.store=" + folder.resolve("store");
    for (String name : List.of("made", "found")) {
      RunConfig config = TABLE.config("y", output, 6, store, "training.engine=spark-jobs");
      assertEquals(expected, TestRuns.train(config, folder.resolve(name)).weightsSha256());
    }
  }

  @Test
  void shouldRefuseTargetsThatAreNoCounts() {
    String message =
        assertThrows(
                DataException.class,
                () ->
                    TestRuns.train(
                        TABLE.config("y", "{distribution: poisson}", 1), folder.resolve("run")))
            .getMessage();
    assertTrue(
        message.startsWith(
            "a target of a distribution of counts must be a whole number of 0 or more, but found"),
        message);
    assertTrue(message.contains("sequence 's000', time 0, column y"), message);
  }
}
