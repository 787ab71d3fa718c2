package io.hindsight.driver.monitoring.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.StepTimes;
import io.hindsight.driver.monitoring.mlflow.TrackingServerRules.Mood;
import io.hindsight.driver.monitoring.mlflow.TrackingServerRules.Run;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.run.TrainingResult;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that tell a server on this machine how they go. */
class MlflowRunTest {
  private static final String WAVES =
      """
      name: waves
      data: {format: generator, name: sine, length: 12, sequences: 50}
      model: {cell: rnn, hidden: [5]}
      training:
        steps: 11
        batch: 16
        optimizer: {type: adam, learning-rate: 0.1}
        validate-every: 4
        checkpoint: {every-steps: 4, keep: 2}
      """;

  @TempDir private Path folder;
  private TrackingServerRules server;

  @BeforeEach
  void open() throws IOException {
    server = new TrackingServerRules();
  }

  @AfterEach
  void close() {
    server.close();
    assertEquals(List.of(), server.broken);
  }

  private RunConfig config(String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("output.mlflow=" + server.address());
    return TestRuns.config(WAVES, all.toArray(String[]::new));
  }

  @Test
  void shouldTellOfARunFromItsConfigurationToItsModel() throws IOException {
    Path directory = folder.resolve("run");
    TrainingResult result =
        TestRuns.train(config("output.mlflow-experiment=Wellen & mehr"), directory);

    Run run = server.onlyRun();
    assertEquals(Map.of("Wellen & mehr", "1"), server.experiments);
    assertEquals("FINISHED", run.status);
    assertEquals("waves", run.tags.get("mlflow.runName"));
    assertEquals(result.weightsSha256(), run.tags.get("hindsight.weights_sha256"));
    assertEquals("completed", run.tags.get("hindsight.state"));
    assertEquals("16", run.params.get("training.batch"));
    assertEquals("adam", run.params.get("training.optimizer.type"));
    for (JsonNode line : TestRuns.metrics(directory)) {
      long step = line.get("step").longValue();
      if (line.has("loss")) {
        assertEquals(List.of(line.get("loss").doubleValue()), run.metrics.get("loss").get(step));
        assertEquals(
            List.of(line.get("grad_norm").doubleValue()),
            run.metrics.get("gradient_norm").get(step));
      } else if (line.has("validation")) {
        assertEquals(
            List.of(line.at("/validation/loss").doubleValue()),
            run.metrics.get("validation_loss").get(step).subList(0, 1));
      }
    }
    result
        .metrics()
        .forEach((name, value) -> assertTrue(run.metrics.get(name).get(11L).contains(value), name));
    assertEquals(Files.readString(directory.resolve("config.yaml")), text(run, "config.yaml"));
    assertTrue(text(run, "report.html").contains("waves"));
    assertEquals(
        Files.size(directory.resolve("model/weights.safetensors")),
        run.files.get("model/weights.safetensors").length);
  }

  private static String text(Run run, String file) {
    return new String(run.files.get(file), StandardCharsets.UTF_8);
  }

  @Test
  void shouldSendNoFilesWhereTheServerTakesNone() {
    server.servesFiles = false;
    TestRuns.train(config(), folder.resolve("run"));
    assertEquals("FINISHED", server.onlyRun().status);
    assertTrue(server.calls.stream().noneMatch(call -> call.startsWith("PUT")));
  }

  @Test
  void shouldGoOnWithItsRunAndSendNoFigureTwice() throws IOException {
    Path directory = folder.resolve("run");
    long[] asked = {0};
    StopRequest stop = () -> asked[0]++ < 6 ? Optional.empty() : Optional.of("the test");
    assertThrows(
        ResumableException.class,
        () -> TrainingRun.start(config(), new RunDirectory(directory), false, stop));
    assertEquals("KILLED", server.onlyRun().status);
    TestRuns.delete(directory.resolve("checkpoints/step-000000006")); // so that two come again

    TestRuns.resume(config("training.engine=local"), directory);
    Run run = server.onlyRun();
    assertEquals("FINISHED", run.status);
    assertEquals(11, run.metrics.get("loss").size());
    run.metrics.get("loss").forEach((step, values) -> assertEquals(1, values.size(), "" + step));
    assertEquals(3, run.metrics.get("validation_loss").size());
  }

