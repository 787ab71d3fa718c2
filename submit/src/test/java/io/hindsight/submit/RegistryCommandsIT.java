package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.TimeWindow;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.monitoring.mlflow.ModelRegistration;
import io.hindsight.driver.monitoring.mlflow.TrackingServerRules;
import io.hindsight.driver.registry.Registry;
import io.hindsight.driver.registry.RegistryWriter;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a registry, one after the other, as somebody uses them. */
class RegistryCommandsIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));

  @TempDir static Path shared;
  private static Workbench bench;
  private static String early;
  private static String late;

  @TempDir Path dir;

  @BeforeAll
  static void train() throws IOException {
    TestSession.stop();
    TestSession.start();
    bench = new Workbench(shared);
    early = bench.forecastModel();
    late = bench.model("late", Workbench.FORECAST.replace("steps: 5", "steps: 7"), bench.table());
  }

  private String registry() {
    return dir.resolve("registry").toString();
  }

  /** A command that goes well, and its object. */
  private JsonNode json(String... command) throws IOException {
    CommandLineRun run = CommandLineRun.of(with(command, "--json"));
    assertEquals(0, run.code(), run.err());
    assertEquals(1, run.out().lines().count(), run.out());
    return MAPPER.readTree(run.out());
  }

  private String text(String... command) {
    CommandLineRun run = CommandLineRun.of(with(command));
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--registry", registry()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void publishBoth() throws IOException {
    json("publish", "--model", early, "--id", "early", "--promote", "--reason", "the first");
    json("publish", "--model", late, "--id", "late");
  }

  @Test
  void shouldTellEveryChangeAndWho() throws Exception {
    publishBoth();
    JsonNode promotion = json("promote", "late", "--force", "--reason", "compared by hand");
    assertTrue(promotion.get("changed").booleanValue());
    assertEquals("early", promotion.at("/entry/previous").textValue());
    assertEquals(false, json("promote", "late").get("changed").booleanValue());
    assertEquals("early", json("rollback", "--reason", "worse").at("/entry/version").textValue());
    assertEquals("early", json("pin").at("/entry/pinned/0").textValue());

    JsonNode history = json("history");
    List<String> kinds = new ArrayList<>();
    history.get("entries").forEach(entry -> kinds.add(entry.get("kind").textValue()));
    assertEquals(List.of("pinned", "rollback", "forced", "forced"), kinds);
    assertEquals("late", history.at("/versions/0/id").textValue());
    assertEquals("imported: no gate has judged it", history.at("/versions/0/reasons/0").asText());
    assertTrue(text("history").contains("  rollback  early  early"), text("history"));

    JsonNode status = json("status");
    assertEquals("early", status.at("/champion/id").textValue());
    assertEquals(3, status.at("/since/number").intValue());
    assertEquals("[\"early\",\"late\"]", status.get("versions").toString());
    assertTrue(status.get("writer").isNull());
    assertTrue(text("status").contains(", pinned"), text("status"));
    assertEquals("[]", json("unpin").at("/entry/pinned").toString());
  }

  /** Where a retraining told the server of the versions. */
  @Test
  void shouldMoveTheChampionOfMlflow() throws IOException {
    try (TrackingServerRules server = new TrackingServerRules()) {
      ModelRegistration registration = ModelRegistration.on(server.address());
      Workbench own = new Workbench(dir);
      for (String id : List.of("one", "two")) {
        String told = "output: {mlflow: '%s'}%n".formatted(server.address());
        String model = own.model(id, Workbench.FORECAST + told, own.table());
        RunDirectory run = new RunDirectory(Path.of(model).getParent());
        registration.register("waves", run, id, Map.of(), true);
        json("publish", "--model", model, "--id", id, "--promote", "--reason", "by hand");
      }
      assertEquals(Map.of("waves@champion", "2"), server.aliases);
      json("pin");
      json("unpin");
      assertEquals("one", json("rollback").at("/entry/version").textValue());
      assertEquals(Map.of("waves@champion", "1"), server.aliases);
      json("promote", "two", "--force", "--reason", "better after all");
      assertEquals(Map.of("waves@champion", "2"), server.aliases);
      server.mood = TrackingServerRules.Mood.FAULTY;
      assertEquals("one", json("rollback").at("/entry/version").textValue());
    }
  }

  @Test
  void shouldAnswerWithTheChampionOrTheVersionThatIsNamed() throws Exception {
    publishBoth();
    JsonNode champion = evaluation("--model", registry());
    assertEquals("early", champion.get("version").textValue());
    assertEquals(evaluation("--model", early).get("rmse"), champion.get("rmse"));
    JsonNode other = evaluation("--model", registry(), "--version", "late");
    assertEquals("late", other.get("version").textValue());
    assertEquals(evaluation("--model", late).get("rmse"), other.get("rmse"));
    assertEquals(answers("of-model", early), answers("of-registry", registry()));
    assertEquals(
        json("status").at("/champion/weights_sha256").textValue(),
        Registry.open(registry()).champion().model().weightsSha256());
  }

  private JsonNode evaluation(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("evaluate", "--json"));
    command.addAll(List.of(options));
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return MAPPER.readTree(run.out());
  }

  private String answers(String name, String model) throws IOException {
    Path output = dir.resolve(name + ".csv");
    CommandLineRun run =
        CommandLineRun.of(
            "predict",
            "--model",
            model,
            "--input",
            bench.table().toString(),
            "--output",
            output.toString());
    assertEquals(0, run.code(), run.err());
    return Files.readString(output);
  }

  @Test
  void shouldShowWhatItWouldPruneBeforeItDoes() throws Exception {
    publishBoth();
    json("publish", "--model", late, "--id", "copy");
    Path run = Files.createDirectories(Path.of(registry(), "runs", "nightly"));
    RetrainStatus status = RetrainStatus.begun("nightly", WINDOW, WINDOW.to());
    Files.write(run.resolve(RetrainStatus.NAME), status.toJson());
    String[] prune = {"prune", "--keep=0", "--keep-entries=1", "--reason", "space"};
    JsonNode shown = json(prune);
    assertEquals("[\"late\",\"copy\"]", shown.get("versions").toString());
    assertEquals("[\"nightly\"]", shown.get("runs").toString());
    assertTrue(text(prune).contains("would delete run nightly"), text(prune));
    assertEquals(false, shown.get("deleted").booleanValue());
    assertEquals(3, json("status").get("versions").size());
    List<String> delete = new ArrayList<>(List.of(prune));
    delete.add("--delete");
    JsonNode deleted = json(delete.toArray(String[]::new));
    assertEquals(shown.get("bytes"), deleted.get("bytes"));
    assertEquals(shown.get("runs"), deleted.get("runs"));
    assertFalse(Files.exists(run));
    assertEquals("[\"early\"]", json("status").get("versions").toString());
    assertEquals("late", json("history").at("/entries/0/subjects/0").textValue());
  }

  @Test
  void shouldNameWhoChangesTheRegistryAndWait() throws Exception {
    publishBoth();
    try (RegistryWriter other = Registry.open(registry()).write("retrain co2", millis -> {})) {
      assertTrue(text("status").contains("in use by process "), text("status"));
      CommandLineRun refused = CommandLineRun.of(with(new String[] {"pin"}));
      assertEquals(5, refused.code(), refused.err());
      assertTrue(refused.err().contains("(retrain co2, since"), refused.err());
      assertEquals("early", other.state().orElseThrow().version());
    }
    assertTrue(json("pin").get("changed").booleanValue());
  }

  @Test
  void shouldNameAVersionByItsHashIfItGetsNoName() throws Exception {
    String id = json("publish", "--model", early).at("/version/id").textValue();
    assertTrue(id.matches("[0-9a-f]{12}"), id);
    assertEquals(id, json("publish", "--model", early).at("/version/id").textValue());
    assertEquals(1, json("history").get("versions").size());
    assertTrue(text("status").startsWith("no champion yet"), text("status"));
  }
}
