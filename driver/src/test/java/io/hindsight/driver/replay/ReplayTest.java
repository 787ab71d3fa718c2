package io.hindsight.driver.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.run.LocalMaster;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.train.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that were not finite, made again from what was kept of them. */
@ExtendWith(LocalMaster.class)
class ReplayTest {
  /** Carried windows, momentum, and a network whose states grow without bound. */
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: mackey-glass, length: 30, sequences: 24}
      model: {cell: %s, hidden: [6, 5]}
      training:
        steps: 60
        batch: 16
        tasks: 1
        bptt: {window: 10, carry-state: true, curriculum: {from: 2, over-steps: 50}}
        optimizer: {type: sgd, learning-rate: 1.0e6, momentum: 0.9}
      """;

  private static final String HUGE =
      """
      name: huge
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
      model: {cell: %s, hidden: [4]}
      training:
        steps: 20
        batch: 16
        optimizer: {type: adam, learning-rate: 0.01}
      """;

  @TempDir private Path folder;

  private static List<Path> kept(Path run) throws IOException {
    try (Stream<Path> steps = Files.list(run.resolve("diverged"))) {
      return steps.sorted().toList();
    }
  }

  private Path diverged(RunConfig config) throws IOException {
    Path run = folder.resolve("run");
    DivergedException end =
        assertThrows(DivergedException.class, () -> TestRuns.train(config, run));
    List<Path> kept = kept(run);
    assertEquals(1, kept.size());
    assertTrue(end.getMessage().startsWith(Replay.run(kept.get(0).toString()).recorded()));
    return kept.get(0);
  }

  /** The values of one cell of a table, the others small. */
  private RunConfig table(String cell, String column, String value, String... overrides)
      throws IOException {
    StringBuilder csv = new StringBuilder("id,t,x,y\n");
    for (int id = 0; id < 10; id++) {
      for (int t = 0; t < 6; t++) {
        boolean here = id == 9 && t == 4;
        csv.append(id).append(',').append(t);
        csv.append(',').append(here && column.equals("x") ? value : "0.5");
        csv.append(',').append(here && column.equals("y") ? value : "0.1").append('\n');
      }
    }
    Path table = folder.resolve("huge.csv");
    Files.writeString(table, csv);
    return TestRuns.config(HUGE.formatted(table, cell), overrides);
  }

  @Test
  void shouldNameTheTargetThatIsTooLarge() throws IOException {
    Replay.Result result = Replay.run(diverged(table("gru", "y", "1e200")).toString());
    assertTrue(result.isSame(), result.toString());
    assertEquals(
        "sequence '9', time step 4: the loss of target 0 is Infinity",
        result.place().orElseThrow());
  }

  @Test
  void shouldNameTheStepOfAnInputThatIsTooLarge() throws IOException {
    RunConfig config = table("rnn, activation: relu", "x", "1.7e308");
    Replay.Result result = Replay.run(diverged(config).toString());
    assertTrue(result.isSame(), result.toString());
    String place = result.place().orElseThrow();
    assertTrue(place.matches("sequence '9', time step 4: .+ is -?Infinity"), place);
  }

  @Test
  void shouldMakeAStepAgainWhoseLayersReadFromTheEnd() throws IOException {
    RunConfig config = table("rnn, activation: relu, bidirectional: true", "x", "1.7e308");
    Replay.Result result = Replay.run(diverged(config).toString());
    assertTrue(result.isSame(), result.toString());
    String place = result.place().orElseThrow();
    assertTrue(place.matches("sequence '9', time step \\d: .+ is -?Infinity"), place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=42",
        "training.clip.delta-norm=0.5",
        "training.bptt={window: 10, stride: 4, carry-state: true}"
      })
  void shouldNameLayerAndTimeStepWhereStatesAreCarried(String setting) throws IOException {
    RunConfig config =
        TestRuns.config(
            WAVES.formatted("rnn, activation: relu"), "training.validate-every=100", setting);
    Path step = diverged(config);
    Replay.Result result = Replay.run(step.toString());
    assertTrue(result.isSame(), result.toString());
    String place = result.place().orElseThrow();
    assertTrue(place.matches("sequence '[^']+', time step \\d+: .+ is (-?Infinity|NaN)"), place);
  }

  @Test
  void shouldNameTheWeightThatAnUpdateMadeInfinite() throws IOException {
    RunConfig config =
        table("lstm", "y", "1e100", "training.optimizer={type: sgd, learning-rate: 1.0e300}");
    Replay.Result result = Replay.run(diverged(config).toString());
    assertTrue(result.isSame(), result.toString());
    assertTrue(
        result.place().orElseThrow().matches("weight \\d+ of block .+ is .+"), result.toString());
  }

  @Test
  void shouldKeepTheStateBeforeAnUpdateThatWasUndone() throws IOException {
    Path run = folder.resolve("run");
    RunConfig config =
        table(
            "lstm",
            "y",
            "1e100",
            "training.optimizer={type: sgd, learning-rate: 1.0e300}",
            "training.on-non-finite=skip");
    TestRuns.train(config, run);
    List<Path> kept = kept(run);
    assertEquals(3, kept.size(), "no more than that");
    Replay.Result result = Replay.run(kept.get(0).toString());
    assertTrue(result.isSame(), result.toString());
    assertEquals(0, result.step());
    assertTrue(result.found().orElseThrow().contains("a weight in block"), result.toString());
    assertTrue(result.place().isEmpty(), result.toString());
  }

  @Test
  void shouldLeaveTheDirectoryOfARunWithoutAStepToTheCorrectedOne() throws IOException {
    Path step = diverged(table("gru", "y", "1e200"));
    assertEquals("step-000000000", step.getFileName().toString());
    TestRuns.train(table("gru", "y", "0.2"), folder.resolve("run"));
    assertFalse(Files.exists(step));
  }

  @Test
  void shouldRefuseWhatIsNoSuchFolder() throws IOException {
    ModelException none =
        assertThrows(ModelException.class, () -> Replay.run(folder.resolve("none").toString()));
    assertTrue(none.getMessage().contains("there is no"), none.getMessage());
    Path step = diverged(table("gru", "y", "1e200"));
    Path minibatch = step.resolve("minibatch.jsonl");
    String lines = Files.readString(minibatch);
    Files.writeString(minibatch, lines.replace("\"1e200\"", "1").replace("1.0E200", "1.0E201"));
    ModelException damaged = assertThrows(ModelException.class, () -> Replay.run(step.toString()));
    assertTrue(damaged.getMessage().contains("minibatch.jsonl"), damaged.getMessage());
    assertFalse(damaged.getMessage().contains("Exception"), damaged.getMessage());
  }
}
