package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training on a table with rows missing. */
class SpacedRunTest {
  private static final Set<Integer> MISSING = Set.of(7, 20, 21, 22, 55, 70);
  private static final int HOURS = 80;

  private static TestSession session;

  @TempDir private Path folder;
  private String table;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @BeforeEach
  void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,t,x"));
    for (String id : List.of("a", "b", "c")) {
      for (int hour = 0; hour < HOURS; hour++) {
        if (!MISSING.contains(hour)) {
          lines.add(
              "%s,2022-01-%02dT%02d:00,%s"
                  .formatted(id, 1 + hour / 24, hour % 24, StrictMath.sin(hour + id.charAt(0))));
        }
      }
    }
    table = Files.write(folder.resolve("spaced.csv"), lines).toString();
  }

  private RunConfig config(String... overrides) {
    String yaml =
        """
        data:
          format: csv
          path: TABLE
          options: {header: true}
          sequence: id
          time: t
          inputs: [x]
          targets: [x]
          season: 24
          split: {by: time, validation: 10, test: 20}
        model: {cell: gru, hidden: [5]}
        training: {epochs: 2, batch: 16, optimizer: {type: adam, learning-rate: 0.01}}
        """;
    return TestRuns.config(yaml.replace("TABLE", table), overrides);
  }

  /**
   * 74 rows give 73 steps, of which 43 are trained on: rows 0 to 42 without those before a gap, at
   * 6 and 19 o'clock.
   */
  @ParameterizedTest
  @CsvSource({"'{window: 9, carry-state: true}'", "'{window: 9, stride: 9}'", "null"})
  void shouldTrainOnEveryTargetThatThereIsOnceInAnEpoch(String bptt) throws IOException {
    TestRuns.train(config("training.bptt=" + bptt), folder.resolve("run"));
    long[] targets = new long[2];
    for (JsonNode line : TestRuns.metrics(folder.resolve("run"))) {
      if (line.has("targets")) {
        targets[line.get("epoch").asInt()] += line.get("targets").asLong();
      }
    }

    assertEquals(3 * 41, targets[0]);
    assertEquals(3 * 41, targets[1]);
  }

  @Test
  void shouldComeToTheSameWeightsWithAnyNumberOfThreads() {
    String one = TestRuns.train(config("training.tasks=1"), folder.resolve("1")).weightsSha256();
    String two = TestRuns.train(config("training.tasks=2"), folder.resolve("2")).weightsSha256();

    assertEquals(one, two);
  }

  @Test
  void shouldTellTheSpacingInTheStatusAndBesideTheBaselines() throws IOException {
    Path run = folder.resolve("run");
    TestRuns.train(config(), run);
    JsonNode spacing = TestRuns.status(run).spacing().orElseThrow();

    assertEquals("1 h", spacing.get("step").textValue());
    assertEquals(3 * 73, spacing.get("steps").intValue());
    assertEquals(3 * 4, spacing.get("gaps").intValue());
    assertEquals(3 * 6, spacing.get("missing_rows").intValue());
    assertEquals("4 h", spacing.get("longest_gap").get("length").textValue());
    assertEquals("a", spacing.get("longest_gap").get("sequence").textValue());
    ModelBundle model =
        ModelBundle.load(new RunDirectory(run).model(), Optional.empty(), List.of());
    Evaluation.Report report = Evaluation.run(model);
    assertEquals(3 * 19, report.targets(), "of the last 20 steps one ends at a gap");
    assertEquals(3 * 19, report.answered().get("last_value"));
    assertEquals(3 * 18, report.answered().get("seasonal_naive"), "79 − 24 is missing");
    assertEquals(spacing.toString(), report.spacing().orElseThrow().toJson().toString());
    assertTrue(Double.isFinite(report.metrics().get("rmse")));
  }
}
