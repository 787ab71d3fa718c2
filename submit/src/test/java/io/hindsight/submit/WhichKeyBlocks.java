package io.hindsight.submit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The blocks of the document on keys and data. */
final class WhichKeyBlocks {
  private static final Path DOCUMENT = Documents.HOME.resolve("conf/WHICH-KEY.md");

  private WhichKeyBlocks() {}

  static List<String> all() {
    return Documents.blocks(DOCUMENT, "yaml");
  }

  /** A block's keys, each as one change of a configuration. */
  static List<String> changes(String block) {
    Dump dump = new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.FLOW).build());
    List<String> changes = new ArrayList<>();
    Object sections = ConfigurationKeys.yaml(block);
    for (Map.Entry<?, ?> section : ((Map<?, ?>) sections).entrySet()) {
      for (Map.Entry<?, ?> key : ((Map<?, ?>) section.getValue()).entrySet()) {
        String value = dump.dumpToString(key.getValue()).strip();
        changes.add("%s.%s=%s".formatted(section.getKey(), key.getKey(), value));
      }
    }
    return changes;
  }
}
