package io.hindsight.driver.config.section;

import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.spec.Unknown;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.missing.ScaleKeys;
import io.hindsight.driver.config.parts.SplitSection;
import io.hindsight.driver.config.times.TimeKeys;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code data} section: a text, a generator, or a table. */
final class DataSection {
  // sequence and sequences are in neither list: as unknown keys, each suggests the other
  private static final List<String> TABLE_KEYS =
      withTimeKeys(
          "options",
          "decimal",
          "time",
          "inputs",
          "past",
          "future",
          "categories",
          "static",
          "weight",
          "missing",
          "missing-targets",
          "targets",
          "target-kind",
          "scale",
          "scale-by",
          ScaleKeys.WINDOW,
          "target-transform",
          "difference",
          "season",
          "min-length",
          "window");
  private static final List<String> GENERATOR_KEYS = List.of("name", "length", "symbols");

  private static final String AUTO = "auto"; // of store

  private DataSection() {}

  private static List<String> withTimeKeys(String... keys) {
    List<String> all = new ArrayList<>(List.of(keys));
    all.addAll(TimeKeys.ALL);
    return List.copyOf(all);
  }

  /**
   * Reads the section.
   *
   * @param output the kind of output that the model states, which decides the kind of targets where
   *     the data leaves it open
   */
  static DataSpec read(Section data, Optional<OutputKind> output) {
    data.require("format", "use a format such as csv or parquet, or text, or generator");
    String format = data.text("format").orElse("");
    return switch (format) {
      case "text" -> {
        Stream.of(TABLE_KEYS, GENERATOR_KEYS, List.of("horizon"))
            .forEach(keys -> data.refuseAll(keys, "a text has no such key", "delete the line"));
        yield TextSection.read(data);
      }
      case "generator" -> {
        data.refuseAll(TABLE_KEYS, "generated data has no such key", "delete the line");
        List<String> ofFiles = List.of("path", "unit", "unknown", "rare");
        data.refuseAll(ofFiles, "generated data is not read", "delete the line");
        yield GeneratorSection.read(data);
      }
      default -> {
        if (data.has("format") && data.sound("format")) {
          data.refuseAll(GENERATOR_KEYS, "only for format: generator", "delete the line");
          data.refuseAll(List.of("unit"), "only for format: text", "delete the line");
        }
        yield TableSection.read(data, format, output);
      }
    };
  }

  /** Where encoded data is kept; absent if the driver keeps it. */
  static Optional<String> store(Section data, DataSpec spec) {
    Optional<String> store = data.text("store").filter(text -> !text.equals(AUTO));
    store.ifPresent(location -> Secrets.refuseLocation(data, "store", location));
    if (store.isPresent() && store.get().isBlank()) {
      data.problem("store", "the place is empty", "name a folder that all machines see, or auto");
    } else if (store.isPresent() && !(spec instanceof TableSpec)) {
      data.problem("store", "only tables are kept", "delete the line, or use auto");
    }
    return store;
  }

  /** Writes the section. */
  static Map<String, Object> write(DataSpec spec) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (spec instanceof TextSpec text) {
      TextSection.write(text, data);
    } else if (spec instanceof GeneratorSpec task) {
      GeneratorSection.write(task, data);
    } else if (spec instanceof TableSpec table) {
      TableSection.write(table, data);
    }
    data.put("split", SplitSection.write(spec.split()));
    return data;
  }

  /**
   * The same without what changes no result: {@code unknown: refuse}, so that a configuration keeps
   * the hash that it had before there was such a key, and the window that retrainings move.
   */
  static Map<String, Object> decisive(DataSpec spec) {
    Map<String, Object> data =
        write(spec instanceof TableSpec table ? table.withoutRetrainWindow() : spec);
    data.remove("unknown", Words.of(Unknown.REFUSE));
    return data;
  }
}
