package io.hindsight.driver.gate;

import io.hindsight.driver.registry.Blessing.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was checked so far, and why it failed. What is not a number never passes. */
final class Findings {
  private final List<Check> checks = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  /**
   * Checks that a value is at most a limit.
   *
   * @param reason a sentence for the case that it is not, to which value and limit are added
   */
  boolean atMost(String name, double value, double limit, String reason) {
    return add(new Check(name, value, limit, value <= limit), reason, "at most");
  }

  /** Checks that a value is at least a limit. */
  boolean atLeast(String name, double value, double limit, String reason) {
    return add(new Check(name, value, limit, value >= limit), reason, "at least");
  }

  /** Checks that a value is below a limit. */
  boolean below(String name, double value, double limit, String reason) {
    return add(new Check(name, value, limit, value < limit), reason, "below");
  }

  /** Checks that a value is above a limit. */
  boolean above(String name, double value, double limit, String reason) {
    return add(new Check(name, value, limit, value > limit), reason, "above");
  }

  private boolean add(Check check, String reason, String relation) {
    checks.add(check);
    if (!check.passed()) {
      reasons.add(
          "%s: %s, but must be %s %s"
              .formatted(reason, number(check.value()), relation, number(check.limit())));
    }
    return check.passed();
  }

  /** Fails without a figure. */
  void refuse(String reason) {
    reasons.add(reason);
  }

  /** A number as people read it. */
  static String number(double x) {
    boolean whole = x == Math.rint(x) && Math.abs(x) < 1e15;
    return whole ? Long.toString((long) x) : String.format(Locale.ROOT, "%.4g", x);
  }

  List<Check> checks() {
    return checks;
  }

  List<String> reasons() {
    return reasons;
  }
}
