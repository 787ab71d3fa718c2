package io.hindsight.kernels.bptt;

import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Statics;
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
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Random networks, sequences and states for tests; each is a function of its seed. */
public final class Samples {
  /** I, and the size of the vocabulary. */
  public static final int INPUTS = 3;

  /** O. */
  public static final int OUTPUTS = 4;

  /** 11 lanes: two blocks, the second with empty lanes. */
  public static final int[] RAGGED = {5, 1, 7, 3, 6, 2, 7, 4, 3, 6, 1};

  private Samples() {}

  /** Every cell, the simple one with every activation. */
  public static List<Cell> cells() {
    return Stream.concat(
            Stream.of(Activation.values()).<Cell>map(RnnCell::new),
            Stream.of(new LstmCell(), new GruCell()))
        .toList();
  }

  /** Cells whose h is bounded, whatever noise multiplies it by. */
  public static List<Cell> boundedCells() {
    return List.of(
        new RnnCell(Activation.TANH),
        new RnnCell(Activation.SIGMOID),
        new LstmCell(),
        new GruCell());
  }

  /** The losses of single steps. */
  public static List<Loss> stepLosses() {
    return Stream.of(Loss.values()).filter(loss -> !loss.targetsAreStrings()).toList();
  }

  /** All losses of single steps for one cell, for the others those that every cell is held to. */
  public static List<Loss> stepLosses(Cell cell) {
    boolean all = cell instanceof GruCell;
    return stepLosses().stream().filter(loss -> all || !isOfRawValues(loss)).toList();
  }

  /** Whether a loss is of quantiles, thresholds, or a likelihood of numbers. */
  public static boolean isOfRawValues(Loss loss) {
    OutputSpec output = output(loss, At.EVERY_STEP);
    boolean ofThresholds = output.logits() < output.answers();
    return loss.targetsAreCounts() || ofThresholds || output.parameters() > 1;
  }

  /** The losses of single steps with everything that can be told to them. */
  public static List<OutputSpec> outputs(At at) {
    List<OutputSpec> outputs = new ArrayList<>();
    for (Loss loss : stepLosses()) {
      OutputSpec plain = output(loss, at);
      outputs.add(plain);
      if (!loss.targetsAreClasses()) {
        List<Double> weights = List.of(0.5, 2.0, 0.0, 3.25);
        LossOptions weighted = plain.options().withElementWeights(weights);
        outputs.add(new OutputSpec(OUTPUTS, loss, at, weighted));
      }
      if (loss.targetsAreCounts()) {
        outputs.add(scaled(loss, at));
      }
    }
    outputs.add(ofLabels(at, List.of()));
    outputs.add(ofLabels(at, List.of(0.5, 2.0, 0.0, 3.25)));
    outputs.add(ofClasses(at, 0.1, 0));
    outputs.add(ofClasses(at, 0, 0.5));
    outputs.add(ofClasses(at, 0, 2));
    return outputs;
  }

  /** Labels whose positives have weights, as their elements may have. */
  private static OutputSpec ofLabels(At at, List<Double> weights) {
    LossOptions options =
        LossOptions.NONE
            .withElementWeights(weights)
            .withPositiveWeights(List.of(3.0, 0.25, 40.0, 1.0));
    return new OutputSpec(OUTPUTS, Loss.BINARY_CROSS_ENTROPY, at, options);
  }

  /** Counts whose means are multiples of scales. */
  public static OutputSpec scaled(Loss loss, At at) {
    LossOptions scaled = LossOptions.NONE.withElementScales(List.of(3.5, 1.0, 0.25, 40.0));
    return new OutputSpec(OUTPUTS, loss, at, scaled);
  }

  /** Classes, with ε of label smoothing or γ of the focal loss. */
  public static OutputSpec ofClasses(At at, double smoothing, double gamma) {
    LossOptions options = new LossOptions(List.of(), List.of(), smoothing, gamma);
    return new OutputSpec(OUTPUTS, Loss.SOFTMAX_CROSS_ENTROPY, at, options);
  }

  /**
   * The same with weights, of which every fourth is 0, and without every third element of targets
   * that are numbers.
   */
  public static Sequence weighted(Sequence sequence, long seed) {
    CounterRandom random = random(seed);
    double[] weights = numbers(random, sequence.length(), 0);
    for (int t = 3; t < weights.length; t += 4) {
      weights[t] = 0;
    }
    Sequence weighted = sequence.withWeights(weights);
    if (sequence.targets() == null) {
      return weighted;
    }
    double[] targets = sequence.targets().clone();
    for (int i = 1; i < targets.length; i += 3) {
      targets[i] = Sequence.NO_VALUE;
    }
    return weighted.withTargets(targets);
  }

