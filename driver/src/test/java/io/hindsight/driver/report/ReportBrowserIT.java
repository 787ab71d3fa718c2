package io.hindsight.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as Chromium lays them out, on a telephone and on a desk. Skipped where there is none. */
class ReportBrowserIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LONG = "a-name-without-any-place-to-break-it-".repeat(6);

  private static final Map<String, Integer> PICTURES = // at least
      Map.of(
          "run.html", 8,
          "forecast.html", 12,
          "runs.html", 2,
          "classes.html", 3,
          "candidate.html", 12,
          "refused.html", 0);

  private static Optional<Path> browser = Optional.empty();
  @TempDir private static Path pages;

  @BeforeAll
  static void write() throws IOException {
    browser =
        Arrays.stream(System.getenv("PATH").split(":"))
            .flatMap(
                folder ->
                    List.of("chromium", "chromium-browser").stream().map(Path.of(folder)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "there is no Chromium to look at the report with");
    String yaml =
        """
        name: NAME
        data: {format: generator, name: adding, length: 20, sequences: 200}
        model: {cell: lstm, hidden: [8]}
        training: {steps: 60, batch: 8, validate-every: 10, diagnose-every: 20, clip: {norm: 1},
                   optimizer: {type: adam, learning-rate: 0.01}}
        """
            .replace("NAME", LONG.substring(0, 100));
    RunDirectory one = new RunDirectory(pages.resolve("one-" + LONG.substring(0, 120)));
    RunDirectory forecast = new RunDirectory(pages.resolve("forecast"));
    RunDirectory two = new RunDirectory(pages.resolve("two"));
    try (TestSession session = TestSession.open("local[2]", Map.of("spark.ui.enabled", "false"))) {
      TrainingRun.start(ConfigReader.read(yaml, "one", List.of()), one, false);
      TrainingRun.start(ConfigReader.read(yaml, "two", List.of("seed=3")), two, false);
      List<String> sine = List.of("data.name=sine", "model.output.quantiles=[0.1, 0.5, 0.9]");
      TrainingRun.start(ConfigReader.read(yaml, "sine", sine), forecast, false);
    }
    Files.copy(Path.of(one.report()), pages.resolve("run.html"));
    Files.copy(Path.of(forecast.report()), pages.resolve("forecast.html"));
    Reports.compare(List.of(one, two), pages.resolve("runs.html").toString());
    Files.write(pages.resolve("candidate.html"), Reports.ofCandidate(forecast, refusal()));
    Files.write(pages.resolve("refused.html"), Reports.ofRefusedData(LONG, refusal()));
    Reports.evaluation(
        LONG, classes(), Optional.of(leastLikely()), pages.resolve("classes.html").toString());
  }

  /** What gates say of a candidate, with long names and large numbers. */
  private static Blessing refusal() {
    List<Blessing.Check> checks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      checks.add(new Blessing.Check(LONG + i, Math.pow(-10, i) / 3, 1e6 / 7, i % 2 == 0));
    }
    ObjectNode model = MAPPER.createObjectNode().put("version", LONG).put("rmse", 1 / 3.0);
    return new Blessing(
        false, List.of(LONG, "a figure is " + LONG), checks, model, model, model.deepCopy());
  }

  /** Twelve classes with long names. */
  private static JsonNode classes() {
    ObjectNode evaluation = MAPPER.createObjectNode();
    evaluation.put("part", "test").put("targets", 144).put("accuracy", 0.75);
    evaluation.put("majority_baseline", 0.25);
    ObjectNode byClass = evaluation.putObject("by_class");
    ArrayNode confusion = evaluation.putArray("confusion");
    for (int i = 0; i < 12; i++) {
      byClass.putObject(LONG + i).put("precision", 0.5).put("recall", 0.25).put("support", 12);
      ArrayNode row = confusion.addArray();
      for (int j = 0; j < 12; j++) {
        row.add(i == j ? 1_000_000 : 17);
      }
    }
    return evaluation;
  }

  /** Sequences and classes with long names. */
  private static JsonNode leastLikely() {
    ObjectNode examples = MAPPER.createObjectNode().put("error", "log_loss").put("sequences", 9);
    for (String which : List.of("median", "best", "worst")) {
      ObjectNode one = examples.withArray("examples").addObject().put("which", which);
      one.put("sequence", LONG);
      for (int step = 0; step < 200; step++) {
        one.withArray("steps").add(step);
        one.withArray("probabilities").add(step / 200.0);
      }
      ObjectNode least = examples.withArray("least_likely").addObject();
      least.put("sequence", LONG).put("truth", LONG).put("answer", LONG).put("step", 1_000_000);
    }
    return examples;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.html",
        "forecast.html",
        "runs.html",
        "classes.html",
        "candidate.html",
        "refused.html"
      })
  void shouldFitAnyScreen(String page) throws Exception {
    for (int width : List.of(400, 1400)) {
      Matcher found =
          Pattern.compile("width=(\\d+) height=(\\d+) pictures=(\\d+)").matcher(look(page, width));
      assertTrue(found.find(), "the page was not measured");
      assertEquals(width, Integer.parseInt(found.group(1)), page + " is wider than its window");
      assertTrue(Integer.parseInt(found.group(2)) > 300, page + " is empty");
      int least = PICTURES.get(page);
      assertTrue(Integer.parseInt(found.group(3)) >= least, found.group() + ": " + page);
    }
  }

  /** What a page that has the other in a frame of a width measures of it. */
  private static String look(String page, int width) throws IOException, InterruptedException {
    String frame =
        """
        <!DOCTYPE html><body><iframe src="PAGE" style="width:WIDTHpx;height:900px;border:0"></iframe>
        <p id="told"></p>
        <script>
        onload = () => {
          const seen = document.querySelector("iframe").contentDocument;
          const drawn = [...seen.querySelectorAll("svg")].filter(one => one.getBoundingClientRect().height > 60);
          document.getElementById("told").textContent = "width=" + seen.documentElement.scrollWidth
            + " height=" + seen.documentElement.scrollHeight + " pictures=" + drawn.length;
        };
        </script>
        """
            .replace("PAGE", page)
            .replace("WIDTH", Integer.toString(width));
    Path file = Files.writeString(pages.resolve("frame-%d-%s".formatted(width, page)), frame);
    Path answer = Files.createTempFile(pages, "dom", ".html");
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--allow-file-access-from-files",
                "--user-data-dir=" + pages.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium does not end");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(answer, StandardCharsets.UTF_8);
  }
}
