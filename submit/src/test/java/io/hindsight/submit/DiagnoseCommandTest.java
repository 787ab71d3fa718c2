package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of what {@code diagnose} prints. */
class DiagnoseCommandTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @TempDir static Path shared;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    TestSession.start();
    run = shared.resolve("run");
    String config = SmallRun.config(shared, 150).toString();
    String every = "training.checkpoint.every-steps=100";
    CommandLineRun trained =
        CommandLineRun.of("train", config, "--run-dir", run.toString(), "--set", every);
    assertEquals(0, trained.code(), trained.err());
  }

  private static String diagnose(String... arguments) {
    CommandLineRun diagnosed =
        CommandLineRun.of(
            Stream.concat(Stream.of("diagnose"), Stream.of(arguments)).toArray(String[]::new));
    assertEquals(0, diagnosed.code(), diagnosed.err());
    return diagnosed.out();
  }

  @Test
  void shouldPrintOneJsonObject() throws IOException {
    JsonNode json = JSON.readTree(diagnose(run.toString(), "--json"));
    assertEquals("healthy", json.get("verdicts").get(0).get("kind").asText());
    assertEquals(run + "/checkpoints/step-000000100", json.get("weights").asText());
    assertEquals(32, json.get("windows").asInt());
    assertEquals(32, json.get("targets").asInt());
    assertEquals(150, json.get("steps").asInt());
    assertTrue(json.get("clipped_steps").asInt() <= 150);
    assertTrue(json.get("loss").asDouble() > 0 && json.get("trivial_loss").asDouble() > 0);
    JsonNode layer = json.get("layers").get(0);
    assertEquals(12, layer.get("steps").asInt());
    assertEquals(1, layer.get("lags").get(0).get("gradient").asDouble());
    assertEquals(List.of("0", "1", "2", "4", "8"), layer.get("lags").findValuesAsText("lag"));
    assertEquals(List.of("r", "z", "n"), layer.get("gates").findValuesAsText("gate"));
    assertEquals("checkpoint", json.get("update").get("origin").asText());
    assertEquals(6, json.get("update").get("blocks").size());
  }

  @Test
  void shouldPrintTheVerdictsFirstInEveryCountry() {
    Locale here = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      String text = diagnose(run.toString());
      assertTrue(text.startsWith("healthy "), text);
      assertTrue(text.contains("150, "), text);
      assertTrue(text.matches("(?s).*\\Rlayer 0 +learns back \\d+ of 11 steps\\R.*"), text);
      assertTrue(text.matches("(?s).*\\R  lag +0 +1 +2 +4 +8\\R  gradient +1\\.0 .*"), text);
      assertTrue(text.matches("(?s).*\\R  gate z +\\d+\\.\\d % saturated\\R.*"), text);
      assertTrue(text.matches("(?s).*\\R  out.weight +\\d+\\.\\d+ of its size\\R.*"), text);
    } finally {
      Locale.setDefault(here);
    }
  }

  @Test
  void shouldDiagnoseModelsOfAllKindsOfData() throws IOException {
    Workbench bench = new Workbench(shared);
    for (String model : List.of(bench.forecastModel(), bench.classModel(), bench.textModel())) {
      String text = diagnose(model);
      assertTrue(text.contains("layer 0"), text);
      assertFalse(text.contains("steps  "), "nothing is known of the run: " + text);
    }
  }

  @Test
  void shouldTakeChangesOfTheConfiguration() {
    String text = diagnose(run + "/model", "--set", "training.optimizer.learning-rate=0.5");
    assertTrue(text.contains("as the optimizer's first, at rate 0.5000"), text);
  }
}
