package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.metrics.StatusFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tasks of the literature learned from scratch, each judged on sequences it was not trained on. The
 * settings are those with which they are known to be learned: Adam, clipping at norm 1, and a
 * forget bias of 1; over 150 steps and more, those of the presets.
 */
@Tag("vectors")
class LearningIT {
  /** Nats per target: what remains of the symbols' uncertainty to one who knows the grammar. */
  private static final double REBER_ENTROPY = 0.4414;

  @TempDir private Path folder;

  @Test
  void shouldLearnParityWithoutAMistake() throws IOException {
    Map<String, Double> metrics =
        learn(
            "parity, T = 16",
            """
            data:
              format: generator
              name: parity
              length: 16
              sequences: 8000
              split: {validation: 0, test: 0.1}
            model: {cell: rnn, hidden: [16]}
            training:
              steps: 900
              batch: 64
              engine: local
              optimizer: {type: adam, learning-rate: 3e-3}
              clip: {norm: 1}
            """);
    assertEquals(1.0, metrics.get("test_accuracy"));
  }

  @Test
  void shouldLearnTheEmbeddedReberGrammarAlmostToItsEntropy() throws IOException {
    Map<String, Double> metrics =
        learn(
            "embedded Reber",
            """
            data:
              format: generator
              name: embedded-reber
              sequences: 8000
              split: {validation: 0, test: 0.25}
            model: {cell: lstm, hidden: [16], initial: {forget-bias: 1}}
            training:
              steps: 800
              batch: 32
              engine: local
              optimizer: {type: adam, learning-rate: 1e-2}
              clip: {norm: 1}
            """);
    double loss = metrics.get("test_loss");
    assertTrue(loss <= 0.46, () -> "cross-entropy " + loss);
    assertTrue(loss > REBER_ENTROPY - 0.01, () -> "below the entropy: " + loss);
  }

  /** The preset: label strings, of which nothing tells where their symbols stand. */
  @Test
  void shouldLearnUnalignedStringsWithLessThanTwoWrongLabelsInAHundred() throws IOException {
    Map<String, Double> metrics = learn("unaligned strings", preset("ctc.yaml"));
    double rate = metrics.get("test_label_error_rate");
    assertTrue(rate <= 0.02, () -> "label error rate " + rate);
  }

  /**
   * With weights and batches of 32 drawn at random, about half of the seeds are still guessing
   * after 500 steps of T = 50, here as elsewhere: a gradient over 25 to 45 steps is too faint at
   * first. Orthogonal recurrent weights and batches of 64 made it strong enough for every seed
   * tried. The preset has both.
   */
  @Test
  void shouldLearnTheOrderOfSymbolsAHundredStepsAgo() throws IOException {
    RunConfig config = preset("temporal-order.yaml", "training.steps=300");
    double accuracy = learn("temporal order, T = 150", config).get("test_accuracy");
    assertTrue(accuracy > 0.99, () -> "accuracy " + accuracy);
  }

  /** Fewer steps than the preset's 2,000 will do; normalised layers need still fewer. */
  @ParameterizedTest
  @CsvSource({"false, 1000", "true, 500"})
  void shouldAddTwoNumbersOfTwoHundred(boolean normalized, int steps) throws IOException {
    RunConfig config =
        preset("adding-200.yaml", "training.steps=" + steps, "model.layer-norm=" + normalized);
    double loss = learn("adding, T = 200, layer-norm " + normalized, config).get("test_loss");
    assertTrue(loss < 0.01, () -> "mean squared error " + loss);
  }

  private static RunConfig preset(String name, String... changes) throws IOException {
    List<String> all = new ArrayList<>(List.of(changes));
    all.add("training.engine=local");
    return ConfigReader.read(Path.of("../conf").resolve(name), all);
  }

  private Map<String, Double> learn(String task, String yaml) throws IOException {
    return learn(task, TestRuns.config(yaml));
  }

  private Map<String, Double> learn(String task, RunConfig config) throws IOException {
    TrainingResult result = TestRuns.train(config, folder);
    StatusFile status = TestRuns.status(folder);
    assertEquals("completed", status.state());
    assertEquals(result.metrics(), status.metrics());
    System.out.printf("%s: %d steps, %s%n", task, result.steps(), status.metrics());
    return status.metrics();
  }
}
