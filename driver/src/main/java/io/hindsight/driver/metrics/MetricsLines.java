package io.hindsight.driver.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.diagnose.DiagnosisJson;
import java.nio.charset.StandardCharsets;

/**
 * The lines of {@link MetricsLog}, each a JSON object and a line feed in UTF-8; those of steps are
 * written by {@link StepLines}.
 *
 * <pre>
 * {"step": 0, "epoch": 0, "loss": …, "targets": …, "grad_norm": …, "clip_scale": …,
 *  "learning_rate": …, "step_ms": …, "compute_ms": …, "waiting_ms": …, "engine_ms": …,
 *  "driver_ms": …, "transport_ms": …, "update_ms": …, "implementation": "…"}
 * {"step": 100, "epoch": 0, "validation": {"loss": …, "targets": …, "elapsed_ms": …, "best": true}}
 * {"step": 100, "diagnosis": {…}}
 * {"step": 100, "checkpoint": {"stall_ms": …, "save_ms": …, "bytes": …}}
 * {"step": 100, "rollback": {"from": 105, "rate_factor": 0.5, "reason": "…"}}
 * </pre>
 *
 * <p>The times are those of {@link StepTimes}. A step's number counts the updates before it, and so
 * does a validation's: the line of step 99 comes before that of the validation at 100. A diagnosis
 * follows the line of the step that it is of; {@link DiagnosisJson} tells what it holds. A
 * checkpoint's line comes when it is written, which is some steps later.
 *
 * <p>A step that was skipped has {@code "skipped": true} after its learning rate. After a rollback
 * the steps from its own on follow once more.
 *
 * <p>JSON has no number for NaN or infinity; they are the texts {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}, which number parsers of Java, Python and JavaScript read.
 */
final class MetricsLines {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MetricsLines() {}

  /** A validation's line. */
  static byte[] of(ValidationMetrics metrics) throws JsonProcessingException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.step()).put("epoch", metrics.epoch());
    json.putObject("validation")
        .put("loss", metrics.loss())
        .put("targets", metrics.targets())
        .put("elapsed_ms", metrics.elapsedMs())
        .put("best", metrics.best());
    return line(json);
  }

  /** A diagnosis's line. */
  static byte[] of(DiagnosisMetrics metrics) throws JsonProcessingException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.step());
    json.set(
        "diagnosis", DiagnosisJson.of(metrics.diagnosis()).put("elapsed_ms", metrics.elapsedMs()));
    return line(json);
  }

  /** A checkpoint's line. */
  static byte[] of(CheckpointMetrics metrics) throws JsonProcessingException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.step());
    json.putObject("checkpoint")
        .put("stall_ms", metrics.stallMs())
        .put("save_ms", metrics.saveMs())
        .put("bytes", metrics.bytes());
    return line(json);
  }

  /** A rollback's line. */
  static byte[] of(RollbackMetrics metrics) throws JsonProcessingException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("step", metrics.to());
    json.putObject("rollback")
        .put("from", metrics.from())
        .put("rate_factor", metrics.rateFactor())
        .put("reason", metrics.reason());
    return line(json);
  }

  private static byte[] line(ObjectNode json) throws JsonProcessingException {
    return (MAPPER.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a line is whole, and of what came before so many updates. */
  static boolean isWithin(String line, long steps) {
    try {
      JsonNode json = MAPPER.readTree(line);
      boolean begins = // rather than ends, with a step
          json.has("loss") || json.has("rollback") || json.has("diagnosis");
      long last = begins ? steps - 1 : steps;
      return json.path("step").isIntegralNumber() && json.get("step").longValue() <= last;
    } catch (JsonProcessingException cutOff) {
      return false;
    }
  }
}
