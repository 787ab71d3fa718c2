package io.hindsight.driver.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.model.Json;
import io.hindsight.driver.report.run.RunFigures;
import io.hindsight.driver.report.run.StepGroup;
import io.hindsight.driver.report.run.Validation;

/**
 * {@code report.json}: the numbers of a report.
 *
 * <pre>
 * {"name": "…", "verdict": {"text": "…", "good": true}, "state": "…", "weights_sha256": "…",
 *  "steps": 330, "metrics": {…}, "evaluation": {…}, "examples": {…},
 *  "training": [{"step": 0, "steps": 1, "loss": …, "grad_norm": …, "clipped": …, "learning_rate": …,
 *                "step_ms": …}],
 *  "validations": [{"step": 11, "loss": …, "best": true}], "diagnosis": {…}}
 * </pre>
 *
 * <p>An element of {@code training} is of one step, or of a run of more than a thousand the means
 * of as many as {@code steps} tells. What is not finite is a text, as in {@code metrics.jsonl}.
 */
final class ReportJson {
  private ReportJson() {}

  /** Of a run. */
  static ObjectNode of(RunFigures run) {
    ObjectNode json = Json.object();
    json.put("name", run.config().name());
    Verdict verdict = Verdict.of(run);
    json.putObject("verdict").put("text", verdict.text()).put("good", verdict.isGood());
    run.status().ifPresent(status -> put(json, status));
    run.evaluation().ifPresent(evaluation -> json.set("evaluation", evaluation));
    run.examples().ifPresent(examples -> json.set("examples", examples));
    ArrayNode training = json.putArray("training");
    run.history().steps().all().forEach(group -> put(training.addObject(), group));
    ArrayNode validations = json.putArray("validations");
    for (Validation of : run.history().validations()) {
      validations.addObject().put("step", of.step()).put("loss", of.loss()).put("best", of.best());
    }
    run.history().diagnosis().ifPresent(diagnosis -> json.set("diagnosis", diagnosis));
    return json;
  }

  private static void put(ObjectNode json, StatusFile status) {
    json.put("state", status.state()).put("reason", status.reason());
    json.put("weights_sha256", status.weightsSha256().orElse(null)).put("steps", status.steps());
    status.metrics().forEach(json.putObject("metrics")::put);
    status.spacing().ifPresent(spacing -> json.set("spacing", spacing));
    json.set("data", status.data());
  }

  private static void put(ObjectNode json, StepGroup group) {
    json.put("step", group.first()).put("steps", group.steps()).put("loss", group.loss());
    json.put("targets", group.targets()).put("grad_norm", group.gradNorm());
    json.put("clipped", group.clipped()).put("learning_rate", group.learningRate());
    json.put("step_ms", group.times().step()).put("compute_ms", group.times().compute());
    json.put("waiting_ms", group.times().waiting()).put("driver_ms", group.times().driver());
    json.put("transport_ms", group.times().transport()).put("update_ms", group.times().update());
  }
}
