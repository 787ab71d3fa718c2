package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.directory.RunDirectory;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.driver.run.TrainingResult;
import io.hindsight.driver.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset trains a few steps on its data and leaves a model that can be judged. */
class PresetsIT {
  private static final Path HOME = Path.of("..");
  private static final String MASTER = "spark.master";

  @TempDir private Path folder;

  @BeforeAll
  static void setMaster() {
    System.setProperty(MASTER, "local[1]"); // as the launcher does; tables are read by Spark
  }

  @AfterAll
  static void clearMaster() {
    System.clearProperty(MASTER);
  }

  static Stream<Path> presets() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("conf"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("presets")
  void shouldTrainEveryPreset(Path preset) throws IOException {
    List<String> changes = new ArrayList<>(List.of("training.epochs=null", "training.steps=3"));
    changes.addAll(data(preset));
    RunConfig config = ConfigReader.read(preset, changes);
    RunDirectory run = new RunDirectory(folder.resolve("run"));

    TrainingResult result = TrainingRun.start(config, run, false);

    assertEquals(3, result.steps());
    assertTrue(Double.isFinite(result.metrics().get("validation_loss")), result.toString());
    ModelBundle model = ModelBundle.load(run.model(), Optional.empty(), List.of());
    assertEquals(result.weightsSha256(), WeightsHash.of(model.parameters()));
    assertTrue(Evaluation.run(model).targets() > 0);
  }

  /**
   * Paths of a preset are relative to the project's root, where these tests do not run. Of
   * generated sequences fewer will do for three steps.
   */
  private List<String> data(Path preset) throws IOException {
    if (Files.readString(preset).contains("format: generator")) {
      return List.of("data.sequences=1000");
    }
    if (Files.readString(preset).contains("format: text")) {
      Path text = folder.resolve("text.txt");
      Files.writeString(text, "the quick brown fox jumps over the lazy dog\n".repeat(500));
      return List.of("data.path=" + text);
    }
    DataSpec data = ConfigReader.read(preset, List.of()).data();
    return data instanceof TableSpec table
        ? List.of("data.path=" + HOME.resolve(table.location().path().orElseThrow()))
        : List.of();
  }
}
