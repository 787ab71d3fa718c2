package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.chunks.DataStore;
import io.hindsight.datasets.chunks.SharedStore;
import io.hindsight.datasets.snapshot.Reading;
import io.hindsight.datasets.stored.EncodedStore;
import io.hindsight.datasets.stored.LocalFolder;
import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.driver.data.RunData;
import io.hindsight.driver.data.StorageFolder;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.score.ConformalMargins;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.output.LossOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a table to intervals that hold as many targets as they say. */
class ConformalRunTest {
  /** √(0.8·0.2·(1/600 + 1/2400)), of 600 targets that decide and 2400 that are judged by. */
  private static final double DEVIATION = 0.018;

  @RegisterExtension static final NoisyTable TABLE = new NoisyTable();

  @TempDir private Path folder;

  /** What has hardly been trained holds next to nothing; of counts some lie on the bounds. */
  @ParameterizedTest
  @CsvSource({
    "y, 'quantiles: [0.1, 0.5, 0.9]', 3, 0.5, 0.8",
    "y, 'distribution: gaussian', 40, 1, 0.8",
    "n, 'distribution: poisson', 40, 0.6, 0.85",
  })
  void shouldHoldAsManyTargetsAsTheIntervalSays(
      String target, String spread, int steps, double before, double most) {
    double plain = coverage(TABLE.config(target, "{" + spread + "}", steps), "plain");
    assertTrue(plain <= before, "without margins " + plain);
    String output = "{" + spread + ", conformal: true}";
    double widened = coverage(TABLE.config(target, output, steps), "widened");
    assertTrue(widened > 0.8 - 3 * DEVIATION, "with margins " + widened);
    assertTrue(widened < most + 3 * DEVIATION, "with margins " + widened);
  }

  private double coverage(RunConfig config, String name) {
    return TestRuns.train(config, folder.resolve(name)).metrics().get("test_coverage_80");
  }

  @Test
  void shouldPutIntervalsAroundOneNumberAndAnswerThem() {
    Path run = folder.resolve("run");
    RunConfig config = TABLE.config("y", "{conformal: true}", 200);
    TrainingResult result = TestRuns.train(config, run);
    RunConfig without = TABLE.config("y", "{activation: identity}", 200);
    TrainingResult plain = TestRuns.train(without, folder.resolve("plain"));
    assertEquals(plain.weightsSha256(), result.weightsSha256(), "margins change no weight");
    assertEquals(0.8, result.metrics().get("test_coverage_80"), 3 * DEVIATION);

    ModelBundle model = NoisyTable.model(run);
    SortedMap<String, Double> evaluated = Evaluation.run(model).metrics();
    for (String figure : List.of("coverage_80", "interval_width_80", "pinball", "wql")) {
      assertEquals(result.metrics().get("test_" + figure), evaluated.get(figure), figure);
    }
    String output = folder.resolve("answers").toString();
    TablePredictions.run(model, TableOutput.of("parquet", output));
    double width = evaluated.get("interval_width_80");
    for (Row row : SparkSession.active().read().parquet(output).limit(50).collectAsList()) {
      double answer = row.<Double>getAs("prediction");
      assertEquals(answer - width / 2, row.<Double>getAs("prediction_q10"), 1e-9);
      assertEquals(answer + width / 2, row.<Double>getAs("prediction_q90"), 1e-9);
    }
  }

  @Test
  void shouldFindTheSameMarginsInTasksAndOnTheDriver() {
    RunConfig config =
        TABLE.config("y", "{quantiles: [0.05, 0.1, 0.5, 0.9, 0.95], conformal: true}", 1);
    RunData held = RunData.read(config);
    Parameters weights =
        Initializer.initialize(new ParameterLayout(held.spec()), InitialKind.UNIFORM, 1, 3);
    LossOptions expected = options(ConformalMargins.calibrated(held, weights));
    assertTrue(expected.margins().orElseThrow().areKnown());
    SparkSession.active().conf().set(NoisyTable.SMALL, "0");
    RunConfig stored =
        TABLE.config("y", "{quantiles: [0.05, 0.1, 0.5, 0.9, 0.95], conformal: true}", 1);
    SharedStore shared =
        new SharedStore(
            StorageFolder.of(folder.resolve("store").toString()),
            ResolvedConfig.ofData(stored),
            4000);
    EncodedStore none = new EncodedStore(new LocalFolder(folder, false), 0);
    RunData chunks = RunData.read(stored, new Reading(), new DataStore(none, Optional.of(shared)));
    StoredScoring tasks = StoredScoring.ofStored(chunks, TABLE.sessions()).orElseThrow();
    assertEquals(expected, options(tasks.calibrated(weights)));
  }

  private static LossOptions options(Parameters parameters) {
    return parameters.layout().spec().output().options();
  }

  @Test
  void shouldResumeToTheSameModel() {
    RunConfig config =
        TABLE.config("y", "{conformal: true}", 30, "training.checkpoint={every-steps: 10}");
    TestRuns.train(config, folder.resolve("whole"));
    Path stopped = folder.resolve("stopped");
    TestRuns.stopAfter(20, config, stopped);
    ModelBundle checkpoint =
        ModelBundle.load(
            stopped.resolve("checkpoints/step-000000020").toString(), Optional.empty(), List.of());
    ConfigException refused = assertThrows(ConfigException.class, () -> Evaluation.run(checkpoint));
    assertTrue(refused.getMessage().contains("this is a checkpoint"), refused.getMessage());
    TestRuns.resume(config, stopped);
    Parameters whole = NoisyTable.model(folder.resolve("whole")).parameters();
    Parameters resumed = NoisyTable.model(stopped).parameters();
    assertArrayEquals(whole.values(), resumed.values());
    assertEquals(options(whole), options(resumed));
  }

  @Test
  void shouldRefuseTooFewTargetsBeforeAnythingIsTrained() {
    String output = "{intervals: [0.0005, 0.9995], conformal: true}";
    DataException refused =
        assertThrows(
            DataException.class,
            () -> TestRuns.train(TABLE.config("y", output, 1), folder.resolve("run")));
    String message = refused.getMessage();
    assertTrue(message.contains("needs 1000 targets of each column in the validation part"));
    assertTrue(message.contains("found 600"), message);
    ConfigException none =
        assertThrows(
            ConfigException.class,
            () -> TABLE.config("y", "{conformal: true}", 1, "data.split.validation=0"));
    assertTrue(
        none.getMessage()
            .contains(
                "model.output.conformal: there is no validation part that tells how far off targets lie; set data.split.validation, or delete this"),
        none.getMessage());
  }
}
