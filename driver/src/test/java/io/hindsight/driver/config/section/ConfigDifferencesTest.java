package io.hindsight.driver.config.section;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.config.RunConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigDifferencesTest {
  private static final String YAML =
      """
      data: {format: csv, path: x.csv, inputs: [x], targets: [x], options: {header: true}}
      model: {cell: lstm, hidden: [8]}
      training: {epochs: 1, optimizer: {type: sgd, learning-rate: 1e-2}}
      """;

  private static List<String> differences(String... overrides) {
    RunConfig was = ConfigReader.read(YAML, "x.yaml", List.of());
    return ConfigDifferences.between(was, ConfigReader.read(YAML, "x.yaml", List.of(overrides)));
  }

  @Test
  void shouldNameChangedKeysWithBothValues() {
    assertEquals(
        List.of("model.hidden was [8], is [8, 4]", "training.batch was 32, is 16"),
        differences("training.batch=16", "model.hidden=[8, 4]"));
  }

  @Test
  void shouldNameKeysThatCameAndWent() {
    assertEquals(
        List.of(
            "data.options.header was \"true\", is absent",
            "training.epochs was 1, is absent",
            "training.steps was absent, is 7"),
        differences("data.options=null", "training.epochs=null", "training.steps=7"));
  }

  @Test
  void shouldPassOverWhatNeverChangesTheResult() {
    assertEquals(
        List.of(),
        differences(
            "name=other",
            "output.directory=elsewhere",
            "gate.model.champion-margin=0.1",
            "training.engine=local",
            "training.tasks=3",
            "training.reduce=driver",
            "training.diagnose-every=10",
            "training.validate-every=9",
            "training.checkpoint.every-steps=5"));
  }
}
