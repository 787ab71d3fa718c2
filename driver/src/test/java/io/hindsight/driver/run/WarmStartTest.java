package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelStore;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.registry.RegistryAccess;
import io.hindsight.driver.registry.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that trains a model further. */
class WarmStartTest {
  /** Each step has the same 24 sequences, and plain SGD remembers nothing. */
  static final String WAVES =
      """
      data: {format: generator, name: sine, length: 12, sequences: 30}
      model: {cell: lstm, hidden: [5]}
      training:
        steps: 3
        batch: 24
        optimizer: {type: sgd, learning-rate: 0.1}
      """;

  private static final String TEXT =
      """
      data: {format: text, path: 'PATH', split: {validation: 0, test: 0}}
      model: {cell: gru, hidden: [4]}
      training:
        steps: 2
        batch: 4
        bptt: {window: 5}
        optimizer: {type: adam, learning-rate: 0.01}
      """;

  @TempDir private Path folder;
  private Path first;

  @BeforeEach
  void name() {
    first = folder.resolve("first");
  }

  static RunConfig from(Object model, String yaml, String... overrides) {
    List<String> all = new ArrayList<>(List.of(overrides));
    all.add("training.start-from='" + model + "'");
    return TestRuns.config(yaml, all.toArray(String[]::new));
  }

  private TrainingResult train(String name, RunConfig config) {
    return TestRuns.train(config, folder.resolve(name));
  }

  private StoredModel model(String name) throws IOException {
    return new ModelStore().load(folder.resolve(name).resolve("model").toString());
  }

  @Test
  void shouldBeginWithTheModelsWeightsAndTellWhichTheyWere() throws IOException {
    TrainingResult parent = train("first", TestRuns.config(WAVES));
    String still = "training.optimizer.learning-rate=1e-300";
    RunConfig config = from(first.resolve("model"), WAVES, "training.steps=1", still);

    TrainingResult child = train("second", config);

    assertEquals(parent.weightsSha256(), child.weightsSha256());
    assertEquals(Optional.of(parent.weightsSha256()), model("second").description().parentSha256());
    assertEquals(Optional.empty(), model("first").description().parentSha256());
    String stored = folder.resolve("second/model").toString();
    assertEquals(config, ModelBundle.load(stored, Optional.empty(), List.of()).config());
    assertTrue(
        Files.readString(folder.resolve("second/parent.json")).contains(parent.weightsSha256()));
  }

  @Test
  void shouldComeInTwoRunsToTheWeightsOfOne() {
    String whole = train("whole", TestRuns.config(WAVES, "training.steps=7")).weightsSha256();
    train("first", TestRuns.config(WAVES));
    RunConfig rest = from(first.resolve("model"), WAVES, "training.steps=4");
    assertEquals(whole, train("second", rest).weightsSha256());
    String clipped = "training.clip={norm: 0.01}";
    assertNotEquals(
        whole,
        train("other", from(first.resolve("model"), WAVES, "training.steps=4", clipped))
            .weightsSha256());
  }

  @Test
  void shouldComeToTheSameWeightsWithAnyNumberOfThreads() {
    train("first", TestRuns.config(WAVES));
    String[] many = {"training.batch=24", "training.optimizer.type=adam", "training.steps=5"};
    RunConfig one = from(first.resolve("model"), WAVES, with(many, "training.tasks=1"));
    RunConfig three = from(first.resolve("model"), WAVES, with(many, "training.tasks=3"));
    assertEquals(train("one", one).weightsSha256(), train("three", three).weightsSha256());
  }

  private static String[] with(String[] some, String one) {
    List<String> all = new ArrayList<>(List.of(some));
    all.add(one);
    return all.toArray(String[]::new);
  }

  @Test
  void shouldStartFromACheckpointAsFromAModel() throws IOException {
    TrainingResult parent =
        train("first", TestRuns.config(WAVES, "training.checkpoint={every-steps: 3}"));
    try (var checkpoints = Files.list(first.resolve("checkpoints"))) {
      RunConfig config = from(checkpoints.findFirst().orElseThrow(), WAVES);
      train("second", config);
    }
    assertEquals(Optional.of(parent.weightsSha256()), model("second").description().parentSha256());
  }

