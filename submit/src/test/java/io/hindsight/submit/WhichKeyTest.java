package io.hindsight.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.config.section.ConfigReader;
import io.hindsight.driver.config.section.ResolvedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Each block of the document on keys and data can stand in a configuration as it is. */
class WhichKeyTest {
  private static final Path DOCUMENT = Documents.HOME.resolve("conf/WHICH-KEY.md");
  private static final String BASE =
      """
      data: {format: csv, path: a.csv, sequence: id, time: time, inputs: [x], targets: [x]}
      model: {cell: gru, hidden: [8]}
      training: {epochs: 1, optimizer: {type: adam, learning-rate: 1e-3}}
      """;

  @TempDir private Path folder;

  static Stream<String> blocks() {
    return Documents.blocks(DOCUMENT, "yaml").stream();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void shouldBeValidAndKept(String block) throws IOException {
    List<String> changes = changes(block);
    assertTrue(!changes.isEmpty(), block);
    Path base = Files.writeString(folder.resolve("base.yaml"), BASE);
    RunConfig config = ConfigReader.read(base, changes);
    Path resolved = Files.writeString(folder.resolve("config.yaml"), ResolvedConfig.toYaml(config));
    assertEquals(config, ConfigReader.read(resolved, List.of()));
  }

  /** The block's keys, each as one change of the base. */
  private static List<String> changes(String block) {
    Dump dump = new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.FLOW).build());
    List<String> changes = new ArrayList<>();
    Object sections = new Load(LoadSettings.builder().build()).loadFromString(block);
    for (Map.Entry<?, ?> section : ((Map<?, ?>) sections).entrySet()) {
      for (Map.Entry<?, ?> key : ((Map<?, ?>) section.getValue()).entrySet()) {
        String value = dump.dumpToString(key.getValue()).strip();
        changes.add("%s.%s=%s".formatted(section.getKey(), key.getKey(), value));
      }
    }
    return changes;
  }
}
