package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.kernels.network.ParameterLayout.Block;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Diagnoses that a run makes of itself. */
@ExtendWith(ForTables.class)
class DiagnosedRunTest {
  private static final String WAVES =
      """
      data: {format: generator, name: mackey-glass, length: 55, sequences: 60}
      model: {cell: lstm, hidden: [6, 5]}
      training:
        steps: 21
        batch: 20
        bptt: {window: 12, carry-state: true, curriculum: {from: 2, over-steps: 30}}
        optimizer: {type: adam, learning-rate: 2e-2}
        diagnose-every: 4
      """;

  @TempDir private Path folder;

  private static RunConfig config(String... overrides) {
    return TestRuns.config(WAVES, overrides);
  }

  /** Without how long each took. */
  private static List<JsonNode> diagnoses(Path run) throws IOException {
    List<JsonNode> found =
        TestRuns.metrics(run).stream().filter(line -> line.has("diagnosis")).toList();
    for (JsonNode line : found) {
      JsonNode elapsed = ((ObjectNode) line.get("diagnosis")).remove("elapsed_ms");
      assertTrue(elapsed.asDouble() > 0, line.toString());
    }
    return found;
  }

  private List<JsonNode> train(String name, RunConfig config) throws IOException {
    TestRuns.train(config, folder.resolve(name));
    return diagnoses(folder.resolve(name));
  }

  @Test
  void shouldFindTheSameFiguresByAnyEngineAndNotChangeTheWeights() throws IOException {
    List<JsonNode> expected = train("local", config());
    assertEquals(
        List.of(0, 4, 8, 12, 16, 20),
        expected.stream().map(line -> line.get("step").asInt()).toList());
    for (String engine : List.of("spark-jobs", "spark-resident")) {
      assertEquals(expected, train(engine, config("training.engine=" + engine)), engine);
    }
    String without =
        TestRuns.train(config("training.diagnose-every=0"), folder.resolve("not")).weightsSha256();
    assertTrue(diagnoses(folder.resolve("not")).isEmpty());
    assertEquals(without, TestRuns.status(folder.resolve("local")).weightsSha256().orElseThrow());
  }

  @Test
  void shouldFindTheSameFiguresAfterAStop() throws IOException {
    List<JsonNode> expected = train("straight", config());
    Path run = folder.resolve("stopped");
    TestRuns.stopAfter(8, config(), run);
    TestRuns.stopAfter(3, config(), run);
    TestRuns.resume(config(), run);
    assertEquals(expected, diagnoses(run));
  }

  @Test
  void shouldMeasureTheUpdateThatIsMade() throws IOException {
    RunConfig config = config("training.checkpoint={every-steps: 1, keep: 30}");
    List<JsonNode> found = train("run", config);
    ModelStore store = new ModelStore();
    String checkpoint = folder.resolve("run") + "/checkpoints/step-%09d";
    for (int step = 4; step < 21; step += 4) {
      Parameters before = store.load(checkpoint.formatted(step)).parameters();
      Parameters after = store.load(checkpoint.formatted(step + 1)).parameters();
      JsonNode update = found.get(step / 4).get("diagnosis").get("update");
      assertEquals("step", update.get("origin").asText());
      for (JsonNode each : update.get("blocks")) {
        Block block = before.layout().block(each.get("block").asText());
        assertEquals(change(block, before, after), each.get("ratio").asDouble(), 1e-12);
      }
    }
  }

  private static double change(Block block, Parameters before, Parameters after) {
    double change = 0;
    double size = 0;
    for (int i = block.offset(); i < block.end(); i++) {
      change += Math.pow(after.values()[i] - before.values()[i], 2);
      size += Math.pow(before.values()[i], 2);
    }
    return Math.sqrt(change / size);
  }

  /** A minibatch of four sequences is looked at as a whole. */
  @Test
  void shouldComputeTheLossOfTheStepFromTheStatesThatItBeganWith() throws IOException {
    RunConfig config = config("training.batch=4", "training.diagnose-every=1");
    train("run", config);
    List<JsonNode> lines = TestRuns.metrics(folder.resolve("run"));
    int steps = 0;
    for (JsonNode line : lines) {
      if (line.has("loss")) {
        JsonNode diagnosis = lines.get(2 * steps + 1).get("diagnosis");
        double loss = line.get("loss").asDouble();
        assertEquals(loss, diagnosis.get("loss").asDouble(), 1e-12);
        double norm = line.get("grad_norm").asDouble();
        assertEquals(norm, diagnosis.get("gradient_norm").asDouble(), 1e-12);
        assertEquals(line.get("targets").asLong(), diagnosis.get("targets").asLong());
        steps++;
      }
    }
    assertEquals(21, steps);
  }
}
