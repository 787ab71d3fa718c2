package io.hindsight.driver.config.section;

import io.hindsight.datasets.generators.GeneratedTask;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.driver.config.parts.SplitSection;
import io.hindsight.driver.config.yaml.Range;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.SectionNumbers;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code data} section of a generated task, and what each task decides by itself. */
final class GeneratorSection {
  private static final int SYMBOLS = 10;

  private GeneratorSection() {}

  /** Reads the section. */
  static GeneratorSpec read(Section data) {
    data.require("name", "use one of " + String.join(", ", GeneratedTask.NAMES));
    Optional<String> name = data.oneOf("name", GeneratedTask.NAMES);
    String task = name.orElse("");
    return new GeneratorSpec(
        task,
        length(data, task),
        sequences(data),
        symbols(data, task),
        horizon(data, task),
        split(data));
  }

  private static int length(Section data, String task) {
    if (task.equals("embedded-reber")) {
      data.refuse("length", "the grammar of embedded-reber decides it", "delete the line");
      return 0;
    }
    data.require("length", "give the steps of a sequence, for example 50");
    int least = task.equals("temporal-order") ? 10 : task.equals("adding") ? 2 : 1;
    return new SectionNumbers(data).integer("length", Range.atLeast(least)).orElse(least);
  }

  private static int sequences(Section data) {
    data.require("sequences", "give the number of sequences, all parts together");
    return new SectionNumbers(data).integer("sequences", Range.atLeast(1)).orElse(1);
  }

  private static int symbols(Section data, String task) {
    if (!task.equals("copy") && !task.isEmpty()) {
      data.refuse("symbols", "only copy has symbols to recall", "delete the line");
      return SYMBOLS;
    }
    return new SectionNumbers(data).integer("symbols", Range.atLeast(1)).orElse(SYMBOLS);
  }

  private static int horizon(Section data, String task) {
    int usual = task.equals("mackey-glass") ? 6 : task.equals("sine") ? 1 : 0;
    if (usual == 0 && !task.isEmpty()) {
      String message = task + " has its own targets and no horizon";
      data.refuse("horizon", message, "delete the line");
      return usual;
    }
    return new SectionNumbers(data).integer("horizon", Range.atLeast(1)).orElse(usual);
  }

  private static Split split(Section data) {
    Optional<String> only = Optional.of("generated data is many short sequences");
    return SplitSection.read(data, Split.By.ID, only, 0.1);
  }

  /** What the labels of a task are. */
  static TargetKind targetKind(String task) {
    return switch (task) {
      case "adding", "sine", "mackey-glass" -> TargetKind.VALUE;
      case "collapse" -> TargetKind.LABEL_STRING;
      default -> TargetKind.CLASS;
    };
  }

  /** Whether the steps of a task are tokens rather than numbers. */
  static boolean readsTokens(String task) {
    return List.of("copy", "embedded-reber", "temporal-order", "collapse").contains(task);
  }

  /** Whether the targets of a task are what later steps read. */
  static boolean foretells(String task) {
    return List.of("embedded-reber", "sine", "mackey-glass").contains(task);
  }

  /** The only steps of a task that have targets; absent if every step has one. */
  static Optional<At> at(String task) {
    return switch (task) {
      case "adding", "temporal-order" -> Optional.of(At.LAST_STEP);
      default -> Optional.empty();
    };
  }

  /** Writes the keys of the task. */
  static void write(GeneratorSpec task, Map<String, Object> data) {
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
}
