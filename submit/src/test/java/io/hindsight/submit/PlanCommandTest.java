package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of what {@code plan} prints; never how fast anything is. */
class PlanCommandTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String CONFIG =
      """
      name: sums
      data: {format: generator, name: adding, length: 9, sequences: 70, split: {validation: 0, test: 0}}
      model: {cell: lstm, hidden: [6]}
      training: {epochs: 2, batch: 40, optimizer: {type: adam, learning-rate: 1e-3}}
      """;

  @TempDir private Path folder;

  @Test
  void shouldPrintOneJsonObject() throws IOException {
    JsonNode plan = JSON.readTree(plan("--json").out());
    assertEquals("sums", plan.get("name").asText());
    assertEquals(4 * 6 * (2 + 6 + 2) + 7, plan.get("parameters").asInt());
    assertEquals(5, plan.get("shards").asInt());
    assertEquals(2, plan.get("steps_per_epoch").asInt());
    assertEquals(4, plan.get("steps").asInt());
    assertEquals("local", plan.get("engine").asText());
    assertTrue(plan.get("memory").get("task_bytes").asLong() > 0);
    List<String> engines = new ArrayList<>();
    for (JsonNode engine : plan.get("engines")) {
      engines.add(engine.get("engine").asText());
      double outside = engine.get("share_outside_kernel").asDouble();
      assertTrue(outside > 0 && outside < 1, engine.toString());
      double whole = engine.get("compute_ms").asDouble() + engine.get("engine_ms").asDouble();
      double step = engine.get("step_ms").asDouble();
      assertEquals(step, whole + engine.get("update_ms").asDouble(), 1e-9 * step);
    }
    assertEquals(List.of("local", "spark-jobs", "spark-jobs sliced", "spark-resident"), engines);
    assertEquals(9, plan.get("scaling").size());
    assertEquals(256, plan.get("scaling").get(8).get("executors").asInt());
    assertEquals(5, plan.get("scaling").get(8).get("tasks").asInt());
    assertNamesInSnakeCase(plan);
  }

  private static void assertNamesInSnakeCase(JsonNode node) {
    node.fieldNames().forEachRemaining(name -> assertTrue(name.matches("[a-z]+(_[a-z]+)*"), name));
    node.forEach(PlanCommandTest::assertNamesInSnakeCase);
  }

  @Test
  void shouldPrintAlignedTextInEveryCountry() {
    Locale here = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String text = plan().out();
      for (String head :
          List.of("run", "data", "minibatch", "heap", "disk", "measured here", "engine")) {
        assertTrue(text.matches("(?s)(.*\\R)?" + head + " +\\S.*"), text);
      }
      assertTrue(text.contains("predicted, not measured"), text);
      assertTrue(text.contains("from defaults"), text);
      String numbers = " +5 +\\d+\\.\\d{3} +\\d+\\.\\d{3} +\\d+\\.\\d{3} +\\d+\\.\\d .*";
      assertTrue(text.matches("(?s).*\\R256 spark-resident" + numbers), text);
    } finally {
      Locale.setDefault(here);
    }
  }

  @Test
  void shouldSayWhereSettingsAreTooLarge() {
    String text = plan("--set", "training.tasks=9", "--set", "training.batch=100").out();
    assertTrue(
        text.contains("is 100 for 70 sequences: 30 slots stay empty and cost nothing"), text);
    assertTrue(!text.contains("training.tasks is 9"), text);
    assertTrue(plan("--set", "training.tasks=9").out().contains("training.tasks is 9"), text);
  }

  private CommandLineRun plan(String... options) {
    try {
      Path config = Files.writeString(folder.resolve("sums.yaml"), CONFIG);
      String[] arguments =
          Stream.concat(
                  Stream.of("plan", config.toString(), "--seconds", "0.01"), Stream.of(options))
              .toArray(String[]::new);
      CommandLineRun run = CommandLineRun.of(arguments);
      assertEquals(0, run.code(), run.err());
      assertEquals("", run.err());
      return run;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
