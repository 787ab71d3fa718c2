package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.monitoring.tensorboard.EventReader;
import io.hindsight.driver.monitoring.tensorboard.EventReader.Event;
import io.hindsight.driver.storage.ObjectStoreFileSystem;
import io.hindsight.driver.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event file of a run beside its {@code metrics.jsonl}. */
class TensorBoardRunTest {
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: gru, hidden: [5]}
      training:
        steps: 11
        batch: 16
        optimizer: {type: adam, learning-rate: 0.1}
        validate-every: 4
        diagnose-every: 5
        checkpoint: {every-steps: 4, keep: 2}
      output: {tensorboard: true}
      """;

  @TempDir private Path folder;

  private final RunConfig config = TestRuns.config(WAVES);

  @Test
  void shouldHoldTheNumbersOfTheLogAlsoAfterAResumption() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(config, run);
    assertSameNumbers(new RunDirectory(run));
    assertTrue(
        events(new RunDirectory(run)).get(0).version().equals("brain.Event:2"), "comes first");

    TestRuns.kill(run);
    Path file = run.resolve("tensorboard/events.out.tfevents.hindsight");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5)); // cut off by the kill
    TestRuns.resume(config, run);
    assertSameNumbers(new RunDirectory(run));
  }

  @Test
  void shouldGrowOnAnObjectStoreAndBeThereAgainWithACheckpoint() throws IOException {
    String setting = "spark.hadoop.fs." + ObjectStoreFileSystem.SCHEME + ".impl";
    System.setProperty(setting, ObjectStoreFileSystem.class.getName());
    try {
      RunDirectory run = new RunDirectory("bucket://" + UUID.randomUUID() + "/waves");
      TrainingRun.start(config, run, false);
      assertSameNumbers(run);
      run.storage().delete(run.model() + "/" + Storage.COMMIT); // as if killed before it
      run.storage().delete(run.checkpoints() + "/step-000000008/weights.safetensors");
      TrainingRun.start(config, run, true);
      assertSameNumbers(run);
    } finally {
      System.clearProperty(setting);
    }
  }

  private static void assertSameNumbers(RunDirectory run) throws IOException {
    List<Event> events = new ArrayList<>(events(run));
    events.remove(0);
    Event result = events.remove(events.size() - 1);
    JsonNode status = new ObjectMapper().readTree(run.read(run.status()));
    assertEquals(11, result.step());
    status
        .get("metrics")
        .properties()
        .forEach(
            metric ->
                assertEquals(
                    (float) metric.getValue().doubleValue(),
                    result.scalars().get("result/" + metric.getKey()),
                    metric.getKey()));
    int at = 0;
    for (String text : run.read(run.metrics()).lines().toList()) {
      JsonNode line = new ObjectMapper().readTree(text);
      if (!line.has("checkpoint")) {
        assertSame(line, events.get(at++));
      }
    }
    assertEquals(events.size(), at);
  }

  private static void assertSame(JsonNode line, Event event) {
    assertEquals(line.get("step").longValue(), event.step());
    if (line.has("loss")) {
      assertEquals(number(line, "/loss"), event.scalars().get("training/loss"));
      assertEquals(number(line, "/grad_norm"), event.scalars().get("training/gradient_norm"));
      assertEquals(number(line, "/learning_rate"), event.scalars().get("training/learning_rate"));
      assertEquals(number(line, "/step_ms"), event.scalars().get("speed/step_ms"));
      assertTrue(event.scalars().get("speed/sequences_per_second") > 0);
    } else if (line.has("validation")) {
      assertEquals(number(line, "/validation/loss"), event.scalars().get("validation/loss"));
    } else {
      JsonNode gate = line.at("/diagnosis/layers/0/gates/0");
      assertEquals(
          number(gate, "/saturated"),
          event.scalars().get("saturated/layer_0/" + gate.get("gate").asText()),
          event.scalars().toString());
      JsonNode block = line.at("/diagnosis/update/blocks/0");
      assertEquals(
          number(block, "/ratio"),
          event.scalars().get("update_ratio/" + block.get("block").asText()));
    }
  }

  private static float number(JsonNode line, String pointer) {
    return (float) line.at(pointer).doubleValue();
  }

  private static List<Event> events(RunDirectory run) throws IOException {
    try (InputStream in =
        run.storage().open(run.tensorboard() + "/events.out.tfevents.hindsight")) {
      return EventReader.read(in.readAllBytes());
    }
  }
}
