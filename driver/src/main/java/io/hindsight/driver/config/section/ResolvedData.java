package io.hindsight.driver.config.section;

import io.hindsight.datasets.DataSpec;
import io.hindsight.datasets.DataSpec.Split;
import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.datasets.DataSpec.Unknown;
import io.hindsight.driver.config.yaml.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the section that {@link DataSection} reads. */
final class ResolvedData {
  private static final String UNKNOWN = "unknown";

  private ResolvedData() {}

  /** The {@code data} section. */
  static Map<String, Object> of(DataSpec spec) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (spec instanceof DataSpec.Text text) {
      data.put("format", "text");
      data.put("path", text.path());
      data.put("unit", "character");
      data.put(UNKNOWN, Words.of(text.unknown()));
    } else if (spec instanceof DataSpec.Generator task) {
      generator(task, data);
    } else if (spec instanceof DataSpec.Table table) {
      table(table, data);
    }
    data.put("split", split(spec.split()));
    return data;
  }

  /**
   * The same without {@code unknown: refuse}, which changes no result: a configuration keeps the
   * hash that it had before there was such a key.
   */
  static Map<String, Object> decisive(DataSpec spec) {
    Map<String, Object> data = of(spec);
    data.remove(UNKNOWN, Words.of(Unknown.REFUSE));
    return data;
  }

  private static void generator(DataSpec.Generator task, Map<String, Object> data) {
    data.put("format", "generator");
    data.put("name", task.name());
    if (!task.name().equals("embedded-reber")) {
      data.put("length", task.length());
    }
    data.put("sequences", task.sequences());
    if (task.name().equals("copy")) {
      data.put("symbols", task.symbols());
    }
    if (task.horizon() > 0) {
      data.put("horizon", task.horizon());
    }
  }

  private static void table(DataSpec.Table table, Map<String, Object> data) {
    data.put("format", table.format());
    table.path().ifPresent(path -> data.put("path", path));
    if (!table.options().isEmpty()) {
      data.put("options", new TreeMap<>(table.options()));
    }
    if (table.decimal() != '.') {
      data.put("decimal", String.valueOf(table.decimal()));
    }
    columns(data, "sequence", table.sequence());
    columns(data, "time", table.time());
    data.put("inputs", table.inputs());
    data.put("targets", table.targets());
    data.put("target-kind", Words.of(table.targetKind()));
    data.put("horizon", table.horizon());
    data.put("scale", Words.of(table.scale()));
    data.put("difference", table.difference());
    table.season().ifPresent(steps -> data.put("season", steps));
    if (table.targetKind() == TargetKind.CLASS) {
      data.put(UNKNOWN, Words.of(table.unknown()));
    }
    table.minLength().ifPresent(steps -> data.put("min-length", steps));
  }

  private static void columns(Map<String, Object> data, String key, List<String> columns) {
    if (!columns.isEmpty()) {
      data.put(key, columns.size() == 1 ? columns.get(0) : columns);
    }
  }

  private static Map<String, Object> split(Split split) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("by", Words.of(split.by()));
    section.put("validation", split.validation());
    section.put("test", split.test());
    return section;
  }
}
