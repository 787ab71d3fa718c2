package io.hindsight.driver.config.parts;

import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.spec.PartColumn;
import io.hindsight.driver.config.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code data.split} for parts that a column of the table tells. */
final class PartColumnKeys {
  private static final String COLUMN = "column";
  private static final String VALIDATION = "validation-value";
  private static final String TEST = "test-value";

  private PartColumnKeys() {}

  /** Refuses the keys where the parts are made otherwise. */
  static void refuse(Section split, String message, String remedy) {
    split.refuseAll(List.of(COLUMN, VALIDATION, TEST), message, remedy);
  }

  /** Reads the keys; absent if they are wrong. */
  static Optional<PartColumn> read(Section split) {
    split.require(COLUMN, "name the column that tells the part of each row");
    if (!split.has(VALIDATION) && !split.has(TEST)) {
      split.require(
          VALIDATION, "say what the column holds in rows of the validation part, as true");
    }
    Optional<String> column = split.text(COLUMN);
    Optional<String> validation = split.word(VALIDATION);
    Optional<String> test = split.word(TEST);
    if (validation.isPresent() && validation.equals(test)) {
      split.problem(
          TEST,
          "'" + test.get() + "' is the value of the validation part, too",
          "give each part a value of its own, or delete one of the two");
    }
    return column.map(name -> new PartColumn(name, validation.orElse(""), test.orElse("")));
  }

  /** Writes the keys. */
  static void write(PartColumn column, Map<String, Object> split) {
    split.put(COLUMN, column.name());
    column.value(Part.VALIDATION).ifPresent(value -> split.put(VALIDATION, value));
    column.value(Part.TEST).ifPresent(value -> split.put(TEST, value));
  }
}
