package io.hindsight.driver.gate;

import io.hindsight.driver.registry.Blessing.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate says of the data of a window.
 *
 * @param kind what follows
 * @param checks everything that was measured, passed or not
 * @param reasons why it did not pass, for people; empty if it did
 */
public record DataVerdict(Kind kind, List<Check> checks, List<String> reasons) {
  /** What follows. */
  public enum Kind {
    /** The data can be trained on. */
    PASSED,
    /** The data is not all there yet: try again later. What else is wrong cannot be told. */
    TOO_LITTLE_OR_LATE,
    /** The data is not what it was: training on it would publish its faults. */
    BROKEN
  }

  public DataVerdict {
    checks = List.copyOf(checks);
    reasons = List.copyOf(reasons);
  }

  /** Both in one; what is late is so whatever else is wrong. */
  public DataVerdict and(DataVerdict other) {
    List<Check> allChecks = new ArrayList<>(checks);
    allChecks.addAll(other.checks);
    List<String> allReasons = new ArrayList<>(reasons);
    allReasons.addAll(other.reasons);
    boolean isLate = kind == Kind.TOO_LITTLE_OR_LATE || other.kind == Kind.TOO_LITTLE_OR_LATE;
    Kind worse = passed() ? other.kind : kind;
    return new DataVerdict(isLate ? Kind.TOO_LITTLE_OR_LATE : worse, allChecks, allReasons);
  }

  /** Whether the data can be trained on. */
  public boolean passed() {
    return kind == Kind.PASSED;
  }
}
