package io.hindsight.driver.config.section;

import io.hindsight.datasets.DataSpec.TargetKind;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.OutputSpec.At;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code model.output} section. Activation, loss and the data's targets decide one another;
 * what is stated must agree, and the rest follows.
 */
final class OutputSection {
  private final Section section;
  private final Optional<String> activation;
  private final Optional<String> loss;

  private OutputSection(Section section, Optional<String> activation, Optional<String> loss) {
    this.section = section;
    this.activation = activation;
    this.loss = loss;
  }

  /** Reads what is stated. */
  static OutputSection read(Section model) {
    Section section = model.section("output");
    Optional<String> activation = section.oneOf("activation", OutputKind.activations());
    Optional<String> loss = section.oneOf("loss", OutputKind.losses());
    OutputSection output = new OutputSection(section, activation, loss);
    output.refuseMismatch();
    return output;
  }

  private void refuseMismatch() {
    if (activation.isPresent()
        && loss.isPresent()
        && !OutputKind.named(loss.get()).isNamed(activation.get())) {
      String right = OutputKind.named(activation.get()).lossName();
      section.problem(
          "loss",
          loss.get() + " does not fit the activation " + activation.get(),
          "use " + right + ", or leave out one of the two");
    }
  }

  /** The kind of output that is stated, if any is. */
  Optional<OutputKind> stated() {
    return loss.or(() -> activation).map(OutputKind::named);
  }

  /** The kind for the data's targets; a contradiction is reported. */
  OutputKind kindFor(TargetKind targets) {
    OutputKind kind = OutputKind.of(targets);
    Optional<String> stated = loss.or(() -> activation);
    boolean clear = section.sound("loss") && section.sound("activation");
    if (clear && stated.isPresent() && !kind.isNamed(stated.get())) {
      String key = loss.isPresent() ? "loss" : "activation";
      section.problem(
          key,
          stated.get()
              + " does not fit the targets of the data, which are of kind "
              + Words.of(targets),
          "use " + kind.activation() + " with " + kind.lossName() + ", or leave both out");
    }
    return kind;
  }

  /** Where the targets are: as stated, or else where the data has them. */
  At at(Optional<At> fixed, String data) {
    Optional<At> stated = section.choice("at", At.class);
    if (fixed.isPresent() && stated.isPresent() && !stated.equals(fixed)) {
      String right = Words.of(fixed.get());
      section.problem(
          "at", "the targets of " + data + " are at " + right + " only", "use " + right);
    }
    return stated.or(() -> fixed).orElse(ModelConfig.DEFAULT_AT);
  }

  /** Writes the section, with all that decides one another. */
  static Map<String, Object> write(ModelConfig model) {
    OutputKind kind = OutputKind.of(model.loss());
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("activation", kind.activation());
    output.put("at", Words.of(model.at()));
    output.put("loss", kind.lossName());
    return output;
  }
}
