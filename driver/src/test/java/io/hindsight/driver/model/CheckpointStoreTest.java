package io.hindsight.driver.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.optim.Optimizer;
import io.hindsight.driver.optim.OptimizerSpec;
import io.hindsight.kernels.network.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir private Path folder;
  private final List<ModelException> damaged = new ArrayList<>();
  private Path checkpoints;
  private CheckpointStore store;

  @BeforeEach
  void open() {
    checkpoints = folder.resolve("checkpoints");
    store = new CheckpointStore(new ModelStore(), checkpoints.toString(), 3, 1);
  }

  @Test
  void shouldReadBackEverythingToTheBit() throws IOException {
    Optimizer optimizer = adam();
    Parameters parameters = TestModels.parameters(2);
    optimizer.update(parameters.values(), TestModels.parameters(3).values(), 1, 0.1);
    JsonNode state = Json.object().put("epoch", 4).put("best_loss", 0.1 + 0.2);
    double[] carried = {-0.0, Double.MIN_VALUE, 1.0 / 3};
    store.save(
        new Checkpoint(
            500,
            TestModels.description(),
            parameters,
            optimizer.step(),
            optimizer.slots(),
            state,
            Map.of("hidden_l0", carried)));
    Checkpoint read = store.latest(damaged::add).orElseThrow();
    assertEquals(500, read.step());
    assertEquals(parameters, read.parameters());
    assertEquals(state, read.state());
    assertEquals(0.1 + 0.2, read.state().get("best_loss").doubleValue(), 0.0);
    assertArrayEquals(carried, read.arrays().get("hidden_l0"), 0.0);
    assertEquals(TestModels.description(), read.description());
    Optimizer resumed = adam();
    resumed.restore(read.optimizerStep(), read.slots());
    optimizer.update(parameters.values(), nextGradient(), 1, 0.1);
    resumed.update(read.parameters().values(), nextGradient(), 1, 0.1);
    assertEquals(WeightsHash.of(parameters), WeightsHash.of(read.parameters()));
    assertTrue(damaged.isEmpty());
  }

  @Test
  void shouldKeepTheNewestFew() throws IOException {
    for (long step = 500; step <= 2500; step += 500) {
      save(step);
    }
    assertEquals(List.of("step-000001500", "step-000002000", "step-000002500"), names());
  }

  @Test
  void shouldHaveNoneBeforeTheFirst() throws IOException {
    assertTrue(store.latest(damaged::add).isEmpty());
  }

  @Test
  void shouldUseTheNewestSoundOneAndNameTheDamaged() throws IOException {
    save(500);
    save(1000);
    save(1500);
    Files.delete(checkpoints.resolve("step-000001500/MANIFEST.json"));
    flipABit(checkpoints.resolve("step-000001000/optimizer.safetensors"));
    assertEquals(500, store.latest(damaged::add).orElseThrow().step());
    assertEquals(
        List.of(Kind.NO_MANIFEST, Kind.WRONG_HASH),
        damaged.stream().map(ModelException::kind).toList());
    assertTrue(damaged.get(0).getMessage().contains("step-000001500"));
    assertTrue(damaged.get(1).getMessage().contains("step-000001000"));
  }

  @Test
  void shouldReplaceADamagedOneWhenItsStepComesAgain() throws IOException {
    save(500);
    save(1000);
    flipABit(checkpoints.resolve("step-000001000/weights.safetensors"));
    save(1000);
    assertEquals(1000, store.latest(damaged::add).orElseThrow().step());
    save(1000);
    assertEquals(List.of("step-000000500", "step-000001000"), names());
  }

  @Test
  void shouldNeverPruneTheOneJustWritten() throws IOException {
    for (long step : new long[] {500, 1000, 1500}) {
      save(step);
    }
    CheckpointStore one = new CheckpointStore(new ModelStore(), checkpoints.toString(), 1, 1);
    Files.delete(checkpoints.resolve("step-000001500/MANIFEST.json"));
    one.save(checkpoint(700));
    assertEquals(List.of("step-000000700"), names());
  }

  @Test
  void shouldKeepThoseThatAreDueWhateverElseIsSaved() throws IOException {
    CheckpointStore tens = new CheckpointStore(new ModelStore(), checkpoints.toString(), 2, 10);
    for (long step : new long[] {10, 20, 23, 27, 30, 31, 32, 33}) {
      tens.save(checkpoint(step));
    }
    assertEquals(
        List.of("step-000000020", "step-000000030", "step-000000032", "step-000000033"), names());
    assertEquals(33, tens.latest(damaged -> {}).orElseThrow().step());
    assertEquals(30, tens.backToDue(-1, damaged -> {}).orElseThrow().step());
    assertEquals(List.of("step-000000020", "step-000000030"), names());
    assertEquals(20, tens.backToDue(30, damaged -> {}).orElseThrow().step());
    assertEquals(List.of("step-000000020"), names());
    assertTrue(tens.backToDue(20, damaged -> {}).isEmpty());
    assertEquals(List.of(), names());
  }

  @Test
  void shouldRemoveWhatAKilledRunLeftBehind() throws IOException {
    Files.createDirectories(checkpoints.resolve(".tmp-step-000000400abc"));
    save(500);
    assertEquals(List.of("step-000000500"), names());
  }

  @Test
  void shouldBeAModelToo() throws IOException {
    save(500);
    StoredModel model = new ModelStore().load(checkpoints + "/step-000000500");
    assertEquals(TestModels.parameters(500), model.parameters());
  }

  private void save(long step) throws IOException {
    store.save(checkpoint(step));
  }

  private static Checkpoint checkpoint(long step) {
    Optimizer optimizer = adam();
    return new Checkpoint(
        step,
        TestModels.description(),
        TestModels.parameters(step),
        step,
        optimizer.slots(),
        Json.object(),
        Map.of());
  }

  private static Optimizer adam() {
    int parameters = TestModels.parameters(0).values().length;
    return Optimizer.create(new OptimizerSpec.Adam(0.9, 0.999, 1e-8, true, 0.01, true), parameters);
  }

  private static double[] nextGradient() {
    return TestModels.parameters(9).values();
  }

  private static void flipABit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
