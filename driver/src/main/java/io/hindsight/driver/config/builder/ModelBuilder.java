package io.hindsight.driver.config.builder;

import io.hindsight.driver.config.LayerWords;
import io.hindsight.driver.config.ModelConfig;
import io.hindsight.driver.config.OutputKind;
import io.hindsight.driver.config.section.ResolvedConfig;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.util.Arrays;
import java.util.Map;

/** The {@code model} section. */
public final class ModelBuilder {
  private final Keys keys;

  private ModelBuilder(Keys keys) {
    this.keys = keys;
  }

  private ModelBuilder(String cell, int... hidden) {
    this(new Keys());
    keys.set("cell", cell);
    keys.set("hidden", Arrays.stream(hidden).boxed().toList());
  }

  /** Of a section that is there, to change some of it. */
  public static ModelBuilder from(ModelConfig config) {
    return new ModelBuilder(new Keys(ResolvedConfig.toMap(config)));
  }

  /**
   * Simple recurrent layers.
   *
   * @param hidden units of each layer
   */
  public static ModelBuilder rnn(int... hidden) {
    return new ModelBuilder("rnn", hidden);
  }

  /**
   * LSTM layers.
   *
   * @param hidden units of each layer
   */
  public static ModelBuilder lstm(int... hidden) {
    return new ModelBuilder("lstm", hidden);
  }

  /**
   * GRU layers.
   *
   * @param hidden units of each layer
   */
  public static ModelBuilder gru(int... hidden) {
    return new ModelBuilder("gru", hidden);
  }

  /** The nonlinearity of {@code rnn}. */
  public ModelBuilder activation(Activation activation) {
    keys.set("activation", activation);
    return this;
  }

  /** Layers one by one, of any kind, in the place of equal ones. */
  public static ModelBuilder layers(LayerSpec... layers) {
    ModelBuilder builder = new ModelBuilder(new Keys());
    builder.keys.set("layers", Arrays.stream(layers).map(LayerWords::keys).toList());
    return builder;
  }

  /** The width of the tables in which each category or token has a row. */
  public ModelBuilder embedding(int width) {
    keys.set("embedding", width);
    return this;
  }

  /** Whether a text's table of tokens, as wide as the top layer, is the output's matrix, too. */
  public ModelBuilder tied(boolean shares) {
    keys.set("tied", shares);
    return this;
  }

  /** Whether each layer's products with input and state are normalised, and an LSTM's c. */
  public ModelBuilder layerNorm(boolean normalized) {
    keys.set("layer-norm", normalized);
    return this;
  }

  /** Whether each layer above the first whose width allows it adds what it reads to its h. */
  public ModelBuilder residual(boolean adds) {
    keys.set("residual", adds);
    return this;
  }

  /** Whether each layer reads sequences from their ends too. */
  public ModelBuilder bidirectional(boolean both) {
    keys.set("bidirectional", both);
    return this;
  }

  /** Dropout between layers, anew at each step. */
  public ModelBuilder dropout(double rate) {
    keys.set("dropout", rate);
    return this;
  }

  /** Dropout of what each layer reads, the same units at all steps. */
  public ModelBuilder inputDropout(double rate) {
    keys.set("input-dropout", rate);
    return this;
  }

  /** Dropout of the state that each layer reads, the same units at all steps. */
  public ModelBuilder recurrentDropout(double rate) {
    keys.set("recurrent-dropout", rate);
    return this;
  }

  /** The probability that a unit keeps its state at a step, of an LSTM both states. */
  public ModelBuilder zoneout(double rate) {
    keys.set("zoneout", rate);
    return this;
  }

  /** The same of an LSTM's cell state. */
  public ModelBuilder zoneoutCell(double rate) {
    keys.set("zoneout-cell", rate);
    return this;
  }

  /**
   * The loss, and with it the output's nonlinearity; otherwise they follow from the targets, or
   * from quantiles or a distribution.
   */
  public ModelBuilder loss(Loss loss) {
    keys.set("output", "loss", OutputKind.of(loss).lossName());
    return this;
  }

  /**
   * The quantiles that are learned in place of one number.
   *
   * @param levels in (0, 1), ascending; 0.5 is among them
   */
  public ModelBuilder quantiles(double... levels) {
    keys.set("output", "quantiles", Arrays.stream(levels).boxed().toList());
    return this;
  }

  /**
   * The distribution whose parameters are learned in place of one number.
   *
   * @param loss of the distribution
   * @param intervals the levels of the quantiles that are answered of it, ascending in (0, 1)
   */
  public ModelBuilder distribution(Loss loss, double... intervals) {
    keys.set("output", "distribution", loss);
    keys.set("output", "intervals", Arrays.stream(intervals).boxed().toList());
    return this;
  }

  /**
   * How much of a class's target is spread over all classes.
   *
   * @param share at least 0 and below 1
   */
  public ModelBuilder labelSmoothing(double share) {
    keys.set("output", "label-smoothing", share);
    return this;
  }

  /**
   * Widens intervals between quantiles so that they hold as many targets as they say; asked of one
   * number, they are put around it.
   */
  public ModelBuilder conformal() {
    keys.set("output", "conformal", true);
    return this;
  }

  /**
   * The focal loss of classes.
   *
   * @param gamma at least 0
   */
  public ModelBuilder focal(double gamma) {
    keys.set("output", "focal", gamma);
    return this;
  }

  /**
   * The levels of the quantiles that are answered of a distribution, or beside one number.
   *
   * @param levels in (0, 1), ascending
   */
  public ModelBuilder intervals(double... levels) {
    keys.set("output", "intervals", Arrays.stream(levels).boxed().toList());
    return this;
  }

  /** The steps that are answered. */
  public ModelBuilder outputAt(At at) {
    keys.set("output", "at", at);
    return this;
  }

  /** The distribution of the initial matrices. */
  public ModelBuilder initialType(InitialKind type) {
    keys.set("initial", "type", type);
    return this;
  }

  /** The bias of the LSTM's forget gate at the start. */
  public ModelBuilder initialForgetBias(double bias) {
    keys.set("initial", "forget-bias", bias);
    return this;
  }

  Map<String, Object> toMap() {
    return keys.toMap();
  }
}
