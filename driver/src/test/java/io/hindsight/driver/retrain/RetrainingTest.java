package io.hindsight.driver.retrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.monitoring.Exposition;
import io.hindsight.driver.monitoring.mlflow.TrackingServerRules;
import io.hindsight.driver.registry.Pointer;
import io.hindsight.driver.registry.RegistryWriter;
import io.hindsight.driver.registry.Served;
import io.hindsight.driver.registry.Version;
import io.hindsight.driver.retrain.folder.Attempt;
import io.hindsight.driver.retrain.folder.Outcome;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.driver.retrain.folder.RunKey;
import io.hindsight.driver.run.ExitCode;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.ForTables;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RetrainingTest {
  @RegisterExtension static final ForTables SESSION = new ForTables();
  private static final RetrainRequest.Start WARM = new RetrainRequest.Start(true, 2);

  @TempDir private static Path folder; // of all tests, as requests name it
  private static RetrainResult first;
  private Wave wave;

  @BeforeAll
  static void retrain() throws IOException {
    Wave wave = new Wave(folder);
    first = run(with(wave.request(), WARM));
    copy(Path.of(wave.registry()), folder.resolve("kept"));
    copy(folder.resolve("wave.csv"), folder.resolve("kept.csv"));
  }

  /** With table and registry as the first retraining left them. */
  @BeforeEach
  void restore() throws IOException {
    wave = new Wave(folder);
    Files.delete(folder.resolve("wave.csv")); // the same rows, but written later
    copy(folder.resolve("kept.csv"), folder.resolve("wave.csv"));
    TestRuns.delete(Path.of(wave.registry()));
    copy(folder.resolve("kept"), Path.of(wave.registry()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path place = to.resolve(from.relativize(file).toString());
        Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static RetrainResult run(RetrainRequest request) {
    return Retraining.run(request, StopRequest.NEVER);
  }

  @Test
  void shouldPromoteTheFirstAndDoNothingTheSecondTime() throws IOException {
    assertEquals(Outcome.PROMOTED, first.outcome(), first.status().reason());
    assertEquals(first.status().version(), Optional.of(wave.champion()));
    Served served = wave.open().champion();
    assertTrue(served.version().blessing().blessed());
    assertEquals(480, served.version().data().profile().orElseThrow().rows());

    List<Pointer> before = wave.open().history();
    RetrainResult second = run(with(wave.request(), WARM));
    assertEquals(Outcome.UNCHANGED, second.outcome());
    assertEquals(first.status(), second.status());
    assertEquals(before, wave.open().history());
  }

  @Test
  void shouldCompareTheNextWindowWithTheChampionOnTheSameTargets() throws IOException {
    wave.grow(24);
    RetrainResult next = run(wave.request("on.promoted=[/no/such/program]"));
    assertEquals(Outcome.PROMOTED, next.outcome(), next.status().reason());
    Version version = wave.open().champion().version();
    assertEquals(
        version.blessing().candidate().get("targets"),
        version.blessing().champion().get("targets"));
    assertEquals("2026-01-10T00:00:00Z", version.blessing().holdout().get("test_from").textValue());
    String page = Files.readString(Path.of(version.location(), "report.html"));
    assertTrue(page.contains("Passed the gates: "), page);
    assertTrue(page.contains("<h2>Training</h2>"), "the page tells nothing of the training");
  }

  @Test
  void shouldRejectPoisonedDataWithItsReasonAndKeepTheChampion() throws IOException {
    String champion = wave.champion();
    wave.grow(48, value -> 1000 * value);
    RetrainResult rejected = run(wave.request());
    assertEquals(Outcome.REJECTED, rejected.outcome());
    assertTrue(rejected.status().reason().contains("load"), rejected.status().reason());
    assertFalse(rejected.blessing().orElseThrow().blessed());
    assertEquals(champion, wave.champion());
    assertTrue(reports().anyMatch(page -> page.contains("Not passed by the gates: ")));
    assertEquals(1, wave.open().list().size());
    assertEquals(Outcome.UNCHANGED, run(wave.request()).outcome());
    assertEquals(ExitCode.OK, rejected.outcome().exitCode(false));
    assertEquals(ExitCode.REJECTED, rejected.outcome().exitCode(true));
  }

  /** Those of all attempts of all retrainings. */
  private Stream<String> reports() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(wave.open().location(), "runs"), 3)) {
      List<String> pages = new ArrayList<>();
      for (Path file : files.filter(of -> of.endsWith("report.html")).toList()) {
        pages.add(Files.readString(file));
      }
      return pages.stream();
    }
  }

  @Test
  void shouldRejectAWorseModelWithItsReasonAndKeepTheChampion() throws IOException {
    String champion = wave.champion();
    wave.grow(24);
    RetrainResult rejected =
        run(wave.request("training.optimizer.learning-rate=1e-6", "on.rejected=['false']"));
    assertEquals(Outcome.REJECTED, rejected.outcome());
    assertTrue(rejected.status().reason().contains("rmse"), rejected.status().reason());
    assertEquals(champion, wave.champion());
  }

  @Test
  void shouldRejectACandidateThatIsWorseOnTheGoldenDataOnly() throws IOException {
    TestRuns.delete(Path.of(wave.registry()));
    Path golden = folder.resolve("golden.csv");
    wave.write(golden, 0, Wave.LENGTH, 6);
    wave.write(folder.resolve("wave.csv"), 0, Wave.LENGTH, 12, 6);
    RetrainRequest first = wave.request(Wave.window(Wave.LENGTH), wave.config());
    assertEquals(Outcome.PROMOTED, run(first).outcome());
    String champion = wave.champion();

    wave.write(folder.resolve("wave.csv"), Wave.LENGTH, 2 * Wave.LENGTH, 12, 12);
    String limits = "gate={data: {drift: 1, null-rate: 1}, model: {golden: '%s'}}";
    RetrainResult rejected =
        run(wave.request(Wave.window(2 * Wave.LENGTH), wave.config(limits.formatted(golden))));
    assertEquals(Outcome.REJECTED, rejected.outcome(), rejected.status().reason());
    assertTrue(rejected.status().reason().contains("golden"), rejected.status().reason());
    assertTrue(
        rejected.blessing().orElseThrow().checks().stream()
            .filter(check -> !check.passed())
            .allMatch(check -> check.name().startsWith("model.golden.")),
        rejected.blessing().get().checks().toString());
    assertEquals(champion, wave.champion());
  }

  @Test
  void shouldLeaveAPinnedChampion() throws IOException {
    String champion = wave.champion();
    try (RegistryWriter writer = wave.open().write("test", millis -> {})) {
      writer.pin(Optional.empty(), "until spring");
    }
    wave.grow(24);
    RetrainResult next = run(wave.request());
    assertEquals(Outcome.PUBLISHED, next.outcome());
    assertTrue(next.status().reason().contains("pinned"), next.status().reason());
    assertEquals(champion, wave.champion());
    assertTrue(
        wave.open().version(next.status().version().orElseThrow()).version().blessing().blessed());
  }

  @Test
  void shouldStartFromTheChampionAndColdEveryFewRuns() throws IOException {
    String parent = wave.champion();
    wave.grow(24);
    String second = run(with(wave.request(), WARM)).status().version().orElseThrow();
    wave.grow(24);
    RetrainStatus third = run(with(wave.request(), WARM)).status(); // passed or not
    assertEquals("", start(parent));
    assertEquals(parent, start(second));
    assertEquals(Optional.empty(), attempt(third).champion());
    assertEquals(
        Optional.of(wave.open().version(parent).version().weightsSha256()),
        wave.open().version(second).model().description().parentSha256());
  }

  private Attempt attempt(RetrainStatus status) throws IOException {
    String file = status.key() + "/" + status.attempt().orElseThrow() + "/" + Attempt.NAME;
    return Attempt.parse(Files.readAllBytes(Path.of(wave.registry(), "runs", file)), file);
  }

  private String start(String version) throws IOException {
    return wave.open().version(version).version().data().source().get("start").asText("");
  }

  private static RetrainRequest with(RetrainRequest request, RetrainRequest.Start start) {
    return new RetrainRequest(
        request.config(),
        request.registry(),
        request.window(),
        request.key(),
        start,
        request.promote());
  }

  @Test
  void shouldRefuseAKeyThatAnotherWindowHas() throws IOException {
    wave.grow(24);
    run(keyed(Wave.window(Wave.LENGTH)));
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> run(keyed(Wave.window(Wave.LENGTH + 24))));
    assertTrue(refusal.getMessage().contains("--run-key nightly"), refusal.getMessage());
    assertEquals(Outcome.UNCHANGED, run(keyed(Wave.window(Wave.LENGTH))).outcome());
  }

  private RetrainRequest keyed(io.hindsight.datasets.TimeWindow window) {
    return new RetrainRequest(
        wave.config(),
        wave.registry(),
        window,
        Optional.of(RunKey.given("nightly")),
        RetrainRequest.Start.SCRATCH,
        true);
  }

  @Test
  void shouldTellItsEndToAHookToMetricsAndToAServer() throws IOException {
    TestRuns.delete(Path.of(wave.registry()));
    try (TrackingServerRules server = new TrackingServerRules()) {
      String version = toldToAHookAndMetrics("output.mlflow=" + server.address());
      String name = wave.config().name();
      assertEquals(Map.of(name + "@champion", "1"), server.aliases);
      JsonNode registered = server.versions.get(name).get(0);
      assertEquals(server.onlyRun().id, registered.get("run_id").asText());
      assertTrue(registered.get("tags").toString().contains(version), registered.toString());
      assertEquals("FINISHED", server.onlyRun().status);
      assertEquals(List.of(), server.broken);
    }
  }

  private String toldToAHookAndMetrics(String toServer) throws IOException {
    Path told = folder.resolve("told");
    String hook =
        "on.promoted=[sh, -c, 'cat > \"$0\"; echo \"$HINDSIGHT_VERSION\" >> \"$0\"', '%s']";
    RetrainResult result = run(wave.request(hook.formatted(told), toServer));
    String text = Files.readString(told);
    assertTrue(text.contains("\"state\" : \"promoted\""), text);
    assertTrue(text.endsWith("}\n" + result.status().version().orElseThrow() + "\n"), text);
    String metrics = Files.readString(Path.of(wave.registry(), "metrics.prom"));
    assertTrue(
        metrics.contains("hindsight_retrain_rows{registry=\"" + wave.registry() + "\"} 480\n"));
    assertTrue(metrics.contains("hindsight_retrain_rejected_total{registry="), metrics);
    Exposition read = Exposition.read(metrics);
    Map<String, String> label = Map.of("registry", wave.registry());
    assertEquals(1, read.value("hindsight_retrain_promoted_total", label));
    assertEquals(0, read.value("hindsight_retrain_unchanged_total", label));
    assertEquals(
        wave.open().champion().version().published().toEpochMilli() / 1000.0,
        read.value("hindsight_retrain_champion_timestamp_seconds", label));
    assertFalse(
        Files.readString(
                Path.of(wave.registry(), "versions", wave.champion(), "model", "model.json"))
            .contains("HINDSIGHT_VERSION"));
    return result.status().version().orElseThrow();
  }
}