  /** An output of {@link #OUTPUTS} classes or elements, of three quantiles where it is of some. */
  public static OutputSpec output(Loss loss, At at) {
    LossOptions options =
        loss == Loss.PINBALL ? LossOptions.ofQuantiles(List.of(0.1, 0.5, 0.9)) : LossOptions.NONE;
    return new OutputSpec(OUTPUTS, loss, at, options);
  }

  /** A network of {@link #INPUTS} inputs and {@link #OUTPUTS} outputs. */
  public static NetworkSpec spec(Cell cell, boolean tokens, Loss loss, At at, Integer... hidden) {
    return NetworkSpec.plain(
        tokens ? InputSpec.tokens(INPUTS) : InputSpec.dense(INPUTS),
        cell,
        List.of(hidden),
        output(loss, at));
  }

  /** The same network with every recurrent layer in both directions. */
  public static NetworkSpec bothWays(NetworkSpec spec) {
    List<LayerSpec> layers = spec.layers().stream().map(Samples::bothWays).toList();
    return new NetworkSpec(spec.input(), layers, spec.output());
  }

  private static LayerSpec bothWays(LayerSpec layer) {
    return layer instanceof RecurrentSpec one
        ? new RecurrentSpec(
            one.cell(), one.hidden(), true, one.layerNorm(), one.residual(), one.noise())
        : layer;
  }

  /** Networks of a cell in which layers of one and of two directions follow each other. */
  public static List<NetworkSpec> mixedDirections(Cell cell, boolean tokens, Loss loss, At at) {
    LayerSpec one = RecurrentSpec.plain(cell, 4);
    LayerSpec two = bothWays(RecurrentSpec.plain(cell, 3));
    LayerSpec dropout = new DropoutSpec(0.4, false);
    InputSpec input = tokens ? InputSpec.tokens(INPUTS) : InputSpec.dense(INPUTS);
    return Stream.of(
            List.of(two, one),
            List.of(one, two),
            List.of(one, dropout, two, dropout),
            List.of(two, dropout, two, one))
        .map(layers -> new NetworkSpec(input, layers, output(loss, at)))
        .toList();
  }

  /** Networks of a cell with each kind of noise, alone and together, of two recurrent layers. */
  public static List<NetworkSpec> noisy(Cell cell, boolean tokens, At at) {
    double ofCell = cell.hasCellState() ? 0.4 : 0;
    StateNoise dropout = new StateNoise(0.5, 0, 0);
    StateNoise zoneout = new StateNoise(0, 0.3, ofCell);
    StateNoise all = new StateNoise(0.4, 0.2, ofCell);
    DropoutSpec between = new DropoutSpec(0.4, false);
    DropoutSpec variational = new DropoutSpec(0.3, true);
    List<List<LayerSpec>> stacks =
        List.of(
            List.of(RecurrentSpec.plain(cell, 5), between, RecurrentSpec.plain(cell, 3)),
            List.of(RecurrentSpec.plain(cell, 5), variational, noisy(cell, dropout), between),
            List.of(noisy(cell, dropout), RecurrentSpec.plain(new GruCell(), 3)),
            List.of(noisy(cell, zoneout), between, variational, noisy(cell, all)));
    OutputSpec output = new OutputSpec(OUTPUTS, Loss.SQUARED_ERROR, at);
    InputSpec input = tokens ? InputSpec.tokens(INPUTS) : InputSpec.dense(INPUTS);
    List<NetworkSpec> networks = new ArrayList<>();
    stacks.forEach(stack -> networks.add(new NetworkSpec(input, stack, output)));
    if (!tokens) {
      List<LayerSpec> first = List.of(variational, noisy(cell, all), RecurrentSpec.plain(cell, 2));
      networks.add(new NetworkSpec(input, first, output));
    }
    return networks;
  }

  private static LayerSpec noisy(Cell cell, StateNoise noise) {
    return new RecurrentSpec(cell, 4, false, false, false, noise);
  }

