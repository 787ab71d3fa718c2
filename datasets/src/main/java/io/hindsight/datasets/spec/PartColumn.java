package io.hindsight.datasets.spec;

import io.hindsight.datasets.columns.Part;
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

  /** The columns that are read: one, or none. */
  public List<String> columns() {
    return name.isEmpty() ? List.of() : List.of(name);
  }

  /** The part that a row with a value belongs to. */
  public Part part(String value) {
    if (!value.isEmpty() && value.equals(test)) {
      return Part.TEST;
    }
    return !value.isEmpty() && value.equals(validation) ? Part.VALIDATION : Part.TRAINING;
  }

  /** The value that rows of a part have; absent if there is no such part, or it is any other. */
  public Optional<String> value(Part part) {
    String value =
        switch (part) {
          case TRAINING -> "";
          case VALIDATION -> validation;
          case TEST -> test;
        };
    return Optional.of(value).filter(text -> !text.isEmpty());
  }
}