  @Test
  void shouldGiveTheTokenAndStoreItNowhere() throws IOException {
    server.token = "s3cret-token";
    Path directory = folder.resolve("run");
    RunConfig config = config();
    RestClient client =
        new RestClient(server.address(), Optional.of("s3cret-token"), Duration.ofSeconds(5));
    RunDirectory run = new RunDirectory(directory);
    Files.createDirectories(directory);
    MlflowRun told = new MlflowRun(client, config, run, Duration.ofSeconds(20)).begin();
    told.step(step(0), 16);
    told.ended(status("failed", 3));

    assertEquals("FAILED", server.onlyRun().status);
    assertEquals(1, server.onlyRun().metrics.get("loss").size());
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains("s3cret"), file.toString());
      }
    }
  }

  private static StepMetrics step(long step) {
    return new StepMetrics(step, 0, 0.5, 16, 1, 1, 0.1, false, new StepTimes(1, 1, 0, 0, 0, 0));
  }

  private static StatusFile status(String state, int code) {
    return new StatusFile(state, code, "", Optional.empty(), 1, new TreeMap<>());
  }

  /** Whatever it does, the weights are the same; one that refuses is asked no more. */
  @ParameterizedTest
  @EnumSource(names = {"FAULTY", "BUSY", "FORBIDS"})
  void shouldTrainToTheSameWeightsWithAServerThatDoesNotWork(Mood mood) {
    String expected =
        TestRuns.train(TestRuns.config(WAVES), folder.resolve("alone")).weightsSha256();
    server.mood = mood;
    Path directory = folder.resolve("run");
    assertEquals(expected, TestRuns.train(config(), directory).weightsSha256());
    assertFalse(Files.exists(directory.resolve("mlflow.json")));
    if (mood == Mood.FORBIDS) {
      assertEquals(1, server.calls.size(), server.calls.toString());
    }
  }

  @Test
  void shouldTrainWithNoServerAtAll() {
    RunConfig config = config();
    server.close();
    TestRuns.train(config, folder.resolve("run"));
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS", "DRIPS", "FAULTY"})
  void shouldSendAllOnceTheServerIsBack(Mood mood) throws IOException {
    server.mood = mood;
    Path directory = Files.createDirectories(folder.resolve("run"));
    RestClient client = new RestClient(server.address(), Optional.empty(), Duration.ofMillis(300));
    MlflowRun told =
        new MlflowRun(client, config(), new RunDirectory(directory), Duration.ofSeconds(30))
            .begin();
    for (int step = 0; step < 1200; step++) {
      told.step(step(step), 16); // never waits
    }
    told.flush();
    await(() -> server.calls.size() >= 1);
    server.mood = Mood.WELL;
    told.ended(status("completed", 0));

    assertEquals("FINISHED", server.onlyRun().status);
    assertEquals(1200, server.onlyRun().metrics.get("loss").size());
  }

  private static void await(BooleanSupplier reached) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!reached.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "never reached");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  @Test
  void shouldRegisterAVersionOnceAndMakeItTheChampion() throws IOException {
    Path directory = folder.resolve("run");
    TestRuns.train(config(), directory);
    ModelRegistration registration = ModelRegistration.on(server.address());
    RunDirectory run = new RunDirectory(directory);
    registration.register("waves", run, "v1", Map.of(), false);
    assertEquals(Map.of(), server.aliases);
    registration.register("waves", run, "v1", Map.of(), true);

    assertEquals(Map.of("waves@champion", "1"), server.aliases);
    List<JsonNode> versions = server.versions.get("waves");
    assertEquals(1, versions.size());
    assertEquals(server.onlyRun().id, versions.get(0).get("run_id").asText());
    assertTrue(versions.get(0).get("source").asText().endsWith("/artifacts/model"));
    assertEquals("v1", versions.get(0).at("/tags/0/value").asText());
  }

  /** More versions than the server lists at once. */
  @Test
  void shouldLetTheChampionBeAnEarlierVersionAgain() throws IOException {
    ModelRegistration registration = ModelRegistration.on(server.address());
    for (int v = 1; v <= 5; v++) {
      Path directory = folder.resolve("run" + v);
      TestRuns.train(config(), directory);
      registration.register("waves", new RunDirectory(directory), "v" + v, Map.of(), true);
    }
    assertEquals(Map.of("waves@champion", "5"), server.aliases);
    registration.champion("waves", "v1");
    assertEquals(Map.of("waves@champion", "1"), server.aliases);
    registration.champion("waves", "v4");
    registration.champion("waves", "v9"); // which the server was never told of
    assertEquals(Map.of("waves@champion", "4"), server.aliases);
    server.mood = Mood.FORBIDS;
    registration.champion("waves", "v1");
    assertEquals(Map.of("waves@champion", "4"), server.aliases);
  }

  @Test
  void shouldCutLongParametersAndDivideManyIntoBatches() throws IOException {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 250; i++) {
      many.put("key " + i + "?", "v".repeat(i * 5));
    }
    RestClient client = new RestClient(server.address(), Optional.empty(), Duration.ofSeconds(5));
    TrackingServer tracking = new TrackingServer(client);
    RunRecord run = tracking.begin(tracking.experiment("many"), "many", 1);
    tracking.parameters(run.id(), many);
    assertEquals(250, server.onlyRun().params.size());
    assertEquals(500, server.onlyRun().params.get("key 249_").length());
  }
}
