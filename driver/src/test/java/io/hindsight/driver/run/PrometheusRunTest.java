package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.monitoring.Exposition;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of a run in Prometheus's text format: from Spark while it goes on, and from its end. */
class PrometheusRunTest {
  private static final String YAML =
      """
      name: waves
      data: {format: generator, name: sine, sequences: 40, length: 12,
             split: {validation: 0.2, test: 0.2}}
      model: {cell: rnn, hidden: [3]}
      training:
        steps: 8
        batch: 8
        validate-every: 4
        checkpoint: {every-steps: 4}
        optimizer: {type: sgd, learning-rate: 1e-2}
      """;
  private static final String SINK = "spark.metrics.conf.*.sink.prometheusServlet.";

  @TempDir private Path folder;

  private static RunConfig config(String... overrides) {
    return TestRuns.config(YAML, overrides);
  }

  @Test
  void shouldBeScrapedFromSparkWhileItRuns() throws IOException {
    Map<String, String> settings =
        Map.of(
            "spark.ui.enabled",
            "true",
            "spark.ui.port",
            "0",
            "spark.metrics.namespace",
            "hindsight",
            SINK + "class",
            "org.apache.spark.metrics.sink.PrometheusServlet",
            SINK + "path",
            "/metrics/prometheus");
    try (TestSession session = TestSession.open("local[2]", settings)) {
      URI page = URI.create(session.context().uiWebUrl().get() + "/metrics/prometheus");
      AtomicReference<Exposition> during = new AtomicReference<>();
      Path run = folder.resolve("run");
      StopRequest looks =
          () -> {
            if (during.get() == null && madeSteps(run) == 6) {
              during.set(scraped(page));
            }
            return Optional.empty();
          };
      TrainingRun.start(config("training.engine=spark-jobs"), new RunDirectory(run), false, looks);

      List<JsonNode> lines = TestRuns.metrics(run);
      JsonNode sixth = lines.stream().filter(line -> step(line) == 5).findFirst().orElseThrow();
      assertEquals(6, live(during.get(), "steps"));
      assertEquals(8, live(during.get(), "total_steps"));
      assertEquals(sixth.get("loss").doubleValue(), live(during.get(), "loss"));
      assertEquals(sixth.get("grad_norm").doubleValue(), live(during.get(), "gradient_norm"));
      assertEquals(1e-2, live(during.get(), "learning_rate"));
      assertEquals(validation(lines), live(during.get(), "validation_loss"));
      assertTrue(live(during.get(), "sequences_per_second") > 0);
      assertTrue(live(during.get(), "seconds_left") > 0);
      assertEquals(0, live(during.get(), "mended"));
      assertEquals(1, live(during.get(), "active"));
      Exposition after = scraped(page);
      assertEquals(0, live(after, "active"));
      assertEquals(8, live(after, "steps"));
    }
  }

  /** Before the loop begins there is no log. */
  private static long madeSteps(Path run) {
    try {
      return Files.exists(run.resolve("metrics.jsonl"))
          ? TestRuns.metrics(run).stream().filter(line -> line.has("loss")).count()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long step(JsonNode line) {
    return line.has("loss") ? line.get("step").longValue() : -1;
  }

  private static double validation(List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.has("validation"))
        .findFirst()
        .orElseThrow()
        .at("/validation/loss")
        .doubleValue();
  }

  private static double live(Exposition page, String figure) {
    return page.only("_HindsightPlugin_" + figure + "_Value");
  }

  private static Exposition scraped(URI page) {
    try (InputStream in = page.toURL().openStream()) {
      String ours =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains("Hindsight"))
              .reduce("", (before, line) -> before + line + "\n");
      return Exposition.read(ours);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldLeaveAFileOfTheEnd() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(config("name=waves-1"), run);

    Exposition file = file(run);
    StatusFile status = TestRuns.status(run);
    Map<String, String> label = Map.of("run", "waves-1");
    assertEquals(0, file.value("hindsight_run_exit_status", label));
    assertEquals(8, file.value("hindsight_run_steps", label));
    assertTrue(file.value("hindsight_run_duration_seconds", label) > 0);
    Map<String, String> info =
        Map.of(
            "run", "waves-1",
            "state", "completed",
            "weights_sha256", status.weightsSha256().orElseThrow());
    assertEquals(1, file.value("hindsight_run_info", info));
    status
        .metrics()
        .forEach((name, value) -> assertEquals(value, figure(file, name, "waves-1"), name));
    List<JsonNode> lines = TestRuns.metrics(run);
    JsonNode last = lines.stream().filter(line -> step(line) == 7).findFirst().orElseThrow();
    assertEquals(last.get("loss").doubleValue(), figure(file, "training_loss", "waves-1"));
  }

  @Test
  void shouldTellWhatSimpleForecastsReach() throws IOException {
    StringBuilder rows = new StringBuilder("id,t,x\n");
    for (int t = 0; t < 60; t++) {
      rows.append("a,").append(t).append(',').append(Math.sin(t)).append('\n');
    }
    Path table = Files.writeString(folder.resolve("table.csv"), rows);
    String data =
        "data={format: csv, path: '%s', options: {header: true}, sequence: id, time: t, inputs: [x],"
            + " targets: [x], horizon: 1, split: {by: time, validation: 10, test: 10}}";
    Path run = folder.resolve("run");
    try (TestSession session = TestSession.forTables(Map.of())) {
      session.sessions().session();
      TestRuns.train(config(data.formatted(table)), run);
    }

    JsonNode evaluation = new ObjectMapper().readTree(run.resolve("evaluation.json").toFile());
    assertTrue(evaluation.at("/baselines/last_value").isNumber(), evaluation.toString());
    Map<String, String> labels = Map.of("run", "waves", "figure", "rmse", "baseline", "last_value");
    assertEquals(
        evaluation.at("/baselines/last_value").doubleValue(),
        file(run).value("hindsight_run_baseline", labels));
  }

  private static double figure(Exposition file, String name, String run) {
    return file.value("hindsight_run_figure", Map.of("figure", name, "run", run));
  }

  @Test
  void shouldTellOfARunThatWasStoppedAndReplaceThatByItsEnd() throws IOException {
    Path run = folder.resolve("run");
    StopRequest stop = () -> madeSteps(run) < 5 ? Optional.empty() : Optional.of("the test");
    assertThrows(
        ResumableException.class,
        () -> TrainingRun.start(config(), new RunDirectory(run), false, stop));
    Map<String, String> label = Map.of("run", "waves");
    assertEquals(6, file(run).value("hindsight_run_exit_status", label));
    assertEquals(5, file(run).value("hindsight_run_steps", label));

    TestRuns.resume(config(), run);
    assertEquals(0, file(run).value("hindsight_run_exit_status", label));
    assertEquals(8, file(run).value("hindsight_run_steps", label));
    try (var names = Files.list(run)) {
      assertFalse(names.anyMatch(name -> name.getFileName().toString().startsWith(".tmp")));
    }
  }

  private static Exposition file(Path run) throws IOException {
    return Exposition.read(Files.readString(run.resolve("metrics.prom")));
  }
}
