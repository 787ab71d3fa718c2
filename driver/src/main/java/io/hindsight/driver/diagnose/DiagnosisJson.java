package io.hindsight.driver.diagnose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * A diagnosis as a JSON object. What is not finite becomes a text, as in all of {@code
 * metrics.jsonl}.
 *
 * <pre>
 * {"verdicts": [{"kind", "advice"}], "windows", "targets", "loss", "trivial_loss", "gradient_norm",
 *  "layers": [{"layer", "steps", "reach", "largest", "lags": [{"lag", "gradient"}],
 *              "gates": [{"gate", "saturated"}]}],
 *  "update": {"origin", "learning_rate", "blocks": [{"block", "ratio"}]},
 *  "steps", "clipped_steps"}
 * </pre>
 *
 * <p>{@code update}, {@code steps} and {@code clipped_steps} are there if they are known.
 */
public final class DiagnosisJson {
  private DiagnosisJson() {}

  /** Of a diagnosis. */
  public static ObjectNode of(Diagnosis diagnosis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode verdicts = json.putArray("verdicts");
    for (Verdict verdict : diagnosis.verdicts()) {
      verdicts.addObject().put("kind", verdict.kind().text()).put("advice", verdict.advice());
    }
    Figures figures = diagnosis.figures();
    json.put("windows", figures.windows()).put("targets", figures.targets());
    json.put("loss", figures.loss()).put("trivial_loss", figures.trivialLoss());
    json.put("gradient_norm", figures.gradientNorm());
    ArrayNode layers = json.putArray("layers");
    figures.layers().forEach(layer -> put(layers.addObject(), layer));
    figures.update().ifPresent(update -> put(json.putObject("update"), update));
    figures
        .history()
        .ifPresent(
            history -> {
              json.put("steps", history.steps());
              history.clipped().ifPresent(clipped -> json.put("clipped_steps", clipped));
            });
    return json;
  }

  private static void put(ObjectNode json, LayerFigures layer) {
    json.put("layer", layer.layer()).put("steps", layer.steps()).put("reach", layer.reach());
    json.put("largest", layer.largest());
    ArrayNode lags = json.putArray("lags");
    layer
        .relative()
        .forEach((lag, gradient) -> lags.addObject().put("lag", lag).put("gradient", gradient));
    ArrayNode gates = json.putArray("gates");
    layer
        .gates()
        .forEach(
            gate -> gates.addObject().put("gate", gate.name()).put("saturated", gate.saturated()));
  }

  private static void put(ObjectNode json, UpdateFigures update) {
    json.put("origin", update.origin().name().toLowerCase(Locale.ROOT));
    json.put("learning_rate", update.learningRate());
    ArrayNode blocks = json.putArray("blocks");
    update
        .blocks()
        .forEach(
            block -> blocks.addObject().put("block", block.block()).put("ratio", block.ratio()));
  }
}