  @Test
  void shouldStartFromTheChampionOfARegistry() throws IOException {
    String champion = train("first", TestRuns.config(WAVES)).weightsSha256();
    train("other", TestRuns.config(WAVES, "seed=7"));
    String registry = folder.resolve("registry").toString();
    publish(registry, "v1", folder.resolve("first/model"), true);
    publish(registry, "v2", folder.resolve("other/model"), false);

    train("second", from(registry, WAVES));

    assertEquals(Optional.of(champion), model("second").description().parentSha256());
    String record = Files.readString(folder.resolve("second/parent.json"));
    assertTrue(record.contains("\"version\" : \"v1\""), record);
  }

  static void publish(String registry, String id, Path model, boolean champion) {
    var folder = RegistryAccess.model(model.toString());
    RegistryAccess.begin(
        registry,
        "test",
        writer -> {
          TrainingData data = TrainingData.of(folder.description());
          writer.publish(id, folder, Blessing.imported(), data);
          return champion ? writer.promote(id, true, "the test") : null;
        });
  }

  @Test
  void shouldReadATextByTheCharactersOfTheModel() throws IOException {
    train("first", text("early.txt", "abcd".repeat(20)));
    Path model = first.resolve("model");
    Path late = Files.writeString(folder.resolve("late.txt"), "dcbc".repeat(20));
    String path = "data.path='" + late + "'";
    train("kept", from(model, TEXT, path));
    assertEquals(4, model("kept").network().input().size());
    refused(
        ExitCode.DATA, from(model, TEXT, path, "training.encoding=refit"), "the 4 of the model");
    Files.writeString(late, "dcbx".repeat(20));
    refused(ExitCode.DATA, from(model, TEXT, path), "'x' (U+0078) 20 times");
    train("skipped", from(model, TEXT, path, "data.unknown=skip"));
    Files.writeString(late, "dcba".repeat(20));
    String refit =
        train("refit", from(model, TEXT, path, "training.encoding=refit")).weightsSha256();
    assertEquals(refit, train("same", from(model, TEXT, path)).weightsSha256());
  }

  private RunConfig text(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return TestRuns.config(TEXT.replace("PATH", file.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.cell=gru               | model.cell is gru, but the model's is lstm
          model.hidden=[6]             | model.hidden is [6], but the model's is [5]
          model.output={at: last-step} | model.output.at is last-step, but the model's is every-step
          data.name=mackey-glass       | data.name is mackey-glass, but the model's is sine
          data.horizon=2               | data.horizon is 2, but the model's is 1
          """)
  void shouldRefuseWhatContradictsTheModelBeforeDataIsRead(String change, String told) {
    train("first", TestRuns.config(WAVES));
    refused(ExitCode.USAGE, from(first.resolve("model"), WAVES, change), told);
  }

  @Test
  void shouldTellEveryContradictionAtOnce() throws IOException {
    train("first", TestRuns.config(WAVES));
    RunConfig text = text("some.txt", "abcd".repeat(20));
    RunConfig config = from(first.resolve("model"), TEXT, "data.path=" + folder + "/some.txt");
    assertEquals(text.model(), config.model());
    String told = refused(ExitCode.USAGE, config, "model.cell is gru", "model.hidden is [4]");
    assertTrue(told.contains("data.format names a text, but the model is one of a generated task"));
  }

  @Test
  void shouldRefuseAModelThatIsNotThereOrDamaged() throws IOException {
    refused(ExitCode.DATA, from(folder + "/absent", WAVES), "no model directory", "/absent");
    refused(ExitCode.USAGE, from("nowhere://x/model", WAVES), "training.start-from nowhere:");
    train("first", TestRuns.config(WAVES));
    Path weights = first.resolve("model/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    refused(ExitCode.DATA, from(first.resolve("model"), WAVES), "SHA-256");
  }

  private String refused(ExitCode code, RunConfig config, String... told) {
    RuntimeException refusal =
        assertThrows(RuntimeException.class, () -> train("refused", config), config::toString);
    assertEquals(code, ExitCode.judge(refusal).code(), refusal::toString);
    for (String part : told) {
      assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
    assertEquals(1, refusal.getMessage().lines().count());
    return refusal.getMessage();
  }

  @Test
  void shouldCheckGradientsOfTheModelsWeights() {
    train("first", TestRuns.config(WAVES));
    var errors = GradientChecks.run(from(first.resolve("model"), WAVES));
    assertTrue(errors.stream().allMatch(error -> error.isWithin(GradientChecks.TOLERANCE)));
    assertNotEquals(GradientChecks.run(TestRuns.config(WAVES)), errors);
  }
}
