package io.hindsight.driver.monitoring.tensorboard;

import io.hindsight.driver.diagnose.Diagnosis;
import io.hindsight.driver.diagnose.LayerFigures;
import io.hindsight.driver.metrics.StatusFile;
import io.hindsight.driver.metrics.StepMetrics;
import io.hindsight.driver.metrics.ValidationMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of a run by the tags under which TensorBoard shows them. What stands before the slash
 * is the group of the chart.
 */
final class Scalars {
  private static final String VALIDATION = "validation/";
  private static final double MILLIS = 1000;

  private Scalars() {}

  /**
   * Of a step.
   *
   * @param sequences that had a window in it
   */
  static Map<String, Double> of(StepMetrics metrics, int sequences) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("training/loss", metrics.loss());
    values.put("training/gradient_norm", metrics.gradNorm());
    values.put("training/learning_rate", metrics.learningRate());
    values.put("speed/sequences_per_second", sequences * MILLIS / metrics.times().stepMs());
    values.put("speed/step_ms", metrics.times().stepMs());
    return values;
  }

  /** Of a validation. */
  static Map<String, Double> of(ValidationMetrics metrics) {
    return Map.of(VALIDATION + "loss", metrics.loss());
  }

  /** Whether a tag is one of a validation's. */
  static boolean isOfValidation(String tag) {
    return tag.startsWith(VALIDATION);
  }

  /** Of a diagnosis: how saturated gates are, how far layers reach, how much weights change. */
  static Map<String, Double> of(Diagnosis diagnosis) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (LayerFigures layer : diagnosis.figures().layers()) {
      layer
          .gates()
          .forEach(
              gate ->
                  values.put(
                      "saturated/layer_%d/%s".formatted(layer.layer(), gate.name()),
                      gate.saturated()));
      values.put("reach/layer_" + layer.layer(), (double) layer.reach());
    }
    diagnosis
        .figures()
        .update()
        .ifPresent(
            update ->
                update
                    .blocks()
                    .forEach(block -> values.put("update_ratio/" + block.block(), block.ratio())));
    return values;
  }

  /** What the model of a run reaches. */
  static Map<String, Double> of(StatusFile status) {
    Map<String, Double> values = new LinkedHashMap<>();
    status.metrics().forEach((name, value) -> values.put("result/" + name, value));
    return values;
  }
}
