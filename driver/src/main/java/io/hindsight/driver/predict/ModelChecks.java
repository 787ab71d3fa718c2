package io.hindsight.driver.predict;

import io.hindsight.datasets.Count;
import io.hindsight.datasets.columns.SideColumns;
import io.hindsight.datasets.encoding.Encoding;
import io.hindsight.datasets.encoding.Labels;
import io.hindsight.datasets.grid.Frequency;
import io.hindsight.datasets.grid.TimeRules;
import io.hindsight.datasets.spec.DataSpec;
import io.hindsight.datasets.spec.GeneratorSpec;
import io.hindsight.datasets.spec.Horizon;
import io.hindsight.datasets.spec.TableSpec;
import io.hindsight.datasets.spec.TargetKind;
import io.hindsight.datasets.spec.TextSpec;
import io.hindsight.datasets.time.TimeInputs;
import io.hindsight.driver.config.ConfigException;
import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.RunConfig;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.ModelException;
import io.hindsight.driver.model.ModelException.Kind;
import io.hindsight.driver.recursive.RecursiveOutput;
import io.hindsight.driver.score.Majority;
import io.hindsight.driver.score.rank.Threshold;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the parts of a stored model speak of one thing: the network that the weights have, how
 * data is encoded for it, and the configuration it was trained by.
 */
final class ModelChecks {
  private final NetworkSpec network;
  private final List<String> contradictions = new ArrayList<>();

  private ModelChecks(NetworkSpec network) {
    this.network = network;
  }

  /**
   * Refuses a model whose parts contradict each other.
   *
   * @param where its {@code model.json}
   * @param config the stored configuration, without the caller's changes
   * @throws ModelException naming every contradiction
   */
  static void requireOneModel(
      String where, ModelDescription model, Encoding encoding, RunConfig config) {
    ModelChecks checks = new ModelChecks(model.network());
    checks.encoding(encoding);
    checks.configuration(config.model());
    checks.data(config.data(), encoding);
    checks.majority(model.metadata().get(Majority.KEY));
    checks.threshold(model.metadata().get(Threshold.KEY));
    if (!checks.contradictions.isEmpty()) {
      String all = String.join("; ", checks.contradictions);
      throw new ModelException(Kind.CORRUPT, where + " contradicts itself: " + all);
    }
  }

  /**
   * Refuses changes of a configuration that would make it one of another network.
   *
   * @param config the configuration with the caller's changes
   * @throws ConfigException naming what was changed
   */
  static void requireSameNetwork(NetworkSpec network, RunConfig config) {
    ModelChecks checks = new ModelChecks(network);
    checks.configuration(config.model());
    if (!checks.contradictions.isEmpty()) {
      throw ConfigException.of(
          "--set model.…",
          "a stored network cannot be changed, but %s; leave it out, or train another model"
              .formatted(String.join("; ", checks.contradictions)));
    }
  }

  private void encoding(Encoding encoding) {
    InputSpec input = encoding.input();
    same("the encoding gives", kind(input), kind(network.input()));
    same(reads(encoding), inputs(input.features()), inputs(network.input().features()));
    String beside = "the encoding has beside them";
    same(beside, InputWords.beside(input), InputWords.beside(network.input()));
    same(answers(encoding), outputs(encoding.outputs()), outputs(network.output().size()));
    same("the encoding has targets of kind", word(encoding.targetKind()), targets());
    List<Double> scales = network.output().options().elementScales();
    same("the encoding has counts of the levels", encoding.countLevels(), scales);
    margins(encoding);
    if (RecursiveOutput.paths(encoding) > 0) {
      boolean drawn = network.output().loss().isOfDistribution();
      same(
          "the encoding has paths of samples of",
          "a distribution",
          drawn ? "a distribution" : targets());
    }
  }

  /** Intervals of all steps ahead, which the weights alone do not tell. */
  private void margins(Encoding encoding) {
    LossOptions options = network.output().options();
    int known = options.margins().map(margins -> margins.values().size()).orElse(0);
    if (known > 0) {
      int asked = network.output().size() * RecursiveOutput.answers(encoding) * options.pairs();
      same("the encoding asks for", Count.of(asked, "margin"), Count.of(known, "margin"));
    }
  }

  private static String reads(Encoding encoding) {
    return encoding instanceof Encoding.Text
        ? "the vocabulary gives"
        : encoding instanceof Encoding.Table ? "the scaled columns give" : "the task gives";
  }

  private static String answers(Encoding encoding) {
    if (encoding instanceof Encoding.Table table) {
      return table.labels().isPresent() ? "the labels give" : "the scaled targets give";
    }
    return reads(encoding);
  }

  private static String inputs(int count) {
    return Count.of(count, "input");
  }

  private static String outputs(int count) {
    return Count.of(count, "output");
  }

  /** The kind of targets that the network's loss is for. */
  private String targets() {
    return switch (network.output().loss()) {
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T, NEGATIVE_BINOMIAL, POISSON ->
          word(TargetKind.VALUE);
      case SOFTMAX_CROSS_ENTROPY -> word(TargetKind.CLASS);
      case BINARY_CROSS_ENTROPY -> word(TargetKind.MULTILABEL);
      case CTC -> word(TargetKind.LABEL_STRING);
      case CUMULATIVE_LOGITS -> word(TargetKind.ORDERED);
    };
  }

