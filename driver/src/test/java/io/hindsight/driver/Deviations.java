package io.hindsight.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;

/** Compares numbers by relative deviation, and remembers the largest of each quantity. */
final class Deviations {
  /** Below this magnitude a deviation counts absolutely, in units of it. */
  private static final double FLOOR = 1e-3;

  private final Map<String, Double> largest = new TreeMap<>();

  void check(String quantity, String place, double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length, place + ": number of elements");
    for (int i = 0; i < expected.length; i++) {
      check(quantity, place + "[" + i + "]", expected[i], actual[i], tolerance);
    }
  }

  void check(String quantity, String place, double expected, double actual, double tolerance) {
    double deviation = Math.abs(actual - expected) / Math.max(Math.abs(expected), FLOOR);
    // A NaN deviates, whatever it is compared with.
    assertTrue(
        deviation <= tolerance,
        () ->
            "%s must be %s within %s, but is %s: deviation %.2e"
                .formatted(place, expected, tolerance, actual, deviation));
    largest.merge(quantity, deviation, Math::max);
  }

  void merge(Deviations other) {
    other.largest.forEach((quantity, deviation) -> largest.merge(quantity, deviation, Math::max));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    largest.forEach((quantity, most) -> text.append("  %s %.1e".formatted(quantity, most)));
    return text.toString();
  }
}
