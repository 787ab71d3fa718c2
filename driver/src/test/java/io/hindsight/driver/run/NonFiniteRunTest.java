package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs some steps of which are not finite, and what is done about them. */
@ExtendWith(ForTables.class)
class NonFiniteRunTest {
  /** A rate at which the weights of a network without a squashing activation grow past doubles. */
  private static final String FAST =
      """
      name: fast
      data: {format: generator, name: mackey-glass, length: 30, sequences: 24}
      model: {cell: rnn, activation: relu, hidden: [6]}
      training:
        steps: 60
        batch: 16
        tasks: 1
        bptt: {window: 10, carry-state: true}
        optimizer: {type: sgd, learning-rate: 1.0e6, momentum: 0.9}
        checkpoint: {every-steps: 4, keep: 2}
      """;

  private static final String BACK = "training.rollback={rate-factor: 1.0e-2, times: 6}";

  @TempDir private Path folder;

  private static RunConfig fast(String... overrides) {
    return TestRuns.config(FAST, overrides);
  }

  private static RunConfig rollback(String... overrides) {
    List<String> all = new ArrayList<>(List.of("training.on-non-finite=rollback", BACK));
    all.addAll(List.of(overrides));
    return fast(all.toArray(new String[0]));
  }

  /** The last sequence's values are finite, and the squares of their errors are not. */
  private RunConfig hugeTargets(String... overrides) throws IOException {
    StringBuilder csv = new StringBuilder("id,t,x,y\n");
    for (int id = 0; id < 10; id++) {
      for (int t = 0; t < 6; t++) {
        csv.append("%d,%d,%s,%s\n".formatted(id, t, 0.1 * t, id == 9 ? "1e200" : 0.1 * id));
      }
    }
    Path table = folder.resolve("huge.csv");
    Files.writeString(table, csv);
    String yaml =
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
          scale: none
          split: {by: id, validation: 0.0, test: 0.0}
        model: {cell: lstm, hidden: [4]}
        training:
          steps: 20
          batch: 8
          optimizer: {type: adam, learning-rate: 0.01}
        """;
    return TestRuns.config(yaml.formatted(table), overrides);
  }

  @Test
  void shouldEndWithFiniteWeightsWhereStepsAreSkipped() throws IOException {
    Path run = folder.resolve("run");
    RunConfig config = hugeTargets("training.on-non-finite=skip");
    TrainingResult result = TestRuns.train(config, run);
    assertFinite(run);
    List<JsonNode> steps = steps(run);
    List<JsonNode> skipped = steps.stream().filter(step -> step.has("skipped")).toList();
    assertEquals(20, steps.size());
    assertEquals(10, skipped.size(), "every other step has the sequence that is too large");
    assertEquals(10, result.metrics().get("skipped_steps"));
    assertEquals(10, TestRuns.status(run).metrics().get("skipped_steps"));
    for (JsonNode step : skipped) {
      assertEquals("Infinity", step.get("loss").asText());
      assertEquals(0, step.get("clip_scale").doubleValue());
    }
    DivergedException end =
        assertThrows(
            DivergedException.class,
            () -> TestRuns.train(hugeTargets(), folder.resolve("failing")));
    assertTrue(end.getMessage().startsWith("training diverged at step"), end.getMessage());
  }

  /** What a skipped step leaves alone is all: the others train as if it had not been there. */
  @Test
  void shouldComeToTheSameWeightsFromAllEnginesAndTasks() throws IOException {
    String expected = null;
    for (String engine : List.of("local", "spark-jobs", "spark-resident")) {
      for (int tasks = engine.equals("local") ? 1 : 2; tasks <= 2; tasks++) {
        String[] ways = {"training.engine=" + engine, "training.tasks=" + tasks};
        Path skip = folder.resolve("skip-%s-%d".formatted(engine, tasks));
        String skipped = train(hugeTargets(with(ways, "training.on-non-finite=skip")), skip);
        String back = train(rollback(ways), folder.resolve("back-%s-%d".formatted(engine, tasks)));
        expected = expected == null ? skipped + back : expected;
        assertEquals(expected, skipped + back, engine + " with " + tasks);
      }
    }
  }

  private static String[] with(String[] some, String more) {
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = more;
    return all;
  }

  private static String train(RunConfig config, Path run) {
    return TestRuns.train(config, run).weightsSha256();
  }

  @Test
  void shouldGoBackAndTrainWithALowerRate() throws IOException {
    Path run = folder.resolve("run");
    TrainingResult result = TestRuns.train(rollback(), run);
    assertFinite(run);
    List<JsonNode> backs = rollbacks(run);
    assertTrue(backs.size() >= 2, backs.toString());
    assertEquals(backs.size(), result.metrics().get("rollbacks"));
    double factor = 1;
    for (JsonNode line : backs) {
      JsonNode back = line.get("rollback");
      factor *= 1.0e-2;
      assertEquals(0, line.get("step").intValue() % 4, line.toString());
      assertTrue(line.get("step").intValue() <= back.get("from").intValue(), line.toString());
      assertEquals(factor, back.get("rate_factor").doubleValue());
      assertTrue(back.get("reason").asText().startsWith("training diverged at step"));
    }
    assertEquals(
        1.0e6 * factor, steps(run).get(steps(run).size() - 1).get("learning_rate").asDouble());
    assertEquals(59, steps(run).get(steps(run).size() - 1).get("step").intValue());
  }

  /** So that it goes back to what is no longer the newest checkpoint. */
  @Test
  void shouldComeToTheSameWeightsThoughStoppedAgainAndAgain() throws IOException {
    TrainingResult straight = TestRuns.train(rollback(), folder.resolve("straight"));
    Path run = folder.resolve("stopped");
    Set<Long> reached = new TreeSet<>();
    for (int time = 0; time < 300 && !Files.exists(run.resolve("model")); time++) {
      stopOrEnd(run);
      reached.add(TestRuns.status(run).steps());
    }
    assertTrue(reached.size() > 7, reached.toString());
    StatusFile status = TestRuns.status(run);
    assertEquals("completed", status.state());
    assertEquals(straight.weightsSha256(), status.weightsSha256().orElseThrow());
    assertEquals(straight.metrics(), status.metrics());
    List<JsonNode> backs = rollbacks(folder.resolve("straight"));
    assertEquals(last(backs), last(rollbacks(run)), "lines of steps made again are not kept");
  }

  @Test
  void shouldComeToTheSameWeightsThoughACheckpointIsDamaged() throws IOException {
    RunConfig config = rollback("training.checkpoint={every-steps: 5, keep: 3}");
    TrainingResult straight = TestRuns.train(config, folder.resolve("straight"));
    Path run = folder.resolve("damaged");
    TestRuns.stopAfter(22, config, run);
    Path weights = run.resolve("checkpoints/step-000000020/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);
    TrainingResult resumed = TestRuns.resume(config, run);
    assertEquals(straight.weightsSha256(), resumed.weightsSha256());
    assertEquals(straight.metrics(), resumed.metrics());
  }

  @Test
  void shouldCountSkippedStepsInARowThoughStopped() {
    RunConfig config = fast("training.on-non-finite=skip", "training.steps=1000");
    Path straight = folder.resolve("straight");
    String end =
        assertThrows(DivergedException.class, () -> TestRuns.train(config, straight)).getMessage();
    Path run = folder.resolve("stopped");
    TestRuns.stopAfter(80, config, run);
    String resumed =
        assertThrows(DivergedException.class, () -> TestRuns.resume(config, run)).getMessage();
    assertEquals(end, resumed);
  }

  private void stopOrEnd(Path run) {
    try {
      TestRuns.stopAfter(7, rollback(), run);
    } catch (AssertionError ended) { // it was not stopped, for it had come to its end
      assertTrue(Files.exists(run.resolve("model")), ended.toString());
    }
  }

  @Test
  void shouldEndAfterItHasGoneBackOftenEnough() throws IOException {
    Path run = folder.resolve("run");
    RunConfig config = rollback("training.rollback={rate-factor: 0.9, times: 2}");
    DivergedException end =
        assertThrows(DivergedException.class, () -> TestRuns.train(config, run));
    assertTrue(end.getMessage().contains("the run had gone back 2 times"), end.getMessage());
    assertEquals("diverged", TestRuns.status(run).state());
    assertEquals(4, TestRuns.status(run).exitCode());
    assertEquals(2, TestRuns.status(run).metrics().get("rollbacks"));
  }

  @Test
  void shouldEndAfterAHundredSkippedStepsInARow() throws IOException {
    Path run = folder.resolve("run");
    RunConfig config = fast("training.on-non-finite=skip", "training.steps=1000");
    DivergedException end =
        assertThrows(DivergedException.class, () -> TestRuns.train(config, run));
    assertTrue(end.getMessage().contains("100 steps in a row were skipped"), end.getMessage());
    List<JsonNode> steps = steps(run);
    List<JsonNode> last = steps.subList(steps.size() - 100, steps.size());
    assertTrue(last.stream().allMatch(step -> step.has("skipped")), last.toString());
    assertTrue(steps.size() < 200, "then it is over: " + steps.size());
    double skipped = steps.stream().filter(step -> step.has("skipped")).count();
    assertEquals(skipped, TestRuns.status(run).metrics().get("skipped_steps"));
  }

  @Test
  void shouldNotTouchARunThatIsFinite() {
    String plain = train(fast("training.optimizer.learning-rate=1e-3"), folder.resolve("plain"));
    String skip =
        train(
            fast("training.optimizer.learning-rate=1e-3", "training.on-non-finite=skip"),
            folder.resolve("skip"));
    String back =
        train(rollback("training.optimizer.learning-rate=1e-3"), folder.resolve("rollback"));
    assertEquals(plain, skip);
    assertEquals(plain, back);
    assertNotEquals(plain, train(rollback(), folder.resolve("fast")));
  }

  private static JsonNode last(List<JsonNode> lines) {
    return lines.get(lines.size() - 1);
  }

  private static List<JsonNode> rollbacks(Path run) throws IOException {
    return TestRuns.metrics(run).stream().filter(line -> line.has("rollback")).toList();
  }

  private static List<JsonNode> steps(Path run) throws IOException {
    return TestRuns.metrics(run).stream().filter(line -> line.has("loss")).toList();
  }

  private static void assertFinite(Path run) throws IOException {
    double[] weights = new ModelStore().load(run.resolve("model").toString()).parameters().values();
    assertTrue(Arrays.stream(weights).allMatch(Double::isFinite));
    try (Stream<Path> saved = Files.list(run.resolve("checkpoints"))) {
      assertTrue(saved.count() <= 4);
    } catch (java.nio.file.NoSuchFileException none) {
      assertTrue(none.getMessage().contains("checkpoints"));
    }
  }
}
