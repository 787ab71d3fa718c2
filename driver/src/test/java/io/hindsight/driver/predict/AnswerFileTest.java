package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.answer.TableOutput;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of a single file of answers, whatever the targets are called. */
class AnswerFileTest {
  private static final String YAML =
      """
      data:
        {format: parquet, path: '%s', sequence: id, time: t, inputs: [x], targets: [%s],
         target-kind: %s, split: {by: id, validation: 0, test: 0}}
      model: {cell: gru, hidden: [3]}
      training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  @TempDir private static Path folder;
  private static TestSession session;

  @TempDir private Path out;

  @BeforeAll
  static void open() {
    session = TestSession.forTables(Map.of());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  /** A model of one target, and its data. */
  private static ModelBundle model(String target, String kind) {
    Path data = folder.resolve(target + "-" + kind + "-data");
    Path run = folder.resolve(target + "-" + kind);
    if (!Files.exists(run)) {
      String rows =
          "SELECT id, t, t %% 3 AS x, t %% 2 AS `%s` FROM range(2) AS a(id), range(9) AS b(t)";
      session.sessions().session().sql(rows.formatted(target)).write().parquet(data.toString());
      TestRuns.train(TestRuns.config(YAML.formatted(data, target, kind)), run);
    }
    String model = new RunDirectory(run).model();
    return ModelBundle.load(model, Optional.of(data.toString()), List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "Sequence", "target_time"})
  void shouldRefuseATargetThatHasTheNameOfAnotherColumn(String target) {
    assertRefused(target, "value");
  }

  @Test
  void shouldRefuseAClassThatHasTheNameOfItsProbability() throws IOException {
    assertRefused("Probability", "class");
    assertEquals(
        "sequence,time,probability,target_time,reason", header(model("probability", "value")));
  }

  private void assertRefused(String target, String kind) {
    ModelBundle model = model(target, kind);
    Path file = out.resolve("answers.csv");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> TablePredictions.run(model, file.toString()));
    assertTrue(refused.getMessage().contains("'" + target + "'"), refused.getMessage());
    assertTrue(refused.getMessage().contains("give --format"), refused.getMessage());
    assertFalse(Files.exists(file));

    TablePredictions.run(model, TableOutput.of("parquet", out.resolve("table").toString()));
    String[] columns =
        session.sessions().session().read().parquet(out.resolve("table").toString()).columns();
    assertTrue(List.of(columns).contains("prediction"), Arrays.toString(columns));
  }

  @Test
  void shouldNameTheReasonOtherwiseWhereATargetHasItsName() throws IOException {
    assertEquals("sequence,time,Reason,target_time,reason_", header(model("Reason", "value")));
  }

  private String header(ModelBundle model) throws IOException {
    Path file = out.resolve("answers.csv");
    TablePredictions.run(model, file.toString());
    return Files.readAllLines(file).get(0);
  }
}
