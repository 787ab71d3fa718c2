package io.hindsight.driver.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.DataException;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backtests of the weather of three places, beside figures of what {@code predict} writes. */
class ClassBacktestIT {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final int DAYS = 44;
  private static final int HAIL_FROM = 28; // the first origin's training part ends here
  private static final int EVERY = 4;
  private static final String THREE = "targets: [three], target-kind: class, unknown: skip";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestSession session;
  @TempDir private static Path folder;
  private static Path table;
  private static BacktestReport three; // of classes of which the first origin does not know all

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "3"));
    write();
    three = run("three", THREE, true);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static void write() throws IOException {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>(List.of("id,day,x,two,three,wet,cold"));
    for (int s = 0; s < 3; s++) {
      for (int t = 0; t < DAYS; t++) {
        double x = StrictMath.sin(t + s) + 0.6 * random.nextGaussian();
        String two = x + 0.3 * random.nextGaussian() > 0.4 ? "storm" : "calm";
        String three = t >= HAIL_FROM && (t + s) % 3 == 0 ? "hail" : two;
        int wet = x > 0 ? 1 : 0;
        int cold = random.nextInt(4) == 0 ? 1 : 0;
        lines.add(
            "s%d,%s,%s,%s,%s,%d,%d".formatted(s, FIRST.plusDays(t), x, two, three, wet, cold));
      }
    }
    table = Files.write(folder.resolve("table.csv"), lines);
  }

  @AfterEach
  void reset() {
    session.sessions().session().conf().unset(TableSettings.SMALL);
  }

  private static BacktestReport run(String name, String keys, boolean refit, String... changes) {
    String yaml =
        """
        data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: day,
               inputs: [x], KEYS, split: {by: time, validation: 4, test: 4}}
        model: {cell: gru, hidden: [4]}
        training: {steps: 12, batch: 8, optimizer: {type: adam, learning-rate: 0.03}}
        """;
    return Backtest.run(
        new BacktestRequest(
            TestRuns.config(yaml.replace("PATH", table.toString()).replace("KEYS", keys), changes),
            3,
            Optional.of("" + EVERY),
            refit,
            folder.resolve(name).toString()),
        StopRequest.NEVER);
  }

  /** An answer of a step that was scored: what is true, what was said, and its probability. */
  private record Said(String truth, String answer, double probability) {
    double loss() {
      return -Math.log(truth.equals(answer) ? probability : 1 - probability); // of two
    }
  }

  /** What the model of an origin says of the days up to the next. */
  private List<Said> said(BacktestReport report, int origin, String column, Set<String> known)
      throws IOException {
    List<Said> all = new ArrayList<>();
    for (JsonNode row : predictions(report, origin)) {
      String truth = truth(row, column);
      if (known.contains(truth)) {
        String answer = row.get(column).asText();
        all.add(new Said(truth, answer, row.get("probability").asDouble()));
      }
    }
    return all;
  }

  private List<JsonNode> predictions(BacktestReport report, int origin) throws IOException {
    String model = report.origins().get(origin - 1).model().orElseThrow();
    Path file = folder.resolve("answers%d.jsonl".formatted(System.nanoTime()));
    TablePredictions.run(ModelBundle.load(model, Optional.empty(), List.of()), file.toString());
    LocalDate from = FIRST.plusDays(DAYS - (3 - origin + 1) * EVERY);
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      LocalDate day = LocalDate.parse(row.get("time").asText());
      if (!day.isBefore(from) && day.isBefore(from.plusDays(EVERY))) {
        rows.add(row);
      }
    }
    assertEquals(3 * EVERY, rows.size());
    return rows;
  }

  private String truth(JsonNode row, String column) throws IOException {
    List<String> lines = Files.readAllLines(table);
    int at = List.of(lines.get(0).split(",")).indexOf(column);
    String start = row.get("sequence").asText() + "," + row.get("time").asText() + ",";
    return lines.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow().split(",")[at];
  }

  private static double accuracy(List<Said> said) {
    return said.stream().filter(s -> s.truth().equals(s.answer())).count() / (double) said.size();
  }

  private static double share(List<Said> said, String truth) {
    return said.stream().filter(s -> s.truth().equals(truth)).count() / (double) said.size();
  }

  private static double macroF1(List<Said> said) {
    Set<String> names = new TreeSet<>();
    said.forEach(s -> names.addAll(List.of(s.truth(), s.answer())));
    double sum = 0;
    for (String name : names) {
      long truths = said.stream().filter(s -> s.truth().equals(name)).count();
      long answers = said.stream().filter(s -> s.answer().equals(name)).count();
      long both =
          said.stream().filter(s -> s.truth().equals(name) && s.answer().equals(name)).count();
      sum += 2.0 * both / (truths + answers);
    }
    return sum / names.size();
  }

  private static void assertFigures(List<Said> said, OriginFigures figures, String majority) {
    assertEquals(said.size(), figures.targets());
    assertEquals(accuracy(said), figures.metrics().get("accuracy"), 1e-12);
    assertEquals(macroF1(said), figures.metrics().get("f1_macro"), 1e-12);
    assertEquals(share(said, majority), figures.metrics().get("majority_baseline"), 1e-12);
    assertEquals(
        Set.of("accuracy", "f1_macro", "log_loss", "majority_baseline"),
        figures.metrics().keySet());
    assertTrue(figures.baselines().isEmpty());
  }

  @Test
  void shouldScoreTheClassesThatPredictAnswers() throws IOException {
    BacktestReport report = run("two", "targets: [two], target-kind: class", false);
    List<Said> all = new ArrayList<>();
    for (int k = 1; k <= 3; k++) {
      List<Said> said = said(report, k, "two", Set.of("calm", "storm"));
      assertFigures(said, report.origins().get(k - 1), "calm");
      double loss = said.stream().mapToDouble(Said::loss).average().orElseThrow();
      assertEquals(loss, report.origins().get(k - 1).metrics().get("log_loss"), 1e-9);
      String day = FIRST.plusDays(DAYS - (3 - k + 1) * EVERY).toString();
      assertEquals(Optional.of(day), report.origins().get(k - 1).from());
      all.addAll(said);
    }
    assertFigures(all, report.all(), "calm");
    double loss = all.stream().mapToDouble(Said::loss).average().orElseThrow();
    assertEquals(loss, report.all().metrics().get("log_loss"), 1e-9);
  }

  @Test
  void shouldPutClassesTogetherByNameWhereLaterModelsKnowMore() throws IOException {
    List<Said> all = new ArrayList<>();
    double losses = 0;
    for (int k = 1; k <= 3; k++) {
      Set<String> known = k == 1 ? Set.of("calm", "storm") : Set.of("calm", "hail", "storm");
      List<Said> said = said(three, k, "three", known);
      OriginFigures figures = three.origins().get(k - 1);
      assertFigures(said, figures, "calm");
      losses += said.size() * figures.metrics().get("log_loss");
      all.addAll(said);
    }
    assertTrue(all.size() < 36 && all.stream().anyMatch(s -> s.truth().equals("hail")));
    assertFigures(all, three.all(), "calm");
    assertEquals(losses / all.size(), three.all().metrics().get("log_loss"), 1e-12);

    String refused = "targets: [three], target-kind: class";
    String told =
        assertThrows(DataException.class, () -> run("refused", refused, true)).getMessage();
    assertTrue(told.contains("hail") && told.contains("data.unknown"), told);
  }

  @Test
  void shouldScoreEachOfSeveralLabels() throws IOException {
    BacktestReport report = run("labels", "targets: [wet, cold], target-kind: multilabel", true);
    int right = 0;
    double loss = 0;
    double f1 = 0;
    for (String label : List.of("wet", "cold")) {
      int both = 0;
      int either = 0;
      for (int k = 1; k <= 3; k++) {
        for (JsonNode row : predictions(report, k)) {
          boolean truth = truth(row, label).equals("1");
          double p = row.get(label).asDouble();
          right += truth == p >= 0.5 ? 1 : 0;
          loss -= Math.log(truth ? p : 1 - p) / 72;
          both += truth && p >= 0.5 ? 1 : 0;
          either += (truth ? 1 : 0) + (p >= 0.5 ? 1 : 0);
        }
      }
      f1 += 2.0 * both / either / 2;
    }
    assertEquals(36, report.all().targets());
    assertEquals(right / 72.0, report.all().metrics().get("accuracy"), 1e-12);
    assertEquals(loss, report.all().metrics().get("log_loss"), 1e-9);
    assertEquals(f1, report.all().metrics().get("f1_macro"), 1e-12);
  }

  @Test
  void shouldComeToTheSameFiguresWhereRowsStayWithTheTasks() {
    session.sessions().session().conf().set(TableSettings.SMALL, "0");
    BacktestReport there = run("there", THREE, true);
    assertEquals(three.all(), there.all());
    for (int k = 0; k < 3; k++) {
      assertEquals(three.origins().get(k).metrics(), there.origins().get(k).metrics());
    }
  }

  @Test
  void shouldRefuseWhatHasNoStepsInOrder() {
    for (String[] wrong :
        new String[][] {
          {"target-kind: class", "data.split={by: id}", "data.split.by"},
          {"target-kind: label-string", "data.split={by: id}", "label string"}
        }) {
      String keys = "targets: [two], " + wrong[0];
      String told =
          assertThrows(ConfigException.class, () -> run("wrong", keys, false, wrong[1]))
              .getMessage();
      assertTrue(told.contains(wrong[2]), told);
    }
  }
}
