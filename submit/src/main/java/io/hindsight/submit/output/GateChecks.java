package io.hindsight.submit.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Blessing;
import java.util.List;
import java.util.Locale;

/** What gates have measured, beside their limits. */
public final class GateChecks {
  private GateChecks() {}

  /** A figure for people: {@code data.freshness 1.00000, limit 6.00000}. */
  public static String figure(Blessing.Check check) {
    return String.format(
        Locale.ROOT, "%s %.6g, limit %.6g", check.name(), check.value(), check.limit());
  }

  /**
   * Adds figures for programs: {@code {"name", "value", "limit", "passed"}}; what is no finite
   * number is null.
   */
  public static void put(ArrayNode array, List<Blessing.Check> checks) {
    for (Blessing.Check check : checks) {
      ObjectNode node = array.addObject().put("name", check.name());
      node.put("value", finite(check.value())).put("limit", finite(check.limit()));
      node.put("passed", check.passed());
    }
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
