package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.run.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a model's configuration holds for data that it was not trained on. */
class OtherDataTest {
  private static final String YAML =
      """
      data: {format: text, path: '%s'}
      model: {cell: rnn, hidden: [3]}
      training: {steps: 1, batch: 2, bptt: {window: 8}, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  private static final String TABLE =
      """
      data: {format: %s, %s, sequence: id, inputs: [x], targets: [y], time: t}
      model: {cell: rnn, hidden: [2]}
      training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  private static TableSpec read(String yaml, String given, String... overrides) {
    RunConfig own = TestRuns.config(yaml);
    List<String> changes = new ArrayList<>(List.of(overrides));
    changes.addAll(OtherData.changes(own, given));
    RunConfig changed = TestRuns.config(yaml, changes.toArray(String[]::new));
    return (TableSpec) OtherData.of(changed, own, List.of(overrides)).data();
  }

  @Test
  void shouldReadAnotherTableOfADatabase() {
    for (String option : List.of("dbtable: orders", "dbTable: orders", "query: SELECT 1")) {
      String yaml = TABLE.formatted("jdbc", "options: {url: 'jdbc:h2:mem:a', " + option + "}");
      TableSpec table = read(yaml, "new_orders");
      assertEquals(
          Map.of("url", "jdbc:h2:mem:a", "dbtable", "new_orders"), table.location().options());
      assertEquals(Optional.empty(), table.location().path());
    }
  }

  @Test
  void shouldRefuseAPathThatASourceWouldNotLookAt() {
    String yaml = TABLE.formatted("mongodb", "options: {database: a, collection: b}");
    String message =
        assertThrows(ConfigException.class, () -> read(yaml, "new_orders")).getMessage();
    assertTrue(message.contains("'new_orders' would not be looked at"), message);
  }

  @Test
  void shouldForgetTheVersionThatTheModelWasTrainedOn() {
    String yaml = TABLE.formatted("delta", "path: /lake/a, options: {timestampAsOf: '2026-01-01'}");
    assertEquals(Map.of(), read(yaml, "/lake/b").location().options());
    assertEquals(
        Map.of("mergeSchema", "true"),
        read(yaml, "/lake/b", "data.options.mergeSchema=true").location().options());
    assertEquals(
        Map.of("versionAsOf", "3"),
        read(yaml, "/lake/b", "data.options.versionAsOf=3").location().options());
    assertEquals(
        Map.of("timestampAsOf", "2026-02-01"),
        read(yaml, "/lake/b", "data.options.timestampAsOf='2026-02-01'").location().options());
  }

  @Test
  void shouldTakeAnyPath(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "abcdefgh".repeat(40));
    RunConfig config = TestRuns.config(YAML.formatted(text));
    TestRuns.train(config, folder.resolve("run"));
    String model = folder.resolve("run/model").toString();
    for (String path :
        List.of("{2025,2026}/*.csv", "*.csv", "a: b", "it's #1", "\\d \"e\"", "1", "null")) {
      ModelBundle bundle = ModelBundle.load(model, Optional.of(path), List.of());
      assertEquals(path, ((TextSpec) bundle.config().data()).path());
    }
  }
}
