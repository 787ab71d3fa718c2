package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.diagnose.Diagnosis;
import io.hindsight.driver.diagnose.Figures;
import io.hindsight.driver.diagnose.LayerFigures;
import io.hindsight.driver.diagnose.UpdateFigures.Origin;
import io.hindsight.driver.diagnose.UpdateFigures.Ratio;
import io.hindsight.driver.diagnose.Verdict;
import io.hindsight.driver.diagnose.Verdict.Kind;
import io.hindsight.driver.diagnose.stored.RunDiagnosis;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that were made to be broken, and sound ones. */
@ExtendWith(ForTables.class)
class RunDiagnosisTest {
  private static final String GENERATED =
      """
      name: generated
      data: {format: generator, %s}
      model: {cell: %s, hidden: [12]}
      training:
        steps: 2
        batch: 16
        optimizer: {type: adam, learning-rate: 0.01}
        clip: {norm: 1}
      """;

  private static final String SUMS = "name: adding, length: 60, sequences: 64";

  private static final String TABLE =
      """
      name: table
      data:
        format: csv
        path: %s
        options: {header: true}
        sequence: id
        time: t
        inputs: [x]
        targets: [y]
        horizon: 0
        scale: none
        split: {by: id, validation: 0.0, test: 0.0}
      model: {cell: %s, hidden: [8]}
      training:
        steps: 20
        batch: 8
        optimizer: {type: adam, learning-rate: 0.01}
      """;

  @TempDir private Path folder;

  private Diagnosis trained(RunConfig config) {
    Path run = folder.resolve("run");
    TestRuns.train(config, run);
    return RunDiagnosis.of(run.toString(), List.of()).diagnosis();
  }

  private static void assertVerdict(Kind kind, String told, Diagnosis diagnosis) {
    List<Verdict> verdicts = diagnosis.verdicts();
    assertEquals(List.of(kind), verdicts.stream().map(Verdict::kind).toList(), diagnosis + "");
    assertTrue(verdicts.get(0).advice().contains(told), verdicts.toString());
  }

