package io.hindsight.submit.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.registry.Blessing;
import io.hindsight.driver.retrain.RetrainResult;
import io.hindsight.driver.retrain.RunPlan;
import io.hindsight.driver.retrain.folder.RetrainStatus;

/**
 * What programs read of a retraining.
 *
 * <pre>
 * {"outcome", "reason", "version" or null, "key", "from", "to", "run",
 *  "checks": [{"name", "value", "limit", "passed"}]}
 * </pre>
 */
final class RetrainJson {
  private RetrainJson() {}

  /** What would be done: {@code {"key", "from", "to"}}. */
  static String of(RunPlan plan) {
    ObjectNode json = new ObjectMapper().createObjectNode().put("key", plan.key().text());
    json.put("from", plan.window().from().toString());
    return json.put("to", plan.window().to().toString()).toString();
  }

  /** What it came to. */
  static String of(RetrainResult result) {
    RetrainStatus status = result.status();
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("outcome", result.outcome().word()).put("reason", status.reason());
    json.put("version", status.version().orElse(null)).put("key", status.key());
    json.put("from", status.window().from().toString());
    json.put("to", status.window().to().toString()).put("run", result.folder());
    ArrayNode checks = json.putArray("checks");
    result.blessing().ifPresent(blessing -> put(checks, blessing));
    return json.toString();
  }

  private static void put(ArrayNode checks, Blessing blessing) {
    for (Blessing.Check check : blessing.checks()) {
      ObjectNode node = checks.addObject().put("name", check.name());
      node.put("value", finite(check.value())).put("limit", finite(check.limit()));
      node.put("passed", check.passed());
    }
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
