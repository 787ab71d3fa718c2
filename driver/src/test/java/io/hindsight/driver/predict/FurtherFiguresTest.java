package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.datasets.table.TableSettings;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evaluate} reports, beside figures made of nothing but what {@code predict} wrote. */
class FurtherFiguresTest {
  private static final int ROWS = 24;
  private static final int HORIZON = 2;
  private static final int SEASON = 3;
  private static final int VALIDATION = 3;
  private static final int TEST = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestSession session;
  @TempDir private static Path folder;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static ModelBundle train(String name, Path table, String columns) {
    String yaml =
        """
        data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
               inputs: [x], COLUMNS, split: {by: time, validation: 3, test: 5}}
        model: {cell: gru, hidden: [6]}
        training: {steps: 40, batch: 8, optimizer: {type: adam, learning-rate: 0.02}}
        """;
    TestRuns.train(
        TestRuns.config(yaml.replace("PATH", table.toString()).replace("COLUMNS", columns)),
        folder.resolve(name));
    return load(name, Optional.empty());
  }

  private static ModelBundle load(String name, Optional<String> data) {
    return ModelBundle.load(folder.resolve(name).resolve("model").toString(), data, List.of());
  }

  /** The answers of each sequence by the time of its newest value. */
  private static Map<String, TreeMap<Integer, JsonNode>> answers(ModelBundle model, String name)
      throws IOException {
    Path file = folder.resolve(name + ".jsonl");
    TablePredictions.run(model, file.toString());
    Map<String, TreeMap<Integer, JsonNode>> answers = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      answers
          .computeIfAbsent(row.get("sequence").asText(), id -> new TreeMap<>())
          .put(row.get("time").asInt(), row);
    }
    return answers;
  }

  private static double[][] series() {
    Random random = new Random(6);
    double[][] series = new double[4][ROWS];
    for (int s = 0; s < 3; s++) {
      for (int t = 0; t < ROWS; t++) {
        series[s][t] = s + 2 * StrictMath.sin(t + s) + 0.3 * t + random.nextGaussian();
      }
    }
    series[1][ROWS - 2] = 0;
    for (int t = 0; t < ROWS; t++) {
      series[3][t] = t < ROWS - 4 ? 1 : -1; // does not change in training
    }
    return series;
  }

  @Test
  void shouldTellRelativeAndScaledErrorsOfForecasts() throws IOException {
    double[][] series = series();
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    for (int s = 0; s < series.length; s++) {
      for (int t = 0; t < ROWS; t++) {
        rows.add("s%d,%d,%s".formatted(s, t, series[s][t]));
      }
    }
    Path table = Files.write(folder.resolve("values.csv"), rows);
    ModelBundle model =
        train("values", table, "targets: [x], horizon: %d, season: %d".formatted(HORIZON, SEASON));
    var answers = answers(load("values", Optional.of(table.toString())), "forecasts");
    int n = 0;
    int zeros = 0;
    int scaled = 0;
    double bias = 0;
    double magnitude = 0;
    double truth = 0;
    double mape = 0;
    double smape = 0;
    double mase = 0;
    double rmsse = 0;
    for (int s = 0; s < series.length; s++) {
      double[] scales = scales(series[s], ROWS - HORIZON - TEST - VALIDATION - 1 + HORIZON);
      for (int t = ROWS - HORIZON - TEST; t < ROWS - HORIZON; t++) {
        double y = series[s][t + HORIZON];
        double forecast = answers.get("s" + s).get(t).get("x").asDouble();
        n++;
        bias += forecast - y;
        magnitude += Math.abs(forecast - y);
        truth += Math.abs(y);
        smape += 200 * Math.abs(forecast - y) / (Math.abs(forecast) + Math.abs(y));
        zeros += y == 0 ? 1 : 0;
        mape += y == 0 ? 0 : 100 * Math.abs((forecast - y) / y);
        scaled += s < 3 ? 1 : 0;
        mase += s < 3 ? Math.abs(forecast - y) / scales[0] : 0;
        rmsse += s < 3 ? (forecast - y) * (forecast - y) / scales[1] : 0;
      }
    }
    Map<String, Double> metrics = Evaluation.run(model).metrics();

    assertEquals(1, zeros);
    assertEquals(1, metrics.get("mape_left_out"));
    assertEquals(n - scaled, metrics.get("mase_left_out"));
    assertEquals(bias / n, metrics.get("bias"), 1e-12);
    assertEquals(mape / (n - zeros), metrics.get("mape"), 1e-9);
    assertEquals(smape / n, metrics.get("smape"), 1e-9);
    assertEquals(100 * magnitude / truth, metrics.get("wape"), 1e-9);
    assertEquals(mase / scaled, metrics.get("mase"), 1e-12);
    assertEquals(Math.sqrt(rmsse / scaled), metrics.get("rmsse"), 1e-12);
    Map<String, Double> status = TestRuns.status(folder.resolve("values")).metrics();
    for (String name : List.of("mase", "smape", "wape", "rmsse", "bias", "mape", "rmse")) {
      assertEquals(metrics.get(name), status.get("test_" + name), name);
    }
  }

  @Test
  void shouldScaleErrorsOfSequencesThatTrainingDidNotSeeByAllTheirValues() throws IOException {
    double[][] series = series();
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    for (int s = 0; s < 3; s++) {
      for (int t = 0; t < ROWS; t++) {
        rows.add("s%d,%d,%s".formatted(s, t, series[s][t]));
      }
    }
    Path table = Files.write(folder.resolve("others.csv"), rows);
    train("others", table, "targets: [x], horizon: %d, season: %d".formatted(HORIZON, SEASON));
    ModelBundle others = load("others", Optional.of(table.toString()));
    var answers = answers(others, "others");
    double mase = 0;
    int n = 0;
    for (int s = 0; s < 3; s++) {
      double scale = scales(series[s], ROWS - 1)[0];
      for (int t = 0; t < ROWS - HORIZON; t++) {
        double forecast = answers.get("s" + s).get(t).get("x").asDouble();
        mase += Math.abs(forecast - series[s][t + HORIZON]) / scale;
        n++;
      }
    }
    assertEquals(mase / n, Evaluation.run(others).metrics().get("mase"), 1e-12);
  }

  /** Mean absolute and squared difference of one season up to a row. */
  private static double[] scales(double[] series, int last) {
    double absolute = 0;
    double squared = 0;
    for (int t = SEASON; t <= last; t++) {
      absolute += Math.abs(series[t] - series[t - SEASON]);
      squared += Math.pow(series[t] - series[t - SEASON], 2);
    }
    return new double[] {absolute / (last + 1 - SEASON), squared / (last + 1 - SEASON)};
  }

  @Test
  void shouldWriteARowForEachSequence() throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x"));
    double[][] series = series();
    for (int s = 0; s < series.length; s++) {
      for (int t = 0; t < ROWS; t++) {
        rows.add("%s,%d,%s".formatted(s == 0 ? "\"é, 1\"" : "s" + s, t, series[s][t]));
      }
    }
    Path table = Files.write(folder.resolve("rows.csv"), rows);
    ModelBundle model = train("rows", table, "targets: [x], horizon: 1, season: 3");
    Path held = folder.resolve("held.csv");
    Path spread = folder.resolve("spread.jsonl");
    Evaluation.Report report = Evaluation.run(model, held.toString());
    session.sessions().session().conf().set(TableSettings.SMALL, "0");
    assertTrue(load("rows", Optional.empty()).partitionedData().isPresent());
    Evaluation.run(load("rows", Optional.empty()), spread.toString());
    session.sessions().session().conf().unset(TableSettings.SMALL);
    List<String> lines = Files.readAllLines(held);

    assertEquals("sequence,targets,rmse,mae,mase,best_baseline,best_baseline_rmse", lines.get(0));
    assertEquals(5, lines.size());
    assertTrue(lines.get(1).startsWith("s1,5,"), lines.get(1));
    assertTrue(lines.get(4).startsWith("\"é, 1\",5,"), lines.get(4));
    double squares = 0;
    List<String> others = Files.readAllLines(spread);
    for (int i = 0; i < 4; i++) {
      JsonNode row = JSON.readTree(others.get(i));
      squares += row.get("rmse").asDouble() * row.get("rmse").asDouble() / 4;
      assertTrue(lines.get(1 + i).contains("," + row.get("rmse").asText() + ","), lines.get(1 + i));
      assertEquals(row.get("sequence").asText().equals("s3"), row.get("mase").isNull());
    }
    assertEquals(report.metrics().get("rmse"), Math.sqrt(squares), 1e-12);
    // The last value of s3 is wrong once, by 2, of five times.
    JsonNode flat = JSON.readTree(others.get(2));
    assertEquals("last_value", flat.get("best_baseline").asText());
    assertEquals(Math.sqrt(4 / 5.0), flat.get("best_baseline_rmse").asDouble(), 1e-12);
    assertThrows(
        io.hindsight.datasets.DataException.class, () -> Evaluation.run(model, held.toString()));
  }

  private record Told(double probability, boolean isTrue, String answer) {}

  /** The answers to some last rows of each sequence, with the probability of "yes". */
  private static List<Told> told(
      Map<String, TreeMap<Integer, JsonNode>> answers, List<String> rows, int from, int to) {
    List<Told> told = new ArrayList<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      int t = Integer.parseInt(cells[1]);
      if (t >= from && t < to) {
        JsonNode answer = answers.get(cells[0]).get(t);
        String name = answer.get("label").asText();
        double p = answer.get("probability").asDouble();
        told.add(new Told(name.equals("yes") ? p : 1 - p, cells[3].equals("yes"), name));
      }
    }
    return told;
  }

  @Test
  void shouldRateTwoClassesByTheRarerOne() throws IOException {
    Random random = new Random(9);
    List<String> rows = new ArrayList<>(List.of("id,t,x,label"));
    for (int s = 0; s < 12; s++) {
      for (int t = 0; t < ROWS; t++) {
        double x = random.nextGaussian();
        boolean yes = x + 0.8 * random.nextGaussian() > 0.9;
        rows.add("s%d,%d,%s,%s".formatted(s, t, x, yes ? "yes" : "zero"));
      }
    }
    Path table = Files.write(folder.resolve("classes.csv"), rows);
    ModelBundle model = train("classes", table, "targets: [label], target-kind: class");
    ModelBundle whole = load("classes", Optional.of(table.toString()));
    var answers = answers(whole, "classes-usual");
    List<Told> validation = told(answers, rows, ROWS - TEST - VALIDATION, ROWS - TEST);
    List<Told> test = told(answers, rows, ROWS - TEST, ROWS);
    Evaluation.Report report = Evaluation.run(model);
    Map<String, Double> metrics = report.metrics();

    assertEquals(Optional.of("yes"), report.further().positive());
    assertEquals(auc(test), metrics.get("roc_auc"), 1e-12);
    double brier =
        test.stream()
            .mapToDouble(t -> Math.pow(t.probability() - (t.isTrue() ? 1 : 0), 2))
            .average()
            .orElseThrow();
    assertEquals(brier, metrics.get("brier"), 1e-12);
    assertEquals(calibrationError(test), metrics.get("calibration_error"), 1e-12);
    double best = 0;
    double threshold = 0;
    for (Told one : validation) {
      double f1 = f1(validation, one.probability() - 1e-12);
      if (f1 > best + 1e-12 || (Math.abs(f1 - best) < 1e-12 && one.probability() > threshold)) {
        best = f1;
        threshold = one.probability();
      }
    }
    assertEquals(threshold, metrics.get("threshold"), 1e-12);
    assertEquals(f1(test, threshold - 1e-12), metrics.get("f1_at_threshold"), 1e-12);
    Map<String, Double> status = TestRuns.status(folder.resolve("classes")).metrics();
    assertEquals(best, status.get("validation_f1_at_threshold"), 1e-12);
    assertEquals(metrics.get("pr_auc"), status.get("test_pr_auc"));

    List<Told> auto = told(answers(whole.answeringFrom("auto"), "auto"), rows, 0, ROWS);
    double least = threshold - 1e-12;
    assertTrue(auto.stream().allMatch(t -> t.answer().equals("yes") == t.probability() >= least));
    List<Told> all = told(answers(whole.answeringFrom("0"), "zero"), rows, 0, ROWS);
    assertTrue(all.stream().allMatch(t -> t.answer().equals("yes")));
    for (String wrong : List.of("1.5", "NaN", "best", "")) {
      assertThrows(ConfigException.class, () -> whole.answeringFrom(wrong), wrong);
    }
  }

  private static double auc(List<Told> told) {
    double pairs = 0;
    double ordered = 0;
    for (Told yes : told) {
      for (Told no : told) {
        if (yes.isTrue() && !no.isTrue()) {
          pairs++;
          ordered += yes.probability() > no.probability() ? 1 : 0;
        }
      }
    }
    return ordered / pairs;
  }

  private static double f1(List<Told> told, double threshold) {
    double right = told.stream().filter(t -> t.isTrue() && t.probability() >= threshold).count();
    long answered = told.stream().filter(t -> t.probability() >= threshold).count();
    return 2 * right / (answered + told.stream().filter(Told::isTrue).count());
  }

  private static double calibrationError(List<Told> told) {
    double error = 0;
    for (int bin = 0; bin < 15; bin++) {
      double gap = 0;
      for (Told t : told) {
        double of = Math.max(t.probability(), 1 - t.probability());
        if (of > bin / 15.0 && of <= (bin + 1) / 15.0) {
          gap += (t.isTrue() == t.answer().equals("yes") ? 1 : 0) - of;
        }
      }
      error += Math.abs(gap) / told.size();
    }
    return error;
  }
}
