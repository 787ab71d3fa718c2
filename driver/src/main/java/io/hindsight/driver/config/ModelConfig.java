package io.hindsight.driver.config;

import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.List;
import java.util.Optional;

/**
 * The network, but for the sizes that the data decides: the {@code model} section.
 *
 * @param layers from the input upwards
 * @param loss the output's loss, and with it its activation
 * @param at the steps that have a target
 * @param initial the initial weights
 * @param embedding the tables; absent where there is no table
 * @param options what the loss is told beyond its name
 */
public record ModelConfig(
    List<LayerSpec> layers,
    OutputSpec.Loss loss,
    OutputSpec.At at,
    InitialWeights initial,
    Optional<Embedding> embedding,
    LossOptions options) {
  /** Of the cell {@code rnn}. */
  public static final Activation DEFAULT_ACTIVATION = Activation.TANH;

  /** Of {@link #at}, for data that does not decide it. */
  public static final OutputSpec.At DEFAULT_AT = OutputSpec.At.EVERY_STEP;

  /**
   * The initial weights: the {@code model.initial} section.
   *
   * @param type distribution of the matrices
   * @param forgetBias the LSTM's forget-gate bias (the sum of its two biases); NaN leaves it as
   *     drawn
   */
  public record InitialWeights(InitialKind type, double forgetBias) {
    /** What is used where nothing is said. */
    public static final InitialWeights DEFAULT =
        new InitialWeights(InitialKind.UNIFORM, Double.NaN);
  }

  public ModelConfig {
    layers = List.copyOf(layers);
  }

  /**
   * The same, where the presence of each label counts something of its own.
   *
   * @param weights for each output; none where all count alike
   */
  public ModelConfig withPositiveWeights(List<Double> weights) {
    LossOptions weighted = options.withPositiveWeights(weights);
    return new ModelConfig(layers, loss, at, initial, embedding, weighted);
  }

  /**
   * The same, where the loss of each element of a target counts something of its own.
   *
   * @param weights for each element; none where all count alike
   */
  public ModelConfig withElementWeights(List<Double> weights) {
    LossOptions weighted = options.withElementWeights(weights);
    return new ModelConfig(layers, loss, at, initial, embedding, weighted);
  }

  /** The network for data with these inputs and this many outputs. */
  public NetworkSpec network(InputSpec input, int outputs) {
    return network(input, outputs, List.of());
  }

  /**
   * The same for counts.
   *
   * @param levels what the mean of the count of each output is a multiple of; empty for other data
   */
  public NetworkSpec network(InputSpec input, int outputs, List<Double> levels) {
    LossOptions all = loss.targetsAreCounts() ? options.withElementScales(levels) : options;
    OutputSpec output = new OutputSpec(outputs, loss, at, all);
    boolean tied = embedding.filter(Embedding::tied).isPresent();
    return new NetworkSpec(input(input), layers, tied ? output.withTable() : output);
  }

  /** What the network reads of data with these inputs, whatever the width of their tables. */
  public InputSpec input(InputSpec input) {
    return embedding
        .map(some -> some.of(input))
        .orElse(input.isTokens() ? InputSpec.tokens(input.features()) : input);
  }
}
