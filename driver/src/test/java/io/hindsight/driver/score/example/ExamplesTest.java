package io.hindsight.driver.score.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.predict.TablePredictions;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closer look at answers, beside numbers made of nothing but the table and its predictions. */
class ExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int[] LENGTHS = {20, 33, 40, 70, 100, 140, 150, 260};

  private static TestSession session;
  @TempDir private static Path folder;
  private static Path table;
  private static Map<String, double[]> series;

  @BeforeAll
  static void open() throws IOException {
    session = TestSession.forTables(Map.of());
    series = series();
    List<String> rows = new ArrayList<>(List.of("id,t,x,sign"));
    series.forEach(
        (id, x) -> {
          for (int t = 0; t < x.length; t++) {
            rows.add("%s,%d,%s,%s".formatted(id, t, x[t], x[t] > 5 ? "high" : "low"));
          }
        });
    table = Files.write(folder.resolve("table.csv"), rows);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Map<String, double[]> series() {
    Random random = new Random(11);
    Map<String, double[]> series = new TreeMap<>();
    for (int s = 0; s < LENGTHS.length; s++) {
      double[] x = new double[LENGTHS[s]];
      for (int t = 0; t < x.length; t++) {
        x[t] = 5 + 2 * StrictMath.sin(0.4 * t + s) + (0.1 + 0.1 * s) * random.nextGaussian();
      }
      series.put("s" + s, x);
    }
    return series;
  }

  private static ModelBundle train(String name, String target, String output, String... changes) {
    String yaml =
        """
        data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
               inputs: [x], TARGET, split: {by: id, validation: 0.25}}
        model: {cell: gru, hidden: [4]OUTPUT}
        training: {steps: 30, batch: 8, optimizer: {type: adam, learning-rate: 0.02}}
        """;
    TestRuns.train(
        TestRuns.config(
            yaml.replace("PATH", table.toString())
                .replace("TARGET", target)
                .replace("OUTPUT", output),
            changes),
        folder.resolve(name));
    String model = folder.resolve(name).resolve("model").toString();
    return ModelBundle.load(model, Optional.of(table.toString()), List.of());
  }

  /** What is told of all the table, and what evaluates it. */
  private record Looked(JsonNode examples, Evaluation.Report report) {}

  private static Looked look(ModelBundle model) throws IOException {
    AtomicReference<JsonNode> examples = new AtomicReference<>();
    Evaluation.Report report = Evaluation.run(model, Optional.empty(), Optional.of(examples::set));
    return new Looked(JSON.readTree(examples.get().toString()), report);
  }

  /** By sequence and the row that is answered for. */
  private static Map<String, TreeMap<Integer, JsonNode>> answers(ModelBundle model, int ahead)
      throws IOException {
    Path file = folder.resolve("answers" + ahead + ".jsonl");
    TablePredictions.run(model, file.toString());
    Map<String, TreeMap<Integer, JsonNode>> answers = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = JSON.readTree(line);
      answers
          .computeIfAbsent(row.get("sequence").asText(), id -> new TreeMap<>())
          .put(row.get("time").asInt() + ahead, row);
    }
    return answers;
  }

  @Test
  void shouldTellErrorsAsPredictionsHaveThem() throws IOException {
    ModelBundle model = train("values", "targets: [x], horizon: 1", "");
    JsonNode told = look(model).examples();
    var answers = answers(model, 1);
    Map<String, double[]> errors = new TreeMap<>(); // in the order of the ids
    series.forEach(
        (id, x) -> {
          double[] of = new double[x.length - 1];
          for (int row = 1; row < x.length; row++) {
            of[row - 1] = answers.get(id).get(row).get("x").asDouble() - x[row];
          }
          errors.put(id, of);
        });
    double[] all = errors.values().stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    double rmse = rmse(all);

    assertEquals(LENGTHS.length, told.get("of_sequences").asInt());
    assertEquals(all.length, told.get("targets").asInt());
    assertEquals("original", told.get("unit").asText());
    JsonNode shape = told.get("errors");
    assertEquals(mean, shape.get("mean").asDouble(), 1e-12);
    assertEquals(rmse, shape.get("rmse").asDouble(), 1e-12);
    assertHistogram(shape, all, rmse);
    assertCorrelation(shape.get("autocorrelation"), errors, all, mean);
    assertLengths(told.get("by_length"), errors);
    assertExamples(told.get("examples"), errors, answers);
  }

  private static double rmse(double[] errors) {
    return Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElseThrow());
  }

  private static void assertHistogram(JsonNode shape, double[] all, double rmse) {
    double width = shape.get("width").asDouble();
    assertEquals(rmse / 4, width, 1e-12);
    long[] counts = new long[26];
    for (double error : all) {
      counts[(int) Math.max(0, Math.min(25, 13 + Math.floor(error / width)))]++;
    }
    assertEquals(counts[0], shape.get("below").asLong());
    assertEquals(counts[25], shape.get("above").asLong());
    for (int bin = 0; bin < 24; bin++) {
      assertEquals(counts[1 + bin], shape.get("counts").get(bin).asLong(), "bin " + bin);
    }
  }

  private static void assertCorrelation(
      JsonNode told, Map<String, double[]> errors, double[] all, double mean) {
    double variance = 0;
    for (double error : all) {
      variance += (error - mean) * (error - mean) / all.length;
    }
    assertEquals(24, told.size());
    for (int lag = 1; lag <= 24; lag++) {
      double sum = 0;
      int pairs = 0;
      for (double[] e : errors.values()) {
        for (int t = 0; t + lag < e.length; t++) {
          sum += (e[t] - mean) * (e[t + lag] - mean);
          pairs++;
        }
      }
      assertEquals(pairs, told.get(lag - 1).get("pairs").asInt());
      assertEquals(sum / pairs / variance, told.get(lag - 1).get("value").asDouble(), 1e-10);
    }
  }

  private static void assertLengths(JsonNode told, Map<String, double[]> errors) {
    TreeMap<Integer, List<double[]>> bins = new TreeMap<>();
    errors.forEach(
        (id, e) -> {
          int length = e.length; // the last row has no target
          int from = (int) Math.pow(2, Math.floor(Math.log(length) / Math.log(2) + 1e-9));
          bins.computeIfAbsent(from, of -> new ArrayList<>()).add(e);
        });
    assertEquals(bins.size(), told.size());
    int i = 0;
    for (var bin : bins.entrySet()) {
      JsonNode of = told.get(i++);
      double[] some = bin.getValue().stream().flatMapToDouble(Arrays::stream).toArray();
      assertEquals(bin.getKey(), of.get("from").asInt());
      assertEquals(bin.getValue().size(), of.get("sequences").asInt());
      assertEquals(rmse(some), of.get("error").asDouble(), 1e-12);
    }
  }

  private static void assertExamples(
      JsonNode told,
      Map<String, double[]> errors,
      Map<String, TreeMap<Integer, JsonNode>> answers) {
    List<String> ordered =
        errors.keySet().stream()
            .sorted(Comparator.comparingDouble(id -> rmse(errors.get(id))))
            .toList();
    List<String> which = List.of("median", "best", "worst");
    List<Integer> places = List.of(3, 0, 7);
    for (int i = 0; i < 3; i++) {
      JsonNode example = told.get(i);
      String id = ordered.get(places.get(i));
      assertEquals(which.get(i), example.get("which").asText());
      assertEquals(id, example.get("sequence").asText());
      assertEquals(rmse(errors.get(id)), example.get("error").asDouble(), 1e-12);
      int count = Math.min(Points.MOST, errors.get(id).length);
      assertEquals(count, example.get("steps").size());
      int last = series.get(id).length - 1;
      for (int p = 0; p < count; p++) {
        int row = last - count + 1 + p;
        assertEquals(row, example.get("steps").get(p).asInt());
        assertEquals(series.get(id)[row], example.get("truths").get(p).asDouble());
        assertEquals(
            answers.get(id).get(row).get("x").asDouble(), example.get("answers").get(p).asDouble());
      }
    }
  }

  @Test
  void shouldShowForecastsOfSeveralStepsThatDoNotOverlap() throws IOException {
    for (String strategy : List.of("direct", "recursive")) {
      ModelBundle model =
          train(
              strategy,
              "targets: [x], horizon: 6, strategy: " + strategy,
              ", output: {quantiles: [0.1, 0.5, 0.9]}");
      Looked looked = look(model);
      JsonNode told = looked.examples();
      double squares = 0;
      for (JsonNode bin : told.get("by_length")) {
        squares += Math.pow(bin.get("error").asDouble(), 2) * bin.get("targets").asDouble();
      }
      assertEquals(looked.report().metrics().get("rmse"), root(squares, told), 1e-10, strategy);
      for (JsonNode example : told.get("examples")) {
        double[] x = series.get(example.get("sequence").asText());
        JsonNode rows = example.get("steps");
        assertEquals(0, rows.size() % 6);
        assertEquals(x.length - 1, rows.get(rows.size() - 1).asInt(), "to the end");
        assertEquals(List.of(0.1, 0.9), numbers(example.get("levels")));
        for (int p = 0; p < rows.size(); p++) {
          int row = rows.get(p).asInt();
          assertEquals(rows.get(0).asInt() + p, row, strategy);
          assertEquals(row - 1 - p % 6, example.get("origins").get(p).asInt());
          assertEquals(x[row], example.get("truths").get(p).asDouble());
          assertEquals(rows.size(), example.get("quantiles").get(1).size());
        }
      }
    }
  }

  private static double root(double squares, JsonNode told) {
    return Math.sqrt(squares / told.get("targets").asDouble());
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  @Test
  void shouldTellWhereTheTrueClassIsLeastLikely() throws IOException {
    ModelBundle model = train("classes", "targets: [sign], target-kind: class, horizon: 0", "");
    Looked looked = look(model);
    JsonNode told = looked.examples();
    assertEquals("log_loss", told.get("error").asText());
    double sum = 0;
    for (JsonNode bin : told.get("by_length")) {
      sum += bin.get("error").asDouble() * bin.get("targets").asDouble();
    }
    double loss = looked.report().metrics().get("loss");
    assertEquals(loss, sum / told.get("targets").asDouble(), 1e-10);
    var answers = answers(model, 0);
    assertEquals(LENGTHS.length, told.get("least_likely").size());
    double before = Double.POSITIVE_INFINITY;
    for (JsonNode of : told.get("least_likely")) {
      assertTrue(of.get("error").asDouble() <= before);
      before = of.get("error").asDouble();
      String id = of.get("sequence").asText();
      int right = 0;
      double least = 1;
      for (int row = 0; row < series.get(id).length; row++) {
        JsonNode answer = answers.get(id).get(row);
        String truth = series.get(id)[row] > 5 ? "high" : "low";
        boolean isRight = answer.get("sign").asText().equals(truth);
        double p = answer.get("probability").asDouble();
        right += isRight ? 1 : 0;
        least = Math.min(least, isRight ? p : 1 - p);
      }
      assertEquals(right, of.get("right").asInt());
      assertEquals(least, of.get("probability").asDouble(), 1e-12);
    }
  }

  @Test
  void shouldBeTheSameWhoeverComputesSteps() throws IOException {
    String target = "targets: [x], horizon: 1";
    train("threads", target, "", "training.engine=local");
    train("jobs", target, "", "training.engine=spark-jobs", "training.tasks=3");
    String store = "data.store=" + folder.resolve("store");
    train("stored", target, "", "training.engine=spark-resident", "training.tasks=2", store);
    byte[] threads = examples("threads");
    assertArrayEquals(threads, examples("jobs"));
    assertArrayEquals(threads, examples("stored"));
  }

  private static byte[] examples(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("examples.json"));
  }

  @Test
  void shouldKeepNothingOfTheDataUnlessWanted() throws IOException {
    train("without", "targets: [x], horizon: 1", "", "output.examples=false");
    assertFalse(Files.exists(folder.resolve("without/examples.json")));
    for (String file : List.of("report.html", "report.json", "evaluation.json")) {
      String text = Files.readString(folder.resolve("without").resolve(file));
      assertFalse(text.contains("Median of") || text.contains("\"s1\""), file);
    }
  }
}
