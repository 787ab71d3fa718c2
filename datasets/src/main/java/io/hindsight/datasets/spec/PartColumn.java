package io.hindsight.datasets.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A column that tells the part of each row of a table. Rows with any other value are trained on.
 *
 * @param name of the column
 * @param validation its value in rows of the validation part; empty if there is no such part
 * @param test its value in rows of the test part; empty if there is no such part
 */
public record PartColumn(String name, String validation, String test) implements Serializable {
  /** No column tells. */
  public static final PartColumn NONE = new PartColumn("", "", "");

  /** As {@link #rank} has it, of rows that are trained on. */
  public static final int TRAINING = 0;

  /** The same of rows of the validation part. */
  public static final int VALIDATION = 1;

  /** The same of rows of the test part. */
  public static final int TEST = 2;

  /** The columns that are read: one, or none. */
  public List<String> columns() {
    return name.isEmpty() ? List.of() : List.of(name);
  }

  /** Which of the parts, in their order, a row with a value belongs to. */
  public int rank(String value) {
    if (!value.isEmpty() && value.equals(test)) {
      return TEST;
    }
    return !value.isEmpty() && value.equals(validation) ? VALIDATION : TRAINING;
  }

  /** A part that a rank stands for, for people. */
  public static String of(int rank) {
    return switch (rank) {
      case TRAINING -> "training";
      case VALIDATION -> "validation";
      default -> "test";
    };
  }

  /** The value that rows of a part have; absent if there is no such part, or it is any other. */
  public Optional<String> value(int rank) {
    String value =
        switch (rank) {
          case TRAINING -> "";
          case VALIDATION -> validation;
          default -> test;
        };
    return Optional.of(value).filter(text -> !text.isEmpty());
  }
}
