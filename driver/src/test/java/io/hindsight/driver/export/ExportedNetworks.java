package io.hindsight.driver.export;

import io.hindsight.driver.model.Json;
import io.hindsight.driver.model.ModelDescription;
import io.hindsight.driver.model.StoredModel;
import io.hindsight.driver.model.WeightsHash;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.bptt.Predictor;
import io.hindsight.kernels.loss.ElementAnswers;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import io.hindsight.kernels.network.output.LossOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Networks of all kinds that are exported, with random weights, and sequences for them. */
public final class ExportedNetworks {
  /** Lengths of the sequences of a batch; the longest is not the first, and one has one step. */
  public static final List<Integer> LENGTHS = List.of(5, 1, 9, 3, 8);

  private ExportedNetworks() {}

  /** Cells that other programs have. */
  public static List<Cell> usualCells() {
    return List.of(
        new RnnCell(Activation.TANH), new RnnCell(Activation.RELU), new LstmCell(), new GruCell());
  }

  /** Every cell, the simple one with every activation. */
  public static List<Cell> cells() {
    return Stream.concat(
            Stream.of(Activation.values()).<Cell>map(RnnCell::new),
            Stream.of(new LstmCell(), new GruCell()))
        .toList();
  }

  /** What is read: numbers, tokens, rows of tables, what belongs to the sequence. */
  public static List<InputSpec> inputs() {
    EmbeddingSpec step = new EmbeddingSpec(4, 3, false);
    EmbeddingSpec other = new EmbeddingSpec(3, 2, false);
    EmbeddingSpec ofSequence = new EmbeddingSpec(5, 2, true);
    return List.of(
        InputSpec.dense(7),
        InputSpec.tokens(5),
        InputSpec.embeddedTokens(5, 9),
        InputSpec.dense(2, 3, List.of(step, other, ofSequence)),
        InputSpec.dense(0, 0, List.of(step)),
        InputSpec.dense(1, 2, List.of()),
        InputSpec.dense(4, 0, List.of(ofSequence)));
  }

  /** Stacks that modules of usual libraries compute; widths are awkward ones. */
  public static List<List<LayerSpec>> stacks(Cell cell) {
    RecurrentSpec both = new RecurrentSpec(cell, 5, true, false, false, StateNoise.NONE);
    RecurrentSpec ten = RecurrentSpec.plain(cell, 10);
    return List.of(
        List.of(RecurrentSpec.plain(cell, 1)),
        List.of(RecurrentSpec.plain(cell, 33)),
        List.of(
            RecurrentSpec.plain(cell, 7),
            new DropoutSpec(0.3, false),
            RecurrentSpec.plain(cell, 7)),
        List.of(both),
        List.of(both, both),
        List.of(both, ten.withResidual(true), RecurrentSpec.plain(new GruCell(), 3)),
        List.of(RecurrentSpec.plain(cell, 4), both.withHidden(3)),
        List.of(ten, new RecurrentSpec(cell, 5, true, false, true, StateNoise.NONE), ten));
  }

  /**
   * Layers whose cells are not those of usual libraries; a normalisation of fewer numbers would
   * magnify their rounding.
   */
  public static List<List<LayerSpec>> unusualStacks(Cell cell) {
    StateNoise zoneout = new StateNoise(0.2, 0.3, cell.hasCellState() ? 0.4 : 0);
    RecurrentSpec normal = new RecurrentSpec(cell, 9, false, true, false, StateNoise.NONE);
    RecurrentSpec slow = new RecurrentSpec(cell, 9, false, false, true, zoneout);
    RecurrentSpec both = new RecurrentSpec(cell, 12, true, true, false, zoneout);
    return List.of(List.of(normal), List.of(normal, slow), List.of(both, normal), List.of(both));
  }

  /** Every loss, with what makes its answers others. */
  public static List<OutputSpec> outputs(At at) {
    List<OutputSpec> outputs = new ArrayList<>();
    for (Loss loss : Loss.values()) {
      if (loss.targetsAreStrings() && at == At.LAST_STEP) {
        continue;
      }
      LossOptions options =
          loss == Loss.PINBALL
              ? LossOptions.ofQuantiles(List.of(0.1, 0.5, 0.9))
              : loss.targetsAreCounts()
                  ? LossOptions.NONE.withElementScales(List.of(3.5, 1.0, 0.25, 40.0))
                  : LossOptions.NONE;
      outputs.add(new OutputSpec(4, loss, at, options));
    }
    outputs.add(new OutputSpec(2, Loss.CUMULATIVE_LOGITS, at));
    return outputs;
  }

