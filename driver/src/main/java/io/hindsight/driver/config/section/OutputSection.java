package io.hindsight.driver.config.section;

import io.hindsight.datasets.Decimal;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.ScalingSpec;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.Transform;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.horizon.HorizonKeys;
import io.hindsight.driver.config.missing.TransformKey;
import io.hindsight.driver.config.output.ClassLossKeys;
import io.hindsight.driver.config.output.SpreadKeys;
import io.hindsight.driver.config.output.SpreadKeys.Spread;
import io.hindsight.driver.config.yaml.Section;
import io.hindsight.driver.config.yaml.Words;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.output.LossOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
  private final Optional<Spread> spread;
  private final LossOptions ofClasses;

  private OutputSection(
      Section section,
      Optional<String> activation,
      Optional<String> loss,
      Optional<Spread> spread,
      LossOptions ofClasses) {
    this.spread = spread;
    this.ofClasses = ofClasses;
    this.section = section;
    this.activation = activation;
    this.loss = loss;
  }

  /** Reads what is stated. */
  static OutputSection read(Section model) {
    Section section = model.section("output");
    Optional<String> activation = section.oneOf("activation", OutputKind.activations());
    Optional<String> loss = section.oneOf("loss", OutputKind.losses());
    OutputSection output =
        new OutputSection(
            section, activation, loss, SpreadKeys.read(section), ClassLossKeys.read(section));
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
    return spread.isPresent()
        ? Optional.of(OutputKind.VALUE)
        : loss.or(() -> activation).map(OutputKind::named);
  }

  /** The loss of targets of a kind. */
  Loss loss(OutputKind kind) {
    boolean fits = kind == OutputKind.VALUE;
    return spread.filter(some -> fits).map(Spread::loss).orElse(kind.loss());
  }

  /** What that loss is told beyond its name. */
  LossOptions options(OutputKind kind) {
    if (kind == OutputKind.CLASS) {
      return ofClasses;
    }
    boolean fits = kind == OutputKind.VALUE;
    return spread.filter(some -> fits).map(Spread::options).orElse(LossOptions.NONE);
  }

  /** The data, whose targets are counts if they are of a distribution of counts. */
  DataSpec counted(DataSpec spec, Section data) {
    if (spread.filter(some -> some.loss().targetsAreCounts()).isEmpty()) {
      return spec;
    }
    if (!(spec instanceof TableSpec table)) {
      String message = "only the targets of a table are counts";
      section.problem(SpreadKeys.DISTRIBUTION, message, "use gaussian or student-t");
      return spec;
    }
    refuseScaling(table.scaling(), data);
    return table.with(table.names().side().withCounts());
  }

  /** Paths of {@code data.paths} are made of samples, which a distribution has. */
  void requireSamples(DataSpec spec, Section data) {
    if (!(spec instanceof TableSpec table) || table.target().horizon().paths() == 0) {
      return;
    }
    if (spread.filter(some -> some.loss().isOfDistribution()).isEmpty()) {
      String message = "paths read samples, but no distribution is learned that has some";
      data.problem(
          HorizonKeys.PATHS, message, "name one in model.output.distribution, or delete the line");
      return;
    }
    Spread some = spread.get();
    int needed = some.options().quantiles().stream().mapToInt(OutputSection::paths).max().orElse(0);
    if (table.target().horizon().paths() < needed) {
      String message = "no sample of %d paths lies beyond the outermost of the intervals %s";
      data.problem(
          HorizonKeys.PATHS,
          message.formatted(table.target().horizon().paths(), some.options().quantiles()),
          "use %d or more, or intervals nearer to the median".formatted(needed));
    }
    if (some.loss().targetsAreCounts() && some.options().margins().isPresent()) {
      String message = "quantiles of sampled counts are counts, which margins would make others";
      section.problem(SpreadKeys.CONFORMAL, message, "leave out conformal, or data.paths");
    }
  }

  /** How many samples have one on each side of a quantile, if they are spread evenly. */
  private static int paths(double level) {
    BigDecimal below = new BigDecimal(Decimal.of(level));
    BigDecimal outer = below.min(BigDecimal.ONE.subtract(below));
    return BigDecimal.ONE.divide(outer, 0, RoundingMode.CEILING).intValueExact() - 1;
  }

  private static void refuseScaling(ScalingSpec scaling, Section data) {
    if (scaling.difference()) {
      String message = "changes of counts are no counts";
      data.problem("difference", message, "use difference: false, or another distribution");
    }
    if (!scaling.by().isTable()) {
      String message =
          "counts are told their mean in the table, and none of each sequence or window";
      data.problem("scale-by", message, "use scale-by: table, or another distribution");
    }
    if (!scaling.transform().equals(Transform.NONE)) {
      String message = "what is made of counts by a transform are no counts";
      data.problem(TransformKey.KEY, message, "delete the line, or use another distribution");
    }
  }

  /** Margins of intervals are chosen by the validation part. */
  void requireValidation(DataSpec spec, String remedy) {
    boolean widened = spread.filter(some -> some.options().margins().isPresent()).isPresent();
    if (widened && !spec.split().hasValidation()) {
      String message = "there is no validation part that tells how far off targets lie";
      section.problem(SpreadKeys.CONFORMAL, message, remedy);
    }
  }

  /** The kind for the data's targets; a contradiction is reported. */
  OutputKind kindFor(TargetKind targets) {
    OutputKind kind = OutputKind.of(targets);
    if (kind != OutputKind.CLASS) {
      ClassLossKeys.refuse(section, Words.of(targets));
    }
    if (spread.isPresent() && kind != OutputKind.VALUE) {
      String key = spread.get().key();
      String message = "only numbers have them, but the targets are of kind " + Words.of(targets);
      section.problem(key, message, "delete the line, or use target-kind: value");
      return kind;
    }
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
    if (model.loss() != kind.loss() || model.options().margins().isPresent()) {
      output.put("at", Words.of(model.at()));
      SpreadKeys.write(model.loss(), model.options(), output);
      return output;
    }
    output.put("activation", kind.activation());
    output.put("at", Words.of(model.at()));
    output.put("loss", kind.lossName());
    ClassLossKeys.write(model.options(), output);
    return output;
  }
}
