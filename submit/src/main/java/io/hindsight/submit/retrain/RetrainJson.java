package io.hindsight.submit.retrain;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.retrain.RetrainResult;
import io.hindsight.driver.retrain.RunPlan;
import io.hindsight.driver.retrain.folder.RetrainStatus;
import io.hindsight.submit.output.GateChecks;

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
    result.blessing().ifPresent(blessing -> GateChecks.put(checks, blessing.checks()));
    return json.toString();
  }
}
