package io.hindsight.driver.config.section;

import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.RnnCell;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the section that {@link ModelSection} reads. */
final class ResolvedModel {
  private ResolvedModel() {}

  /** The {@code model} section. */
  static Map<String, Object> of(ModelConfig config) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("cell", config.cell().name());
    if (config.cell() instanceof RnnCell rnn) {
      model.put("activation", Words.of(rnn.activation()));
    }
    model.put("hidden", config.hidden());
    OutputKind kind = OutputKind.of(config.loss());
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("activation", kind.activation());
    output.put("at", Words.of(config.at()));
    output.put("loss", kind.lossName());
    model.put("output", output);
    Map<String, Object> initial = new LinkedHashMap<>();
    initial.put("type", Words.of(config.initial().type()));
    if (!Double.isNaN(config.initial().forgetBias())) {
      initial.put("forget-bias", config.initial().forgetBias());
    }
    model.put("initial", initial);
    return model;
  }
}
