package io.hindsight.driver.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.DataSpec;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.run.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void shouldTakeAnyPath(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "abcdefgh".repeat(40));
    RunConfig config = TestRuns.config(YAML.formatted(text));
    TestRuns.train(config, folder.resolve("run"));
    String model = folder.resolve("run/model").toString();
    for (String path : List.of("{2025,2026}/*.csv", "*.csv", "a: b", "it's #1", "\\d \"e\"", "1")) {
      ModelBundle bundle = ModelBundle.load(model, Optional.of(path), List.of());
      assertEquals(path, ((DataSpec.Text) bundle.config().data()).path());
    }
  }
}