  /** Networks of usual cells: all stacks, then all inputs and all outputs with one of them. */
  public static List<NetworkSpec> usual(List<Cell> cells) {
    List<NetworkSpec> networks = new ArrayList<>();
    for (At at : At.values()) {
      OutputSpec numbers = new OutputSpec(3, Loss.SQUARED_ERROR, at);
      for (Cell cell : cells) {
        for (List<LayerSpec> stack : stacks(cell)) {
          networks.add(new NetworkSpec(InputSpec.dense(7), stack, numbers));
        }
      }
      for (InputSpec input : inputs()) {
        networks.add(new NetworkSpec(input, stacks(new LstmCell()).get(4), numbers));
      }
      for (OutputSpec output : outputs(at)) {
        networks.add(new NetworkSpec(InputSpec.dense(7), stacks(new GruCell()).get(2), output));
      }
      OutputSpec tied = new OutputSpec(5, Loss.SOFTMAX_CROSS_ENTROPY, at, true);
      List<LayerSpec> nine = NetworkSpec.plainLayers(new LstmCell(), List.of(9));
      networks.add(new NetworkSpec(InputSpec.embeddedTokens(5, 9), nine, tied));
    }
    return networks;
  }

  /** Normalised layers, zoneout, residual ones. */
  public static List<NetworkSpec> unusual() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (At at : At.values()) {
      for (Cell cell : cells()) {
        for (List<LayerSpec> stack : unusualStacks(cell)) {
          OutputSpec output = new OutputSpec(3, Loss.SQUARED_ERROR, at);
          networks.add(new NetworkSpec(InputSpec.dense(7), stack, output));
        }
      }
      for (InputSpec input : inputs()) {
        OutputSpec output = new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, at);
        networks.add(new NetworkSpec(input, unusualStacks(new LstmCell()).get(2), output));
      }
    }
    return networks;
  }

  /** A model with random weights. */
  public static StoredModel model(NetworkSpec network, long seed) {
    ParameterLayout layout = new ParameterLayout(network);
    double[] values = new Random(seed).doubles(layout.size(), -0.6, 0.6).toArray();
    Parameters parameters = new Parameters(layout, values);
    ModelDescription description =
        new ModelDescription(network, Json.object(), "", "", "", Map.of(), Map.of());
    return new StoredModel(description, parameters, WeightsHash.of(parameters));
  }

  /** A random sequence that a network reads. */
  public static Sequence sequence(InputSpec input, int length, Random random) {
    Sequence steps =
        input.isTokens()
            ? Sequence.ofTokens("s", random.ints(length, -1, input.features()).toArray())
            : Sequence.ofFeatures("s", numbers(random, length * input.ownNumbers()), length);
    if (input.isTokens()) {
      return steps;
    }
    int ofSteps = input.stepCategories();
    int[] ids = new int[length * ofSteps];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.nextInt(input.tables().get(i % ofSteps).rows());
    }
    int[] own = new int[input.sequenceCategories()];
    for (int k = 0; k < own.length; k++) {
      own[k] = random.nextInt(input.tables().get(ofSteps + k).rows());
    }
    return steps
        .withCategories(ids)
        .withStatics(new Statics(numbers(random, input.statics()), own));
  }

  /** Numbers that single precision has exactly. */
  private static double[] numbers(Random random, int count) {
    return random.doubles(count, -2, 2).map(x -> (float) x).toArray();
  }

  /** What a model answers: (T, A), or (A) at the last step. */
  public static double[] answers(StoredModel model, Sequence sequence) {
    double[] answers = new Predictor(model.parameters()).predict(sequence);
    ElementAnswers.answer(model.network().output(), answers);
    return answers;
  }

  /** The largest difference, as a share of the largest answer. */
  public static double deviation(double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = Double.MIN_NORMAL;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
      if (Double.isNaN(actual[i])) {
        return Double.NaN;
      }
    }
    return difference / largest;
  }
}