  private void configuration(ModelConfig config) {
    OutputSpec output = network.output();
    Optional<Cell> configured = NetworkSpec.plainCell(config.layers());
    Optional<Cell> stored = NetworkSpec.plainCell(network.layers());
    if (configured.isPresent() && stored.isPresent()) {
      same("the configuration has the cell", cell(configured.get()), cell(stored.get()));
      same("the configuration has hidden", NetworkSpec.hidden(config.layers()), network.hidden());
    } else {
      String layers = LayerWords.text(config.layers());
      same("the configuration has the layers", layers, LayerWords.text(network.layers()));
    }
    same(
        "the configuration has embeddings of the widths",
        InputWords.widths(config.input(network.input())),
        InputWords.widths(network.input()));
    same("the configuration has the loss", word(config.loss()), word(output.loss()));
    List<Double> quantiles = config.options().quantiles();
    same("the configuration has quantiles", quantiles, output.options().quantiles());
    same(
        "the configuration has horizon-weights",
        config.options().elementWeights(),
        output.options().elementWeights());
    double smoothing = config.options().labelSmoothing();
    double gamma = config.options().focalGamma();
    same("the configuration has label-smoothing", smoothing, output.options().labelSmoothing());
    same("the configuration has focal", gamma, output.options().focalGamma());
    same(
        "the configuration has model.output.conformal",
        config.options().margins().isPresent(),
        output.options().margins().isPresent());
    same("the configuration has targets at", word(config.at()), word(output.at()));
  }

  private void data(DataSpec spec, Encoding encoding) {
    if (spec instanceof TableSpec table && encoding instanceof Encoding.Table stored) {
      sameData("inputs", table.names().inputs(), stored.inputs());
      sameData("future", table.names().side().future(), stored.side().future());
      SideColumns side = table.names().side().inOrder();
      sameData("categories", side.categories(), stored.side().columns().categories());
      sameData("static", side.statics(), stored.side().columns().statics());
      sameData("weight", side.weights().column(), stored.side().weights().column());
      sameData("targets", table.names().targets(), stored.targets());
      sameData("target-kind", word(table.target().kind()), word(stored.targetKind()));
      Horizon asked = table.target().horizon();
      sameData("horizon", asked.steps(), stored.horizon().steps());
      sameData("strategy", word(asked.strategy()), word(stored.horizon().strategy()));
      sameData("paths", asked.paths(), stored.horizon().paths());
      sameData("difference", table.scaling().difference(), stored.difference());
      if (!table.target().order().isEmpty()) {
        sameData(
            "order", table.target().order(), stored.labels().map(Labels::names).orElse(List.of()));
      }
      times(table.timeRules(), stored.timeSteps().inputs());
    } else if (spec instanceof GeneratorSpec task && encoding instanceof Encoding.Generated g) {
      sameData("name", task.name(), g.name());
      sameData("length", task.length(), g.length());
      sameData("symbols", task.symbols(), g.symbols());
      sameData("horizon", task.horizon(), g.horizon());
    } else if (!(spec instanceof TextSpec && encoding instanceof Encoding.Text)) {
      sameData("kind", kind(spec), kind(encoding));
    }
  }

  private void times(TimeRules rules, TimeInputs inputs) {
    if (rules.frequency().filter(Frequency::isAuto).isEmpty()) {
      sameData("frequency", rules.frequency(), inputs.frequency());
    }
    sameData("gaps", word(rules.gaps()), word(inputs.gaps()));
    sameData("elapsed", rules.elapsed(), inputs.elapsed().isPresent());
    sameData("calendar", rules.calendar(), inputs.calendar());
  }

  private void majority(String text) {
    try {
      Optional<Majority> majority = Majority.parse(text);
      OutputSpec output = network.output();
      boolean known =
          majority.stream()
              .flatMap(m -> m.outputs().stream())
              .allMatch(o -> o >= 0 && o < output.size());
      if (!known || majority.filter(some -> !some.fits(output)).isPresent()) {
        contradictions.add(majorityIs(text));
      }
    } catch (NumberFormatException e) {
      contradictions.add(majorityIs(text));
    }
  }

  private void threshold(String text) {
    try {
      Threshold.parse(text);
    } catch (IllegalArgumentException e) { // also where it is no number
      contradictions.add(
          "%s is '%s', but must be a number from 0 to 1".formatted(Threshold.KEY, text));
    }
  }

  private String majorityIs(String text) {
    return "%s is '%s', but the network has outputs 0 to %d"
        .formatted(Majority.KEY, text, network.output().size() - 1);
  }

  private void same(String claim, Object claimed, Object actual) {
    if (!claimed.equals(actual)) {
      contradictions.add("%s %s, but the network has %s".formatted(claim, claimed, actual));
    }
  }

  private void sameData(String key, Object configured, Object encoded) {
    if (!configured.equals(encoded)) {
      contradictions.add(
          "the configuration has data.%s %s, but the encoding %s"
              .formatted(key, configured, encoded));
    }
  }

  private static String kind(Object specOrEncoding) {
    return word(specOrEncoding.getClass().getSimpleName());
  }

  private static String kind(InputSpec input) {
    return word(input.kind()) + " inputs";
  }

  private static String cell(Cell cell) {
    return cell instanceof RnnCell rnn ? "rnn of " + word(rnn.activation()) : cell.name();
  }

  private static String word(Enum<?> constant) {
    return word(constant.name());
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