  /** A model whose recurrent weights are multiplied by a factor. */
  private Diagnosis scaled(String cell, double factor) throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(TestRuns.config(GENERATED.formatted(SUMS, cell)), run);
    StoredModel model = new ModelStore().load(run + "/model");
    Parameters weights = model.parameters().copy();
    Block recurrent = weights.layout().layers().get(0).weightHh();
    for (int i = recurrent.offset(); i < recurrent.end(); i++) {
      weights.values()[i] *= factor;
    }
    String copy = folder.resolve("scaled").toString();
    new ModelStore().save(copy, model.description(), weights);
    return RunDiagnosis.of(copy, List.of()).diagnosis();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "rnn, activation: identity", "gru"})
  void shouldTellThatGradientsVanish(String cell) throws IOException {
    Diagnosis diagnosis = scaled(cell, 0.05);
    assertVerdict(Kind.VANISHING, "of 59 steps back", diagnosis);
    assertVerdict(Kind.VANISHING, "model.layer-norm: true", diagnosis);
    LayerFigures layer = diagnosis.figures().layers().get(0);
    assertEquals(List.of(0, 1, 2, 4, 8, 16, 32), List.copyOf(layer.relative().keySet()));
    assertEquals(1, layer.relative().get(0));
    assertTrue(layer.reach() <= 7 && layer.relative().get(16) < 1e-3, layer.toString());
  }

  @ParameterizedTest
  @CsvSource({"'rnn, activation: identity', 4", "'rnn, activation: relu', 6"})
  void shouldTellThatGradientsExplode(String cell, double factor) throws IOException {
    Diagnosis diagnosis = scaled(cell, factor);
    assertVerdict(Kind.EXPLODING, "The gradient of layer 0 grows", diagnosis);
    assertTrue(diagnosis.figures().layers().get(0).largest() > 1e6);
  }

  /** Inputs of some size, and targets that follow from them. */
  private RunConfig table(String cell, double scale, String... overrides) throws IOException {
    StringBuilder csv = new StringBuilder("id,t,x,y\n");
    for (int id = 0; id < 24; id++) {
      double sum = 0;
      for (int t = 0; t < 12; t++) {
        double x = Math.sin(7.3 * id + 1.9 * t * t);
        sum = 0.5 * sum + x;
        csv.append("%d,%d,%s,%s%n".formatted(id, t, scale * x, sum));
      }
    }
    Path table = Files.writeString(folder.resolve("table.csv"), csv);
    return TestRuns.config(TABLE.formatted(table, cell), overrides);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "rnn, activation: sigmoid", "lstm", "gru"})
  void shouldTellThatGatesAreSaturated(String cell) throws IOException {
    assertVerdict(Kind.SATURATED, "% of the values of gate", trained(table(cell, 1e4)));
  }

  @Test
  void shouldTellThatUnitsAreDead() throws IOException {
    RunConfig config =
        table("rnn, activation: relu", 1, "training.optimizer={type: sgd, learning-rate: 50}");
    Diagnosis diagnosis = trained(config);
    Verdict verdict = diagnosis.verdicts().get(0);
    assertEquals(Kind.SATURATED, verdict.kind(), diagnosis.toString());
    assertTrue(verdict.advice().contains("are 0 at every step"), verdict.advice());
  }

  @Test
  void shouldTellThatTheRateIsTooLow() throws IOException {
    RunConfig config = table("lstm", 1, "training.optimizer.learning-rate=1e-12");
    assertVerdict(
        Kind.NOT_LEARNING, "raise training.optimizer.learning-rate from 1.00e-12", trained(config));
  }

  @Test
  void shouldTellThatTheRateIsTooHigh() throws IOException {
    RunConfig config =
        table(
            "gru",
            1,
            "training.optimizer={type: sgd, learning-rate: 30}",
            "training.clip.norm=1",
            "training.checkpoint.every-steps=10");
    Diagnosis diagnosis = trained(config);
    String told = "lower training.optimizer.learning-rate from 30";
    assertTrue(
        diagnosis.verdicts().stream().anyMatch(verdict -> verdict.advice().contains(told)),
        diagnosis.toString());
  }

  @Test
  void shouldTellThatThereIsNothingToLearn() throws IOException {
    RunConfig config = table("gru", 0);
    String same = Files.readString(folder.resolve("table.csv")).replaceAll(",[^,y]*\n", ",0.3\n");
    Files.writeString(folder.resolve("table.csv"), same);
    assertVerdict(Kind.NOT_LEARNING, "targets are the same", trained(config));
  }

  @Test
  void shouldTellThatTheInputsDoNotTellTheTargets() throws IOException {
    RunConfig config = table("gru", 0, "training.steps=150");
    assertVerdict(Kind.NOT_LEARNING, "whether the inputs tell the targets", trained(config));
  }

  @ParameterizedTest
  @CsvSource({
    "'name: sine, length: 40, sequences: 40', rnn, 60",
    "'name: mackey-glass, length: 40, sequences: 40', 'rnn, activation: relu', 60",
    "'name: mackey-glass, length: 40, sequences: 40', gru, 60",
    "'name: embedded-reber, sequences: 100', lstm, 80",
    "'name: embedded-reber, sequences: 100', rnn, 80",
    "'name: adding, length: 10, sequences: 200', gru, 200",
    "'name: adding, length: 10, sequences: 200', lstm, 400",
    "'name: temporal-order, length: 12, sequences: 400', gru, 300"
  })
  void shouldFindNothingWrongWithANetworkThatLearns(String data, String cell, int steps) {
    RunConfig config =
        TestRuns.config(
            GENERATED.formatted(data, cell),
            "training.steps=" + steps,
            "training.checkpoint.every-steps=" + steps / 2);
    Diagnosis diagnosis = trained(config);
    assertVerdict(Kind.HEALTHY, "Nothing is wrong", diagnosis);
    Figures figures = diagnosis.figures();
    assertEquals(steps, figures.history().orElseThrow().steps());
    assertEquals(Origin.CHECKPOINT, figures.update().orElseThrow().origin());
  }

  @Test
  void shouldLookAtModelsAndCheckpointsToo() throws IOException {
    RunConfig config = table("lstm", 1, "training.checkpoint={every-steps: 8, keep: 2}");
    Path run = folder.resolve("run");
    TestRuns.train(config, run);
    RunDiagnosis.Result newest = RunDiagnosis.of(run.toString(), List.of());
    assertEquals(run + "/checkpoints/step-000000016", newest.weights());
    RunDiagnosis.Result older = RunDiagnosis.of(run + "/checkpoints/step-000000008", List.of());
    assertEquals(8, older.diagnosis().figures().history().orElseThrow().steps());
    RunDiagnosis.Result last = RunDiagnosis.of(run + "/model", List.of());
    assertTrue(last.diagnosis().figures().history().isEmpty());
    double loss = last.diagnosis().figures().loss();
    assertTrue(loss < newest.diagnosis().figures().loss(), "" + loss);
    assertTrue(newest.diagnosis().figures().loss() < older.diagnosis().figures().loss());
  }

  /** Adam's first step moves each weight by the rate; one with no state makes that again. */
  @Test
  void shouldTellHowFarAnUpdateOfTheRunsOptimizerMovesTheWeights() throws IOException {
    RunConfig config = table("lstm", 1, "training.steps=1", "training.checkpoint.every-steps=1");
    Path run = folder.resolve("run");
    TestRuns.train(config, run);
    Figures model = RunDiagnosis.of(run + "/model", List.of()).diagnosis().figures();
    Parameters weights = new ModelStore().load(run + "/model").parameters();
    Block block = weights.layout().layers().get(0).weightHh();
    double size = 0;
    for (int i = block.offset(); i < block.end(); i++) {
      size += weights.values()[i] * weights.values()[i];
    }
    double expected = 0.01 * Math.sqrt(block.size() / size);
    assertEquals(expected, ratio(model, block.name()), 1e-3 * expected);
    assertEquals(Origin.FIRST, model.update().orElseThrow().origin());
  }

  private static double ratio(Figures figures, String block) {
    return figures.update().orElseThrow().blocks().stream()
        .filter(each -> each.block().equals(block))
        .mapToDouble(Ratio::ratio)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldCountTheStepsThatWereClipped() throws IOException {
    RunConfig config = table("lstm", 1, "training.clip.norm=1e-3");
    assertEquals(20, trained(config).figures().history().orElseThrow().clipped().orElseThrow());
  }

  @Test
  void shouldRefuseARunThatHasSavedNothing() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.yaml"), "name: cut off");
    ModelException none =
        assertThrows(ModelException.class, () -> RunDiagnosis.of(run.toString(), List.of()));
    assertTrue(none.getMessage().contains("neither a checkpoint nor a model"), none.getMessage());
  }
}
