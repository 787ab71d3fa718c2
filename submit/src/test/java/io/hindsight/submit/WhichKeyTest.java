package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.config.section.ResolvedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each block of the document on keys and data can stand in a configuration as it is. */
class WhichKeyTest {
  private static final String BASE =
      """
      data: {format: csv, path: a.csv, sequence: id, time: time, inputs: [x], targets: [x]}
      model: {cell: gru, hidden: [8]}
      training: {epochs: 1, optimizer: {type: adam, learning-rate: 1e-3}}
      """;

  @TempDir private Path folder;

  static Stream<String> blocks() {
    return WhichKeyBlocks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void shouldBeValidAndKept(String block) throws IOException {
    List<String> changes = WhichKeyBlocks.changes(block);
    assertTrue(!changes.isEmpty(), block);
    Path base = Files.writeString(folder.resolve("base.yaml"), BASE);
    RunConfig config = ConfigReader.read(base, changes);
    Path resolved = Files.writeString(folder.resolve("config.yaml"), ResolvedConfig.toYaml(config));
    assertEquals(config, ConfigReader.read(resolved, List.of()));
  }
}