  /** Networks of a cell in which layers add what they read, beside noise and two directions. */
  public static List<NetworkSpec> residual(Cell cell, boolean tokens, At at) {
    RecurrentSpec one = RecurrentSpec.plain(cell, 4);
    LayerSpec adds = one.withResidual(true);
    LayerSpec bothAdd = bothWays(one.withHidden(2).withResidual(true));
    LayerSpec dropout = new DropoutSpec(0.4, false);
    StateNoise zoneout = new StateNoise(0.4, 0.2, cell.hasCellState() ? 0.4 : 0);
    LayerSpec noisy = new RecurrentSpec(cell, 4, false, true, true, zoneout);
    List<List<LayerSpec>> stacks = new ArrayList<>();
    stacks.add(List.of(one, adds, adds));
    stacks.add(List.of(one, bothAdd, adds));
    stacks.add(List.of(bothWays(one.withHidden(2)), dropout, adds, bothAdd, one.withHidden(3)));
    stacks.add(List.of(one, dropout, noisy, dropout));
    if (!tokens) {
      LayerSpec first = one.withHidden(INPUTS).withResidual(true);
      stacks.add(List.of(first, first));
      stacks.add(List.of(new DropoutSpec(0.3, true), first, dropout, first));
    }
    OutputSpec output = new OutputSpec(OUTPUTS, Loss.SQUARED_ERROR, at);
    InputSpec input = tokens ? InputSpec.tokens(INPUTS) : InputSpec.dense(INPUTS);
    return stacks.stream().map(stack -> new NetworkSpec(input, stack, output)).toList();
  }

