package io.hindsight.datasets.split;

import io.hindsight.datasets.DataException;
import io.hindsight.datasets.columns.Part;
import io.hindsight.datasets.encoded.PartTally;
import io.hindsight.datasets.spec.PartColumn;
import io.hindsight.datasets.spec.Split;
import io.hindsight.datasets.time.TimeBounds;
import java.time.Instant;
import java.util.Optional;

/**
 * The refusal of a part that was asked for and is empty.
 *
 * @param bounds of the times that were read, if they are known
 * @param place of the data
 */
record EmptyPart(Split split, Optional<TimeBounds> bounds, String place) {
  /** Refuses a part if it is needed and empty. */
  void refuse(PartTally parts, Part part, boolean isNeeded) {
    if (isNeeded && parts.isEmpty(part)) {
      throw new DataException(
          "the " + part.text() + " part must not be empty",
          reason(part),
          place + times() + ", data.split",
          "change data.split, or bring more data");
    }
  }

  private String reason(Part part) {
    return switch (split.by()) {
      case TIME, ID -> nothing(part);
      case DATE -> noDate(part);
      case COLUMN -> noValue(split.column(), part);
    };
  }

  private static String noValue(PartColumn column, Part part) {
    return column
        .value(part)
        .map(
            value ->
                "no step with %s in column %s".formatted(DataException.quote(value), column.name()))
        .orElse("nothing left for it in column " + column.name());
  }

  private String nothing(Part part) {
    double size =
        switch (part) {
          case TRAINING -> 0;
          case VALIDATION -> split.validation();
          case TEST -> split.test();
        };
    return size == 0 ? "nothing left for it" : "nothing in a part of size " + size;
  }

  private String noDate(Part part) {
    Instant validationFrom = split.dates().validationFrom();
    Instant testFrom = split.dates().testFrom();
    return switch (part) {
      case TRAINING -> "no step before " + validationFrom;
      case VALIDATION -> "no step from " + validationFrom + upTo(testFrom);
      case TEST -> "no step from " + testFrom + " on";
    };
  }

  private String times() {
    boolean tell = split.by() == Split.By.DATE;
    return bounds.filter(b -> tell).flatMap(TimeBounds::text).map(t -> ", times " + t).orElse("");
  }

  private static String upTo(Instant end) {
    return end.equals(Instant.MAX) ? " on" : " to before " + end;
  }
}
