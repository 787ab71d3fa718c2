package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.run.TestRuns;
import io.hindsight.driver.spark.session.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a stored model's section {@code data} can be changed, and what is the model's own. */
class EncodedKeysTest {
  private static final String TABLE =
      """
      data:
        {format: csv, path: '%s', options: {header: true}, sequence: id, time: t, inputs: [x],
         targets: [y], split: {by: time, validation: 0, test: 4}}
      model: {cell: gru, hidden: [3]}
      training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  private static final String GENERATED =
      """
      data: {format: generator, name: sine, length: 12, sequences: 40, horizon: 2}
      model: {cell: gru, hidden: [3]}
      training: {steps: 1, batch: 8, optimizer: {type: sgd, learning-rate: 0.1}}
      """;

  @TempDir private static Path folder;
  private static TestSession session;
  private static String table;
  private static String generated;

  @BeforeAll
  static void train() throws IOException {
    session = TestSession.forTables(Map.of());
    StringBuilder csv = new StringBuilder("id,t,x,y\n");
    for (int t = 0; t < 20; t++) {
      csv.append("a,%d,%d,%d\nb,%d,%d,%d\n".formatted(t, t % 3, t % 5, t, t % 4, t % 7));
    }
    Path data = Files.writeString(folder.resolve("data.csv"), csv);
    table = model("table", TABLE.formatted(data));
    generated = model("generated", GENERATED);
  }

  private static String model(String name, String yaml) {
    TestRuns.train(TestRuns.config(yaml), folder.resolve(name));
    return new RunDirectory(folder.resolve(name)).model();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static String refusal(String model, Optional<String> data, String... changes) {
    return assertThrows(
            ConfigException.class, () -> ModelBundle.load(model, data, List.of(changes)))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.horizon=3 | data.horizon is 1",
        "data.targets=[x] | data.targets is [y]",
        "data.inputs=[y, x] | data.inputs is [x]",
        "data.scale=minmax | data.scale is standardize",
        "data.difference=true | data.difference is false",
      })
  void shouldRefuseToEncodeOtherThanTheModel(String change, String own) {
    for (Optional<String> data : List.of(Optional.<String>empty(), Optional.of("/not/read.csv"))) {
      String told = refusal(table, data, "data.min-length=3", change);
      assertTrue(told.startsWith("--set " + change + ": "), told);
      assertTrue(told.contains(own + "; leave it out"), told);
    }
  }

  @Test
  void shouldNameAllThatIsOtherThanTheModels() {
    String told = refusal(table, Optional.empty(), "data.scale=log", "data.horizon=2");
    assertEquals(
        List.of("--set data.horizon=2", "--set data.scale=log"),
        told.lines().map(line -> line.split(": ")[0]).toList());
  }

  @Test
  void shouldRefuseAnotherGeneratedTask() {
    assertTrue(
        refusal(generated, Optional.empty(), "data.horizon=1")
            .startsWith("--set data.horizon=1: a stored model encodes"));
    assertTrue(
        refusal(generated, Optional.empty(), "data.name=mackey-glass")
            .startsWith("--set data.name=mackey-glass: "));
    ModelBundle longer = ModelBundle.load(generated, Optional.empty(), List.of("data.length=30"));
    assertTrue(Evaluation.run(longer).targets() > 0);
  }

  /** Other data may have other names for its ids, other gaps, another form. */
  @Test
  void shouldTakeWhatSaysHowDataIsReadAndDivided() {
    String[] changes = {
      "data.horizon=1",
      "data.scale=standardize",
      "data.format=json",
      "data.options={multiLine: true}",
      "data.decimal=','",
      "data.sequence=shop",
      "data.time=day",
      "data.season=7",
      "data.min-length=9",
      "data.window={from: 2024-01-01T00:00:00Z, to: 2024-02-01T00:00:00Z}",
      "data.split={by: time, validation: 0, test: 6}",
    };
    ModelBundle bundle = ModelBundle.load(table, Optional.of("b.json"), List.of(changes));
    TableSpec read = (TableSpec) bundle.config().data();
    assertEquals(List.of("shop"), read.names().sequence());
    assertEquals("b.json", read.location().path().orElseThrow());
    assertTrue(Stream.of(read.season(), read.minLength()).allMatch(Optional::isPresent));
  }
}
