package io.hindsight.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.builder.RunConfigBuilder;
import io.hindsight.driver.config.builder.TrainingBuilder;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.EvaluationJson;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.run.TrainingRun;
import io.hindsight.driver.spark.session.TestSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a run leaves to be looked at, by real runs. */
class ReportRunTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String EVIL = "<script>alert(1)</script>\"'&";
  private static final String EVIL_ID = "]]>\"onload=\"alert(1)<script>-->'";
  private static final int MOST_BYTES = 500_000;

  private static TestSession session;
  @TempDir private static Path folder;
  private static RunDirectory run; // that has ended well

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.forTables(Map.of());
    run = train("run", "");
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void begin() {
    session.sessions().session();
  }

  /** Four series whose class follows from the sign of x. */
  private static Path table() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x,y"));
    for (int id = 0; id < 4; id++) {
      for (int t = 0; t < 60; t++) {
        double x = Math.sin(0.7 * t + id);
        String label = x > 0 ? EVIL : "other";
        lines.add("%s,%d,%s,%s".formatted(quoted(EVIL_ID + id), t, x, quoted(label)));
      }
    }
    return Files.write(folder.resolve("table.csv"), lines);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static RunConfig config(Path table, String name, String extra) {
    String yaml =
        """
        name: NAME
        data: {format: csv, path: 'PATH', options: {header: true, escape: '"'}, sequence: id, time: t,
               inputs: [x], targets: [y], target-kind: class, horizon: 0,
               split: {by: time, validation: 0.2, test: 0.2}}
        model: {cell: gru, hidden: [6]}
        training: {steps: 30, batch: 2, validate-every: 10, diagnose-every: 10, EXTRA
                   clip: {norm: 0.5}, optimizer: {type: adam, learning-rate: 0.02}}
        """
            .replace("NAME", name)
            .replace("PATH", table.toString())
            .replace("EXTRA", extra);
    return ConfigReader.read(yaml, "test.yaml", List.of());
  }

  private static RunDirectory train(String name, String extra) throws IOException {
    RunDirectory run = new RunDirectory(folder.resolve(name));
    TrainingRun.start(config(table(), name, extra), run, false);
    return run;
  }

  /** A page is well-formed XML too, so that what a browser makes of it needs no guess. */
  private static Document page(String file)
      throws IOException, ParserConfigurationException, SAXException {
    byte[] bytes = Files.readAllBytes(Path.of(file));
    assertTrue(bytes.length < MOST_BYTES, bytes.length + " bytes");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<String> texts(Document page, String element) {
    NodeList found = page.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void shouldShowARunInTheOrderInWhichPeopleAsk() throws Exception {
    Document page = page(run.report());
    List<String> sections = texts(page, "h2");
    assertEquals(
        List.of("Figures", "Training", "Diagnosis", "Examples", "Answers"),
        sections.subList(0, 5),
        sections.toString());
    assertEquals("Configuration", sections.get(sections.size() - 1));
    NodeList pictures = page.getElementsByTagName("svg");
    assertTrue(pictures.getLength() >= 4, pictures.getLength() + " pictures");
    for (int i = 0; i < pictures.getLength(); i++) {
      Element picture = (Element) pictures.item(i);
      assertEquals("img", picture.getAttribute("role"));
      for (String id : picture.getAttribute("aria-labelledby").split(" ")) {
        assertTrue(picture.getTextContent().length() > 0 && hasId(picture, id), "no element " + id);
      }
    }
  }

  @Test
  void shouldShowHowTheNetworkChangedAndWhatIsConfiguredOtherwise() throws Exception {
    List<String> descriptions = texts(page(run.report()), "desc");
    String saturated =
        descriptions.stream()
            .filter(text -> text.startsWith("Saturated share of gates."))
            .findFirst()
            .orElseThrow(() -> new AssertionError(descriptions));
    for (String gate : List.of("r", "z", "n")) {
      assertTrue(saturated.contains("layer 0, " + gate + ": from "), saturated);
    }
    assertTrue(
        descriptions.stream().anyMatch(text -> text.contains("÷ weights, mean. layer 0: from ")),
        "updates of the layer: " + descriptions);

    RunDirectory further = new RunDirectory(folder.resolve("further"));
    String start = "start-from: '" + run.model() + "',";
    RunConfig fewer =
        RunConfigBuilder.from(config(table(), "further", start))
            .training(TrainingBuilder.from(config(table(), "further", start).training()).steps(12))
            .build();
    TrainingRun.start(fewer, further, false);
    Document page = page(further.report());
    assertTrue(
        texts(page, "p").contains("Trained further from " + run.model() + "."),
        texts(page, "p").toString());
    assertTrue(
        texts(page, "li").contains("training.steps was 30, is 12"), texts(page, "li").toString());
  }

  private static boolean hasId(Element picture, String id) {
    NodeList all = picture.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element one = (Element) all.item(i);
      if (one.getAttribute("id").equals(id)) {
        return !one.getTextContent().isBlank();
      }
    }
    return false;
  }

  @Test
  void shouldTellTheNumbersOfLogAndStatus() throws IOException {
    JsonNode report = MAPPER.readTree(Path.of(run.reportJson()).toFile());
    JsonNode status = MAPPER.readTree(Path.of(run.status()).toFile());
    for (String field : List.of("state", "reason", "weights_sha256", "steps", "metrics", "data")) {
      assertEquals(status.get(field), report.get(field), field);
    }
    List<JsonNode> steps = new ArrayList<>();
    List<JsonNode> validations = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(run.metrics()))) {
      JsonNode json = MAPPER.readTree(line);
      if (json.has("loss")) {
        steps.add(json);
      } else if (json.has("validation")) {
        validations.add(json);
      }
    }
    assertEquals(30, steps.size());
    assertEquals(30, report.get("training").size());
    for (int i = 0; i < 30; i++) {
      JsonNode told = report.get("training").get(i);
      for (String field : List.of("step", "loss", "grad_norm", "learning_rate", "step_ms")) {
        assertEquals(steps.get(i).get(field), told.get(field), field + " of step " + i);
      }
    }
    assertEquals(3, validations.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(
          validations.get(i).get("validation").get("loss"),
          report.get("validations").get(i).get("loss"));
    }
  }

  @Test
  void shouldTellTheExamplesThatTheRunKept() throws Exception {
    JsonNode kept = MAPPER.readTree(Path.of(run.examples()).toFile());
    assertEquals(kept, MAPPER.readTree(Path.of(run.reportJson()).toFile()).get("examples"));
    ModelBundle model = ModelBundle.load(run.model(), Optional.empty(), List.of());
    List<JsonNode> evaluated = new ArrayList<>();
    Evaluation.run(model, Optional.empty(), Optional.of(evaluated::add));
    assertEquals(kept, MAPPER.readTree(evaluated.get(0).toString()));
    List<String> titles = texts(page(run.report()), "title");
    for (String which : List.of("Median", "Best", "Worst")) {
      assertTrue(
          titles.stream().anyMatch(title -> title.startsWith(which + " of 4 sequences: ]]>")),
          titles.toString());
    }
  }

  @Test
  void shouldStaySmallHoweverLongNamesAre() throws Exception {
    ObjectNode evaluation = MAPPER.createObjectNode().put("part", "test").put("targets", 9);
    ObjectNode examples = MAPPER.createObjectNode().put("error", "log_loss").put("sequences", 9);
    for (int i = 0; i < 2000; i++) {
      String name = "n".repeat(3000) + i;
      evaluation.withObject("/by_class").putObject(name).put("recall", 0.5);
      evaluation.withArray("confusion").addArray().add(1);
      examples.withArray("least_likely").addObject().put("sequence", name).put("truth", name);
    }
    String file = folder.resolve("long.html").toString();
    Reports.evaluation("model", evaluation, Optional.of(examples), file);
    Document page = page(file);
    assertTrue(
        texts(page, "p").contains("The first 100 of 2\u202f000 rows."),
        texts(page, "p").toString());
  }

  @Test
  void shouldTellTheSameAsAnEvaluationOfTheModel() throws Exception {
    ModelBundle model = ModelBundle.load(run.model(), Optional.empty(), List.of());
    JsonNode evaluated = MAPPER.readTree(EvaluationJson.of(Evaluation.run(model)).toString());
    assertEquals(evaluated, MAPPER.readTree(Path.of(run.evaluation()).toFile()));
    assertEquals(evaluated, MAPPER.readTree(Path.of(run.reportJson()).toFile()).get("evaluation"));
    Document page = page(run.report());
    assertTrue(texts(page, "p").get(0).contains("than the best simple answer on the test part"));
    assertTrue(texts(page, "td").contains(EVIL), "the class is not shown");
    assertTrue(texts(page, "td").contains(EVIL_ID + 3), "the sequence is not shown");
    assertEquals(0, page.getElementsByTagName("script").getLength());
    assertEquals(0, count(page, "onload"), "an id has become an attribute");
  }

  /** How many elements have an attribute. */
  private static long count(Document page, String attribute) {
    NodeList all = page.getElementsByTagName("*");
    return IntStream.range(0, all.getLength())
        .filter(i -> ((Element) all.item(i)).hasAttribute(attribute))
        .count();
  }

  @Test
  void shouldShowTheNamesOfUsersAsText() throws Exception {
    String evaluation =
        """
        {"part": "test", "targets": 12, "accuracy": 0.75, "majority_baseline": 0.5,
         "by_class": {"EVIL": {"precision": 0.5, "recall": null, "f1": 0.25, "support": 8},
                      "other": {"precision": 1, "recall": 1, "f1": 1, "support": 4}},
         "confusion": [[8, 0], [1, 3]],
         "calibration": [{"from": 0.5, "to": 0.6, "targets": 12, "confidence": 0.55,
                          "accuracy": 0.75}]}
        """
            .replace("EVIL", EVIL.replace("\"", "\\\""));
    String file = folder.resolve("evaluation.html").toString();
    Reports.evaluation(EVIL, MAPPER.readTree(evaluation), Optional.empty(), file);
    Document page = page(file);
    assertEquals(0, page.getElementsByTagName("script").getLength());
    assertTrue(texts(page, "th").contains(EVIL), "the class is not shown");
    assertTrue(texts(page, "td").contains(EVIL), "the class is not shown");
    assertEquals(
        "Better than the best simple answer on the test part: accuracy 0.75, of the most frequent"
            + " class 0.5.",
        texts(page, "p").get(0));
    assertEquals(1, page.getElementsByTagName("svg").getLength());
  }

  @Test
  void shouldJudgeWeightedClassesByTheRecallOfEach() throws Exception {
    String evaluation =
        """
        {"part": "test", "targets": 90, "accuracy": 0.5, "majority_baseline": 0.9, "log_loss": 0.1,
         "balanced_accuracy": 0.7, "by_class": {"a": {}, "b": {}}}
        """;
    String file = folder.resolve("weighted.html").toString();
    Reports.evaluation("model", MAPPER.readTree(evaluation), Optional.empty(), file);
    assertEquals(
        "Better than the best simple answer on the test part: balanced accuracy 0.7, of the same"
            + " class always 0.5.",
        texts(page(file), "p").get(0));
  }

  @Test
  void shouldShowErrorsByStepsAheadBesideThoseOfSimpleForecasts() throws Exception {
    String evaluation =
        """
        {"part": "test", "targets": 12, "rmse": 2.5, "mae": 2, "baselines": {"last_value": 2},
         "baseline_metrics": {"last_value": {"rmse": 2, "mae": 1, "mase": 0.5}},
         "by_horizon": [{"step": 1, "rmse": 2, "baselines": {"last_value": {"rmse": 1.5}}},
                        {"step": 2, "rmse": 3, "baselines": {"last_value": {"rmse": 2.5}}}]}
        """;
    String file = folder.resolve("evaluation.html").toString();
    Reports.evaluation("runs/first/model", MAPPER.readTree(evaluation), Optional.empty(), file);
    Document page = page(file);
    assertTrue(texts(page, "p").get(0).startsWith("Not better than"), texts(page, "p").get(0));
    assertEquals(
        List.of("last value", "2", "1", "0.5", "this model", "2.5", "2", "–"),
        texts(page, "td").subList(0, 8));
    assertTrue(
        texts(page, "desc").get(0).contains("last value: from 1.5 to 2.5"),
        texts(page, "desc").toString());
  }

  @Test
  void shouldTellWhyThereIsNoModel() throws Exception {
    RunDirectory failed = new RunDirectory(folder.resolve("failed"));
    RunConfig config = config(folder.resolve("none.csv"), "failed", "");
    assertThrows(RuntimeException.class, () -> TrainingRun.start(config, failed, false));
    assertTrue(texts(page(failed.report()), "p").get(0).startsWith("No model: the run failed"));
    TrainingRun.start(config(table(), "again", ""), failed, false); // as good as a new directory
    assertFalse(texts(page(failed.report()), "p").get(0).startsWith("No model"));
  }

  @Test
  void shouldPutRunsSideBySide() throws Exception {
    RunDirectory two = train("two", "early-stopping: {patience: 9},");
    String file = folder.resolve("both.html").toString();
    Reports.compare(List.of(run, two), file);
    Document page = page(file);
    assertTrue(texts(page, "th").containsAll(List.of("1 run", "2 two")));
    assertTrue(
        texts(page, "li").stream().anyMatch(line -> line.contains("early-stopping")),
        texts(page, "li").toString());
    assertEquals(2, page.getElementsByTagName("svg").getLength());
  }

  @Test
  void shouldRefuseWhatIsNoRun() {
    ConfigException refusal =
        assertThrows(
            ConfigException.class, () -> Reports.write(new RunDirectory(folder.toString())));
    assertTrue(refusal.getMessage().contains("no run directory"), refusal.getMessage());
  }
}
