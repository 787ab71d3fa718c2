package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindsight.datasets.DataException;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.predict.Evaluation;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of a table that is trained further on another. */
class WarmTableTest {
  private static final String SMALL = "spark.hindsight.table.small";
  private static final String VALUES =
      """
      data: {format: csv, path: 'PATH', options: {header: true}, sequence: id, time: t,
             inputs: [x], targets: [x], split: {by: time, validation: 2, test: 2}}
      model: {cell: gru, hidden: [4]}
      training: {steps: 3, batch: 4, optimizer: {type: adam, learning-rate: 0.01}}
      """;
  private static final String CLASSES =
      VALUES.replace("targets: [x]", "targets: [k], target-kind: class");

  private static TestSession session;
  @TempDir private Path folder;
  private Path early;
  private Path late;
  private Path model;

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
    session.sessions().session();
    early = table("early", 0, "ab");
    late = table("late", 50, "ab");
    model = folder.resolve("first/model");
  }

  @AfterEach
  void reset() {
    SparkSession.active().conf().unset(SMALL);
  }

  /** Six sequences of twelve days, whose days have these labels in turn. */
  private Path table(String name, int level, String labels) throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,t,x,k"));
    for (int s = 0; s < 6; s++) {
      for (int t = 0; t < 12; t++) {
        char label = labels.charAt((s + t) % labels.length());
        rows.add("s%d,2024-01-%02d,%d,%s".formatted(s, t + 1, level + s * t % 7, label));
      }
    }
    return Files.write(folder.resolve(name + ".csv"), rows);
  }

  private String train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name)).weightsSha256();
  }

  private void trainFirst(String yaml) {
    train("first", TestRuns.config(yaml.replace("PATH", early.toString())));
  }

  private RunConfig further(String yaml, String... overrides) {
    return WarmStartTest.from(model, yaml.replace("PATH", late.toString()), overrides);
  }

  private JsonNode encoding(String name) throws IOException {
    String location = folder.resolve(name).resolve("model").toString();
    return new ModelStore().load(location).description().encoding();
  }

  @Test
  void shouldKeepTheModelsScalingOrFitAnew() throws IOException {
    trainFirst(VALUES);
    String kept = train("kept", further(VALUES));
    assertEquals(encoding("first"), encoding("kept"));
    String refitted = train("refitted", further(VALUES, "training.encoding=refit"));
    assertNotEquals(encoding("first"), encoding("refitted"));
    assertNotEquals(kept, refitted);
    String location = folder.resolve("kept/model").toString();
    ModelBundle bundle = ModelBundle.load(location, Optional.empty(), List.of());
    assertTrue(Evaluation.run(bundle).metrics().get("rmse") > 0);
  }

  @Test
  void shouldComeToTheSameWeightsHoweverTheTableIsReadAndWhoComputes() {
    trainFirst(VALUES);
    String expected = train("held", further(VALUES, "training.engine=local"));
    String[] store = {"data.store='" + folder.resolve("store") + "'"};
    train("cold", TestRuns.config(VALUES.replace("PATH", late.toString()), store));
    SparkSession.active().conf().set(SMALL, "0");
    assertEquals(expected, train("jobs", further(VALUES, "training.engine=spark-jobs")));
    String[] resident = {"training.engine=spark-resident", "training.tasks=2", store[0]};
    assertEquals(expected, train("made", further(VALUES, resident)));
    assertEquals(expected, train("found", further(VALUES, resident)));
  }

  @Test
  void shouldKeepTheModelsClassesInSharedStorageToo() throws IOException {
    table("early", 0, "abc");
    table("late", 0, "ab"); // of the same fingerprint, whether it has two classes or three
    trainFirst(CLASSES);
    String expected = train("held", further(CLASSES));
    assertEquals(encoding("first"), encoding("held"));
    SparkSession.active().conf().set(SMALL, "0");
    String store = "data.store='" + folder.resolve("store") + "'";
    train("cold", TestRuns.config(CLASSES.replace("PATH", late.toString()), store));
    assertEquals(expected, train("stored", further(CLASSES, store)), "of three classes, not two");
    train("again", TestRuns.config(CLASSES.replace("PATH", late.toString()), store));
    assertEquals("[\"a\",\"b\"]", encoding("again").get("labels").toString());
    RunConfig prepared = further(CLASSES, store);
    assertTrue(Files.isDirectory(Path.of(Preparation.of(prepared).location())));
  }

  @Test
  void shouldRefuseOtherClassesUnlessTheyAreSkipped() throws IOException {
    trainFirst(CLASSES);
    table("late", 0, "abc");
    DataException unknown =
        assertThrows(DataException.class, () -> train("refused", further(CLASSES)));
    assertTrue(unknown.getMessage().contains("'c' 24 times"), unknown.getMessage());
    train("skipped", further(CLASSES, "data.unknown=skip"));
    assertEquals(encoding("first"), encoding("skipped"));
    DataException refitted =
        assertThrows(
            DataException.class,
            () -> train("refused", further(CLASSES, "training.encoding=refit")));
    assertTrue(
        refitted.getMessage().contains("those of the model to start from, [a, b], but found [a, b"),
        refitted.getMessage());
  }

  @Test
  void shouldRefuseWhatWouldEncodeOtherThanTheModel() {
    trainFirst(VALUES);
    String[] changes = {"data.scale=minmax", "data.horizon=2", "data.difference=true"};
    ConfigException refusal =
        assertThrows(ConfigException.class, () -> train("refused", further(VALUES, changes)));
    String told =
        "data.horizon is 2, but the model's is 1; data.difference is true, but the model's is false;"
            + " data.scale is minmax, but the model's is standardize";
    assertTrue(refusal.getMessage().contains(told), refusal.getMessage());
    train("refitted", further(VALUES, with(changes, "training.encoding=refit")));
    refusal =
        assertThrows(
            ConfigException.class, () -> train("refused", further(VALUES, "data.inputs=[k]")));
    assertTrue(refusal.getMessage().contains("data.inputs is [k], but the model's is [x]"));
  }

  private static String[] with(String[] some, String one) {
    List<String> all = new ArrayList<>(List.of(some));
    all.add(one);
    return all.toArray(String[]::new);
  }
}
