package io.hindsight.driver.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.predict.ModelBundle;
import io.hindsight.driver.spark.session.TestSession;
import io.hindsight.kernels.network.ParameterLayout.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text whose characters have a table, which the output shares. */
class TiedTextTest {
  private static final String YAML =
      """
      data: {format: text, path: 'PATH', split: {validation: 0.2}}
      model: {cell: gru, hidden: [6, 5], tied: true, dropout: 0.2}
      training: {steps: 9, batch: 12, bptt: {window: 8, carry-state: true},
                 checkpoint: {every-steps: 4}, optimizer: {type: adam, learning-rate: 0.02}}
      """;

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void write() throws IOException {
    text = Files.writeString(folder.resolve("text"), "the cat sat on the mat, and ".repeat(60));
  }

  private RunConfig config(String... overrides) {
    return TestRuns.config(YAML.replace("PATH", text.toString()), overrides);
  }

  @Test
  void shouldComeToTheSameWeightsByEveryEngineAndThoughItIsStopped() throws IOException {
    String expected;
    try (TestSession session = TestSession.open("local[2]", Map.of())) {
      session.sessions().session();
      expected = TestRuns.trainByAllEngines(this::config, folder);
    }
    Path stopped = folder.resolve("stopped");
    TestRuns.stopAfter(5, config(), stopped);
    assertEquals(expected, TestRuns.resume(config(), stopped).weightsSha256());
    String location = stopped.resolve("model").toString();
    ModelBundle model = ModelBundle.load(location, Optional.empty(), List.of());
    Stream<Block> blocks = model.parameters().layout().blocks().stream();
    assertEquals(
        List.of("embed.0.weight", "out.bias"),
        blocks.map(Block::name).filter(name -> !name.startsWith("rnn.")).toList());
  }

  @Test
  void shouldHaveATableAsWideAsTheTopLayer() {
    assertEquals(5, config().model().embedding().orElseThrow().width());
    assertEquals(5, config("model.embedding=5").model().embedding().orElseThrow().width());
  }
}