  /** A cell of each kind. */
  public static List<Cell> kinds() {
    return List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell());
  }

  /** The network whose recurrent layers are normalised. */
  public static NetworkSpec normalized(NetworkSpec spec) {
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : spec.layers()) {
      layers.add(
          layer instanceof RecurrentSpec r
              ? new RecurrentSpec(
                  r.cell(), r.hidden(), r.bidirectional(), true, r.residual(), r.noise())
              : layer);
    }
    return new NetworkSpec(spec.input(), layers, spec.output());
  }

  /** Weights of a network; smaller ones where a layer reads 2H rows, whose sums would be larger. */
  public static Parameters parameters(NetworkSpec spec, long seed) {
    Parameters parameters = new Parameters(new ParameterLayout(spec));
    fill(parameters.values(), random(seed), spec.readsBothWays() ? 0.4 : 0.7);
    return parameters;
  }

  /** The cell of the first layer. */
  public static Cell cell(NetworkSpec spec) {
    return spec.recurrent().get(0).cell();
  }

  /** States of some blocks. */
  public static CarriedState state(NetworkSpec spec, int blocks, long seed) {
    CarriedState state = new CarriedState(spec, blocks);
    CounterRandom random = random(seed);
    for (int layer = 0; layer < state.layers(); layer++) {
      fill(state.hidden(layer), random, 1);
      fill(state.cell(layer), random, 1);
    }
    return state;
  }

  /** A sequence that fits the network, its targets too. */
  public static Sequence sequence(NetworkSpec spec, int length, long seed) {
    CounterRandom random = random(seed);
    String id = "sequence " + seed;
    Sequence inputs = inputs(id, spec.input(), length, random);
    int outputs = spec.output().size();
    return switch (spec.output().loss()) {
      case SOFTMAX_CROSS_ENTROPY, CUMULATIVE_LOGITS ->
          inputs.withClasses(ids(random, length, outputs));
      case CTC -> inputs.withClasses(string(random, length, outputs - 1));
      case SQUARED_ERROR, PINBALL, GAUSSIAN, STUDENT_T ->
          inputs.withTargets(numbers(random, length * outputs, -1));
      case NEGATIVE_BINOMIAL, POISSON -> inputs.withTargets(counts(random, length * outputs));
      case BINARY_CROSS_ENTROPY -> inputs.withTargets(numbers(random, length * outputs, 0));
    };
  }

  private static double[] counts(CounterRandom random, int size) {
    return Arrays.stream(ids(random, size, 5)).asDoubleStream().toArray();
  }

  private static Sequence inputs(String id, InputSpec input, int length, CounterRandom random) {
    Sequence own =
        input.isTokens()
            ? Sequence.ofTokens(id, ids(random, length, input.features()))
            : Sequence.ofFeatures(id, numbers(random, length * input.features(), -1.5), length);
    if (!input.isComposed()) {
      return own;
    }
    if (input.isTokens() && length > 2) {
      own.tokens()[1] = Sequence.NO_TOKEN;
    }
    List<EmbeddingSpec> tables = input.isTokens() ? List.of() : input.tables();
    int[] categories = new int[length * input.stepCategories()];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = random.nextInt(tables.get(i % input.stepCategories()).rows());
    }
    int[] statics =
        tables.stream()
            .filter(EmbeddingSpec::ofSequence)
            .mapToInt(table -> random.nextInt(table.rows()))
            .toArray();
    double[] numbers = numbers(random, input.statics(), -1.5);
    return own.withCategories(categories).withStatics(new Statics(numbers, statics));
  }

  /** Inputs that are put together: of one table and of many, with and without all else. */
  public static List<InputSpec> composedInputs() {
    EmbeddingSpec first = new EmbeddingSpec(4, 3, false);
    EmbeddingSpec second = new EmbeddingSpec(67, 1, false);
    EmbeddingSpec ofSequence = new EmbeddingSpec(3, 2, true);
    return List.of(
        InputSpec.dense(2, 0, List.of(first)),
        InputSpec.dense(0, 0, List.of(first, second)),
        InputSpec.dense(2, 2, List.of(first, second, ofSequence, ofSequence)),
        InputSpec.dense(0, 1, List.of(ofSequence)),
        InputSpec.dense(3, 2, List.of()),
        InputSpec.embeddedTokens(5, 3));
  }

  /** The network with another input. */
  public static NetworkSpec reading(InputSpec input, NetworkSpec spec) {
    return new NetworkSpec(input, spec.layers(), spec.output());
  }

  /** A network that answers one of five tokens by the table that it reads them from. */
  public static NetworkSpec tied(Cell cell, At at) {
    OutputSpec output = new OutputSpec(5, Loss.SOFTMAX_CROSS_ENTROPY, at).withTable();
    return NetworkSpec.plain(InputSpec.embeddedTokens(5, 3), cell, List.of(4, 3), output);
  }

  /** Networks of a cell that read a composed input, each kind of layer with noise one of them. */
  public static List<NetworkSpec> composed(Cell cell, At at) {
    List<NetworkSpec> networks = new ArrayList<>(List.of(tied(cell, at)));
    Iterator<NetworkSpec> noisy = noisy(cell, false, at).iterator();
    for (InputSpec input : composedInputs()) {
      NetworkSpec plain = reading(input, spec(cell, false, Loss.SQUARED_ERROR, at, 5, 4));
      networks.add(plain);
      networks.add(bothWays(plain));
      networks.add(reading(input, normalized(spec(cell, false, Loss.SQUARED_ERROR, at, 12))));
      if (noisy.hasNext()) {
        networks.add(reading(input, noisy.next()));
      }
    }
    return networks;
  }

  /** The same sequence, of whose steps those between {@code from} and {@code to} have no target. */
  public static Sequence masked(Sequence sequence, int from, int to) {
    if (sequence.classes() != null) {
      int[] classes = sequence.classes().clone();
      Arrays.fill(classes, from, to, Sequence.NO_CLASS);
      return sequence.withClasses(classes);
    }
    double[] targets = sequence.targets().clone();
    int width = sequence.targetWidth();
    Arrays.fill(targets, from * width, to * width, Sequence.NO_VALUE);
    return sequence.withTargets(targets);
  }

  /** Sequences of these lengths. */
  public static Sequence[] sequences(NetworkSpec spec, int... lengths) {
    Sequence[] sequences = new Sequence[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      sequences[i] = sequence(spec, lengths[i], i);
    }
    return sequences;
  }

  /** Sequences of these lengths, one per lane. */
  public static SequenceBatch batch(NetworkSpec spec, int... lengths) {
    return SequenceBatch.of(sequences(spec, lengths));
  }

  /** Every third step or so has a label, never the same twice in a row. */
  private static int[] string(CounterRandom random, int length, int labels) {
    int[] classes = new int[length];
    int before = 0;
    for (int t = 0; t < length; t++) {
      boolean has = random.nextInt(3) == 0;
      before = has ? (before + 1 + random.nextInt(labels - 1)) % labels : before;
      classes[t] = has ? before : Sequence.NO_CLASS;
    }
    return classes;
  }

  private static int[] ids(CounterRandom random, int length, int bound) {
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = random.nextInt(bound);
    }
    return ids;
  }

  private static double[] numbers(CounterRandom random, int count, double low) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble(low, low < 0 ? -low : 1);
    }
    return numbers;
  }

  private static void fill(double[] values, CounterRandom random, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-bound, bound);
    }
  }

  private static CounterRandom random(long seed) {
    return CounterRandom.of(11, Purpose.GENERATED_DATA, seed);
  }
}
