package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hindsight.driver.model.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command about a configuration knows the keys of data, each of a kind together. */
class CommandsOnKeysIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final int SHOPS = 6;
  private static final int DAYS = 110;

  /** What is predicted, and how. */
  enum Kind {
    DIRECT(
        """
        inputs: [sales, price], targets: [sales], horizon: 6, strategy: direct, season: 7,
        """,
        "output: {conformal: true, intervals: [0.1, 0.9]}",
        ""),
    QUANTILES(
        """
        inputs: [sales, price], targets: [sales, price], horizon: 3, strategy: direct,
        difference: true, missing: last,
        """,
        "output: {quantiles: [0.1, 0.5, 0.9], conformal: true}",
        ""),
    COUNTS(
        """
        inputs: [sales, price], targets: [sales], horizon: 2, strategy: direct,
        """,
        "output: {distribution: negative-binomial}",
        ""),
    OWN_SCALE(
        """
        inputs: [sales, price], targets: [sales], horizon: 3, scale-by: sequence,
        target-transform: {box-cox: 0.5}, frequency: 1d, gaps: mask,
        """,
        "output: {distribution: student-t}",
        ""),
    WINDOWS(
        """
        inputs: [sales], targets: [sales], horizon: 3, strategy: direct, difference: true,
        scale-by: window, scale-window: 7,
        """,
        "output: {quantiles: [0.1, 0.5, 0.9], conformal: true}",
        ""),
    CLASSES(
        """
        inputs: [sales, price], targets: [level], target-kind: class, duplicates: last,
        """,
        "output: {label-smoothing: 0.1}",
        "class-weights: balanced,"),
    ORDERED(
        """
        inputs: [sales, price], targets: [level], target-kind: ordered, order: [low, fair, high],
        """,
        "output: {at: every-step}",
        ""),
    LABELS(
        """
        inputs: [sales, price], targets: [leak, jam], target-kind: multilabel, weight: price,
        """,
        "output: {at: every-step}",
        "class-weights: {leak: 5, jam: 2},");

    private final String data;
    private final String output;
    private final String training;

    Kind(String data, String output, String training) {
      this.data = data;
      this.output = output;
      this.training = training;
    }

    private String yaml(Path table) {
      return """
          name: keys
          data: {format: csv, path: '%s', options: {header: true}, sequence: shop, time: day, %s
            categories: [action, region], static: [region, area], calendar: [weekday, month],
            split: {by: time, validation: 8, test: 12}}
          model: {cell: gru, hidden: [5], embedding: 2, %s}
          training: {steps: 6, batch: 8, %s bptt: {window: 24},
            optimizer: {type: adam, learning-rate: 1e-2}, checkpoint: {every-steps: 3}}
          """
          .formatted(table, data.strip(), output, training);
    }
  }

  @TempDir private static Path shared;
  private static Path table;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    TestSession.start();
    table = write();
  }

  private static Path write() throws IOException {
    Random random = new Random(2);
    List<String> lines =
        new ArrayList<>(List.of("shop,day,action,region,area,sales,price,level,leak,jam"));
    for (int s = 0; s < SHOPS; s++) {
      for (int t = 0; t < DAYS; t++) {
        long sales = Math.round((5 + s) * (3 + Math.sin(t * 2 * Math.PI / 7)) + random.nextInt(5));
        lines.add(
            String.format(
                Locale.ROOT,
                "s%d,%s,a%d,r%d,%d,%d,%.2f,%s,%d,%d",
                s,
                FIRST.plusDays(t),
                random.nextInt(3),
                s % 2,
                50 + 10 * s,
                sales,
                1 + random.nextDouble(),
                level(sales, 5 + s),
                random.nextInt(5) / 4,
                random.nextInt(3) / 2));
      }
    }
    return Files.write(shared.resolve("table.csv"), lines);
  }

  private static String level(long sales, int usual) {
    if (sales > 4 * usual) {
      return "high";
    }
    return sales > 3 * usual ? "fair" : "low";
  }

  /** The run of a kind, made at the first call. */
  private static Path run(Kind kind) throws IOException {
    Path run = shared.resolve("run-" + kind);
    if (!Files.exists(run)) {
      Path config = Files.writeString(shared.resolve(kind + ".yaml"), kind.yaml(table));
      FewSteps.train(config, 6, run, List.of());
    }
    return run;
  }

  private Path config(Kind kind) throws IOException {
    return Files.writeString(folder.resolve("keys.yaml"), kind.yaml(table));
  }

  private static JsonNode json(String... command) throws IOException {
    return JSON.readTree(FewSteps.succeed(command));
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellOfAConfigurationAndItsModel(Kind kind) throws IOException {
    String config = config(kind).toString();
    FewSteps.succeed("validate", config);
    FewSteps.succeed("gradcheck", config);
    JsonNode plan = json("plan", config, "--seconds", "0.01", "--json");
    JsonNode rates = json("find-rate", config, "--steps", "30", "--json");
    assertEquals(30, rates.get("points").size());
    rates.get("points").forEach(point -> assertTrue(point.get("loss").isNumber(), "" + point));

    Path run = run(kind);
    FewSteps.use(run, table);
    long parameters =
        new ModelStore().load(run.resolve("model").toString()).parameters().values().length;
    assertEquals(parameters, plan.get("parameters").asLong());

    Path place = kind == Kind.DIRECT ? run.resolve("model") : run;
    JsonNode diagnosis = json("diagnose", place.toString(), "--json");
    assertTrue(diagnosis.get("loss").isNumber(), diagnosis.toString());
    assertTrue(diagnosis.get("trivial_loss").isNumber(), diagnosis.toString());
    assertTrue(diagnosis.get("targets").asInt() > 0, diagnosis.toString());
    assertFalse(diagnosis.get("verdicts").isEmpty(), diagnosis.toString());
  }

  @ParameterizedTest
  @EnumSource
  void shouldTrainOnPreparedDataToTheSameBits(Kind kind) throws IOException {
    Path config = config(kind);
    String store = folder.resolve("store").toString();
    String told = FewSteps.succeed("prepare", config.toString(), "--store", store);
    assertTrue(told.contains("fingerprint"), told);
    Path with = folder.resolve("with");
    FewSteps.train(config, 6, with, List.of("data.store='" + store + "'"));
    assertEquals(hash(run(kind)), hash(with));
  }

  private static String hash(Path run) throws IOException {
    return SmallRun.status(run).get("weights_sha256").asText();
  }

  @ParameterizedTest
  @EnumSource
  void shouldCompareAChallengerWithTheChampion(Kind kind) throws IOException {
    JsonNode first = retrain(kind, FIRST, FIRST.plusDays(90));
    assertEquals("promoted", first.get("outcome").asText(), first.toString());
    JsonNode second = retrain(kind, FIRST.plusDays(10), FIRST.plusDays(100));
    Set<String> ends = Set.of("promoted", "rejected");
    assertTrue(ends.contains(second.get("outcome").asText()), second.toString());
    assertTrue(
        second.get("checks").findValuesAsText("name").stream()
            .anyMatch(n -> n.contains("champion")),
        second.toString());
    if (kind == Kind.DIRECT) { // what was done is known by its window, whatever is predicted
      JsonNode again = retrain(kind, FIRST.plusDays(10), FIRST.plusDays(100));
      assertEquals("unchanged", again.get("outcome").asText(), again.toString());
    }
  }

  private JsonNode retrain(Kind kind, LocalDate from, LocalDate to) throws IOException {
    return json(
        "retrain",
        config(kind).toString(),
        "--registry",
        folder.resolve("registry").toString(),
        "--from",
        from + "T00:00:00Z",
        "--to",
        to + "T00:00:00Z",
        "--set",
        "gate.model.beats=none",
        "--json");
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeTestedAtSeveralOrigins(Kind kind) throws IOException {
    String runs = folder.resolve("runs").toString();
    List<String> command =
        List.of("backtest", config(kind).toString(), "--origins", "2", "--every", "7", "--json");
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--run-dir", runs));
    JsonNode report = json(all.toArray(String[]::new));
    assertEquals(2, report.get("origins").size());
    boolean isOfNumbers = report.get("all").has("rmse");
    String figure = isOfNumbers ? "rmse" : "accuracy";
    assertTrue(report.get("all").get(figure).isNumber(), report.toString());
    assertEquals(isOfNumbers, report.get("all").has("coverage_80"));
  }
}
