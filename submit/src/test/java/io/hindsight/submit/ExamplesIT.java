package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example trains a few steps on its data, is scored, and retrains where it says so. */
class ExamplesIT {
  private static final Path FOLDER = Documents.HOME.resolve("conf/examples");
  private static final Path RETRAINING = FOLDER.resolve("retraining.yaml");

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    TestSession.start();
  }

  static Stream<Path> examples() {
    return Documents.files(".yaml").stream().filter(file -> file.startsWith(FOLDER));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldTrainEveryExample(Path example) throws IOException {
    Path run = folder.resolve("run");
    long warmup =
        ConfigReader.read(example, List.of()).training().update().learningRate().warmupSteps();
    List<String> changes = new ArrayList<>(dataPath(example));
    if (ConfigurationKeys.in(Documents.text(example)).contains("training.schedule.steps")) {
      changes.add("training.schedule.steps=4");
    }
    FewSteps.train(example, (int) warmup + 4, run, changes);
    FewSteps.succeed("evaluate", "--model", run.resolve("model").toString());
  }

  /** The presets, and whatever else is a whole configuration. */
  static Stream<Path> configurations() {
    return Documents.files(".yaml").stream().filter(file -> file.startsWith(FOLDER.getParent()));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void shouldBeValidAsItStands(Path configuration) throws IOException {
    List<String> command = new ArrayList<>(List.of("validate", configuration.toString()));
    if (Documents.text(configuration).contains("format: text")) {
      command.addAll(List.of("--set", "data.path=any.txt")); // left to the user
    }
    FewSteps.succeed(command.toArray(String[]::new));
  }

  @Test
  void shouldRetrainByTheExample() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("retrain", RETRAINING.toString(), "--as-of", "1998-01-01T00:00:00Z"));
    command.addAll(List.of("--registry", folder.resolve("registry").toString()));
    Path golden = Documents.HOME.resolve("datasets/data/co2.csv");
    for (String change : dataPath(RETRAINING)) {
      command.addAll(List.of("--set", change));
    }
    command.addAll(List.of("--set", "gate.model.golden=" + golden));
    String out = FewSteps.succeed(command.toArray(String[]::new));
    assertTrue(out.contains("promoted"), out);
  }

  /** Paths of an example are relative to the project's root, where these tests do not run. */
  private static List<String> dataPath(Path example) {
    RunConfig config = ConfigReader.read(example, List.of());
    if (config.data() instanceof TableSpec table) {
      return List.of("data.path=" + Documents.HOME.resolve(table.location().path().orElseThrow()));
    }
    return config.data() instanceof TextSpec text
        ? List.of("data.path=" + Documents.HOME.resolve(text.path()))
        : List.of();
  }
}
