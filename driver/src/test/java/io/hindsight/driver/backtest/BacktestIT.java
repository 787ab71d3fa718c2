package io.hindsight.driver.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import io.hindsight.driver.train.ResumableException;
import io.hindsight.driver.train.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backtests of three daily series, beside figures made of what {@code predict} writes. */
class BacktestIT {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final int[] ROWS = {40, 36, 44};
  private static final int LAST = 44;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BY_TIME = "{by: time, validation: 4, test: 4}";
  private static final String BY_DATE =
      "{by: date, validation-from: 2024-01-21T00:00:00Z, test-from: 2024-01-26T00:00:00Z}";

  private static TestSession session;
  private static final double[][] SERIES = series();
  @TempDir private static Path shared;
  private static final Map<Boolean, BacktestReport> REPORTS = new HashMap<>(); // by refit
  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of("spark.sql.shuffle.partitions", "3"));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @AfterEach
  void reset() {
    session.sessions().session().conf().unset(TableSettings.SMALL);
  }

  private static double[][] series() {
    Random random = new Random(11);
    double[][] series = new double[ROWS.length][];
    for (int s = 0; s < ROWS.length; s++) {
      series[s] = new double[ROWS[s]];
      for (int t = 0; t < ROWS[s]; t++) {
        series[s][t] = 3 * s + 0.1 * t + StrictMath.sin(t) + 0.3 * random.nextGaussian();
      }
    }
    return series;
  }

  /** The series end on the same day; what is from a day on is multiplied. */
  private Path table(String name, int changedFrom, double factor) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,day,x"));
    for (int s = 0; s < ROWS.length; s++) {
      for (int t = 0; t < ROWS[s]; t++) {
        int day = LAST - ROWS[s] + t;
        double x = SERIES[s][t] * (day >= changedFrom ? factor : 1);
        lines.add("s%d,%s,%s".formatted(s, FIRST.plusDays(day), x));
      }
    }
    return Files.write(folder.resolve(name), lines);
  }

  private Path table() throws IOException {
    return table("table.csv", LAST, 1);
  }

  private static BacktestRequest request(
      Path table,
      String split,
      int origins,
      String every,
      boolean refit,
      Path directory,
      String... overrides) {
    String yaml =
        """
        data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: day,
               inputs: [x], targets: [x], horizon: 2, season: 7, split: SPLIT}
        model: {cell: gru, hidden: [4]}
        training: {steps: 6, batch: 8, optimizer: {type: adam, learning-rate: 0.02}}
        """;
    return new BacktestRequest(
        TestRuns.config(yaml.replace("PATH", table.toString()).replace("SPLIT", split), overrides),
        origins,
        Optional.ofNullable(every),
        refit,
        directory.toString());
  }

  private static BacktestReport run(BacktestRequest request) {
    return Backtest.run(request, StopRequest.NEVER);
  }

  /** Three origins, four steps apart, of the table as it is; run once. */
  private BacktestReport report(boolean refit) throws IOException {
    BacktestReport report = REPORTS.get(refit);
    if (report == null) {
      report = run(request(table(), BY_TIME, 3, "4", refit, shared.resolve("runs" + refit)));
      REPORTS.put(refit, report);
    }
    return report;
  }

  /** What a model forecasts of a day of a series, two days ahead. */
  private Map<String, Double> forecasts(String model, Path table) throws IOException {
    Path file = Files.createTempFile(folder, "answers", ".jsonl");
    Files.delete(file);
    TablePredictions.run(
        ModelBundle.load(model, Optional.of(table.toString()), List.of()), file.toString());
    Map<String, Double> forecasts = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      String key = row.get("sequence").asText() + row.get("target_time").asText();
      forecasts.put(key, row.get("x").asDouble());
    }
    return forecasts;
  }

  /** Root mean squared error over the last days of all series but those behind some. */
  private double rmse(BacktestReport report, int firstOrigin, int lastOrigin, int every, Path table)
      throws IOException {
    int origins = report.origins().size();
    double sum = 0;
    int count = 0;
    for (int k = firstOrigin; k <= lastOrigin; k++) {
      String model = report.origins().get(k - 1).model().orElseThrow();
      Map<String, Double> forecasts = forecasts(model, table);
      for (int s = 0; s < ROWS.length; s++) {
        int from = ROWS[s] - (origins - k + 1) * every;
        for (int t = from; t < from + every; t++) {
          String key = "s" + s + FIRST.plusDays(LAST - ROWS[s] + t);
          double error = forecasts.get(key) - SERIES[s][t];
          sum += error * error;
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  @Test
  void shouldScoreWhatPredictForecastsOfTheStepsAfterEachOrigin() throws IOException {
    Path table = table();
    for (boolean refit : new boolean[] {false, true}) {
      Path runs = shared.resolve("runs" + refit);
      BacktestReport report = report(refit);
      assertEquals(3, report.origins().size());
      for (int k = 1; k <= 3; k++) {
        OriginFigures origin = report.origins().get(k - 1);
        assertEquals(12, origin.targets());
        assertEquals(rmse(report, k, k, 4, table), origin.metrics().get("rmse"), 1e-9);
        int day = LAST - (3 - k + 1) * 4;
        assertEquals(Optional.of(FIRST.plusDays(day).toString()), origin.from());
        assertEquals(Optional.of(FIRST.plusDays(day + 3).toString()), origin.to());
        String of = refit ? "origin-" + k : "origin-1";
        assertEquals(runs.resolve(of).resolve("model").toString(), origin.model().orElseThrow());
      }
      assertEquals(36, report.all().targets());
      assertEquals(rmse(report, 1, 3, 4, table), report.all().metrics().get("rmse"), 1e-9);
    }
  }

  @Test
  void shouldScoreAnswersThatAreReadByStepsAhead() throws IOException {
    Path runs = folder.resolve("runs");
    String[] recursive = {"data.strategy=recursive", "data.horizon=3"};
    BacktestReport report = run(request(table(), BY_TIME, 2, "5", false, runs, recursive));
    for (int k = 1; k <= 2; k++) {
      Path cut = folder.resolve("cut-" + k + ".csv");
      List<String> lines = new ArrayList<>(List.of("id,day,x"));
      for (int s = 0; s < ROWS.length; s++) {
        int from = ROWS[s] - (2 - k + 1) * 5;
        for (int end = from; end < from + 5; end++) {
          for (int t = 0; t < end; t++) {
            lines.add("s%d-%d,%s,%s".formatted(s, end, FIRST.plusDays(t), SERIES[s][t]));
          }
        }
      }
      Files.write(cut, lines);
      String model = report.origins().get(k - 1).model().orElseThrow();
      Map<String, Double> forecasts = forecasts(model, cut);
      double sum = 0;
      int count = 0;
      for (int s = 0; s < ROWS.length; s++) {
        int from = ROWS[s] - (2 - k + 1) * 5;
        for (int end = from; end < from + 5; end++) {
          for (int t = end; t < Math.min(end + 3, from + 5); t++, count++) {
            String key = "s%d-%d%s".formatted(s, end, FIRST.plusDays(t));
            sum += StrictMath.pow(forecasts.get(key) - SERIES[s][t], 2);
          }
        }
      }
      double rmse = report.origins().get(k - 1).metrics().get("rmse");
      assertEquals(Math.sqrt(sum / count), rmse, 1e-9);
    }
  }

  @Test
  void shouldPutTheLastValueOfTheSameTargetsBesideIt() throws IOException {
    BacktestReport report = report(false);
    double absolute = 0;
    double scaled = 0;
    for (int k = 1; k <= 3; k++) {
      for (int s = 0; s < ROWS.length; s++) {
        double[] x = SERIES[s];
        int from = x.length - (3 - k + 1) * 4;
        int trained = from - 4; // the validation part is four steps
        double scale = 0;
        for (int t = 7; t < trained; t++) {
          scale += Math.abs(x[t] - x[t - 7]) / (trained - 7);
        }
        for (int t = from; t < from + 4; t++) {
          absolute += Math.abs(x[t - 2] - x[t]) / 36;
          scaled += Math.abs(x[t - 2] - x[t]) / scale / 36;
        }
      }
    }
    assertEquals(absolute, report.all().baselines().get("last_value").mae(), 1e-12);
    assertEquals(36, report.all().baselines().get("last_value").steps());
    assertEquals(4, report.all().baselines().size());
    assertEquals(scaled, report.all().baselines().get("last_value").mase(), 1e-12);
  }

  @Test
  void shouldNotLookAheadOfAnOrigin() throws IOException {
    Path changed = table("changed.csv", LAST - 8, 50);
    for (boolean refit : new boolean[] {false, true}) {
      Path runs = folder.resolve("runs" + refit);
      BacktestReport was = report(refit);
      BacktestReport is = run(request(changed, BY_TIME, 3, "4", refit, runs));
      assertEquals(was.origins().get(0).metrics(), is.origins().get(0).metrics());
      assertEquals(was.origins().get(0).baselines(), is.origins().get(0).baselines());
      assertNotEquals(was.origins().get(1).metrics(), is.origins().get(1).metrics());
    }
  }

  @Test
  void shouldComeToTheSameFiguresWhereRowsStayWithTheTasks() throws IOException {
    for (boolean byTime : new boolean[] {true, false}) {
      String split = byTime ? BY_TIME : BY_DATE;
      String every = byTime ? "4" : "P4D";
      Path runs = Files.createTempDirectory(folder, "runs");
      BacktestReport here =
          byTime
              ? report(false)
              : run(request(table(), split, 3, every, false, runs.resolve("here")));
      session.sessions().session().conf().set(TableSettings.SMALL, "0");
      BacktestReport there = run(request(table(), split, 3, every, false, runs.resolve("there")));
      reset();
      for (int k = 0; k < 3; k++) {
        assertEquals(here.origins().get(k).metrics(), there.origins().get(k).metrics());
        assertEquals(here.origins().get(k).baselines(), there.origins().get(k).baselines());
        assertEquals(here.origins().get(k).from(), there.origins().get(k).from());
      }
      assertEquals(here.all(), there.all());
    }
  }

  @Test
  void shouldMoveDatesByASpan() throws IOException {
    BacktestReport report = run(request(table(), BY_DATE, 3, "P5D", true, folder.resolve("runs")));
    for (int k = 0; k < 3; k++) {
      LocalDate from = LocalDate.of(2024, 1, 26).plusDays(5L * k);
      assertEquals(Optional.of(from.toString()), report.origins().get(k).from());
      assertEquals(Optional.of(from.plusDays(4).toString()), report.origins().get(k).to());
      assertEquals(15, report.origins().get(k).targets());
    }
    String second = Files.readString(folder.resolve("runs/origin-2/config.yaml"));
    assertTrue(second.contains("2024-01-26T00:00:00Z"), second); // where validation begins
    assertTrue(second.contains("2024-01-31T00:00:00Z"), second);
  }

  @Test
  void shouldGoOnWhereItWasInterrupted() throws IOException {
    Path table = table();
    Path runs = folder.resolve("runs");
    BacktestRequest request = request(table, BY_TIME, 2, null, true, runs);
    Path first = runs.resolve("origin-1/status.json");
    StopRequest afterTheFirst =
        () -> Files.exists(first) ? Optional.of("the test") : Optional.empty();
    assertThrows(ResumableException.class, () -> Backtest.run(request, afterTheFirst));
    assertFalse(Files.exists(runs.resolve("origin-2/model")));
    var written = Files.getLastModifiedTime(first);
    BacktestReport report = run(request);
    assertEquals(written, Files.getLastModifiedTime(first));
    assertEquals(6, report.origins().get(0).targets()); // every horizon of two steps
    assertEquals(
        run(request(table, BY_TIME, 2, "2", true, folder.resolve("new"))).all(), report.all());

    Files.writeString(table, "s0,2024-03-01,1\n", java.nio.file.StandardOpenOption.APPEND);
    DataException other = assertThrows(DataException.class, () -> run(request));
    assertTrue(other.getMessage().contains("must be of the same data"), other.getMessage());
  }

  @Test
  void shouldRefuseWhatHasNoOrigins() throws IOException {
    Path runs = folder.resolve("runs");
    BacktestRequest many = request(table(), BY_TIME, 9, "4", false, runs);
    String tooShort = assertThrows(DataException.class, () -> run(many)).getMessage();
    for (String part : List.of("34", "'s1'", "36", "--origins", "data.min-length: 39")) {
      assertTrue(tooShort.contains(part), tooShort);
    }
    for (String[] wrong :
        new String[][] {
          {"{by: id}", "4", "data.split.by"},
          {"{by: column, column: x, validation-value: 1, test-value: 2}", "4", "data.split.by"},
          {BY_TIME, "P1D", "--every P1D"},
          {BY_TIME, "0", "--every 0"},
          {BY_DATE, "4", "--every 4"},
          {"{by: date, validation-from: 2024-01-21T00:00:00Z}", "P1D", "data.split.test-from"}
        }) {
      BacktestRequest request = request(table(), wrong[0], 2, wrong[1], false, runs);
      String told = assertThrows(ConfigException.class, () -> run(request)).getMessage();
      assertTrue(told.contains(wrong[2]), told);
    }
    assertFalse(Files.exists(runs));
  }
}
