package io.hindsight.driver.engine;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.DropoutSpec;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
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
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Training configurations whose final weights are known, one per cell and three of what inputs and
 * layers may have: ragged sequences of 1 to 23 steps, windows of 7 with carried state, a batch that
 * fills no whole number of blocks, 8 shards.
 */
public enum GoldenCase {
  /** One tanh layer, dense inputs, squared error at every step. */
  RNN(
      NetworkSpec.plain(
          InputSpec.dense(3),
          new RnnCell(Activation.TANH),
          List.of(11),
          new OutputSpec(2, Loss.SQUARED_ERROR, At.EVERY_STEP))),
  /** Two LSTM layers of different sizes, tokens, cross-entropy. */
  LSTM(
      NetworkSpec.plain(
          InputSpec.tokens(9),
          new LstmCell(),
          List.of(10, 7),
          new OutputSpec(5, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP))),
  /** One GRU layer, dense inputs, several labels at the last step. */
  GRU(
      NetworkSpec.plain(
          InputSpec.dense(4),
          new GruCell(),
          List.of(9),
          new OutputSpec(3, Loss.BINARY_CROSS_ENTROPY, At.LAST_STEP))),
  /** Normalised layers of different cells with every kind of noise, cross-entropy. */
  NOISY(
      new NetworkSpec(
          InputSpec.dense(4),
          List.of(
              new DropoutSpec(0.1, true),
              new RecurrentSpec(new GruCell(), 9, false, true, false, new StateNoise(0.2, 0.1, 0)),
              new DropoutSpec(0.25, false),
              new RecurrentSpec(
                  new LstmCell(), 6, false, true, false, new StateNoise(0.1, 0.1, 0.05))),
          new OutputSpec(4, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP))),
  /** Two layers that read whole sequences from both ends, dropout between them, the last step. */
  BIDIRECTIONAL(
      new NetworkSpec(
          InputSpec.tokens(7),
          List.of(
              new RecurrentSpec(new LstmCell(), 6, true, false, false, new StateNoise(0, 0.1, 0.1)),
              new DropoutSpec(0.2, false),
              new RecurrentSpec(new GruCell(), 5, true, true, false, StateNoise.NONE)),
          new OutputSpec(2, Loss.SQUARED_ERROR, At.LAST_STEP))),
  /** Categories of steps and of whole sequences, a residual layer, strings of labels. */
  CATEGORIES(
      new NetworkSpec(
          InputSpec.dense(
              2, 1, List.of(new EmbeddingSpec(40, 3, false), new EmbeddingSpec(5, 2, true))),
          List.of(
              RecurrentSpec.plain(new LstmCell(), 8),
              RecurrentSpec.plain(new GruCell(), 8).withResidual(true)),
          new OutputSpec(5, Loss.CTC, At.EVERY_STEP)));

  /** Seed of data, weights and order. */
  public static final long SEED = 20260801;

  private static final int BATCH = 61;
  private static final int SEQUENCES = 200;
  private static final int FEW = 18;
  private static final int LONGEST = 23;
  private static final int WINDOW = 7;

  private final NetworkSpec spec;

  GoldenCase(NetworkSpec spec) {
    this.spec = spec;
  }

  /** The network. */
  public NetworkSpec spec() {
    return spec;
  }

  /** Windows with carried state, or all of each sequence where that is needed at once. */
  public CarriedWindows windows() {
    return CarriedWindows.following(spec.scoresWholeSequences() ? LONGEST : WINDOW);
  }

  /** Its data, in eight shards. */
  public ShardPlan plan() {
    return RankedWindows.plan(sequences(0, LONGEST), BATCH, OptionalInt.empty(), windows());
  }

  /**
   * Its first sequences, for machines that compute slowly: half at once, which fill a block of
   * lanes and begin another.
   */
  ShardPlan planOfFew() {
    List<Sequence> few = sequences(0, LONGEST).subList(0, FEW);
    return RankedWindows.plan(few, FEW / 2, OptionalInt.empty(), windows());
  }

  /**
   * As many sequences for the network as it is trained on.
   *
   * @param first number of the first; those from 0 on are trained on
   * @param longest T of the longest, at most
   */
  public List<Sequence> sequences(int first, int longest) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = first; i < first + SEQUENCES; i++) {
      sequences.add(sequence(i, longest));
    }
    return sequences;
  }

  /** The weights before the first step. */
  public Parameters initialWeights() {
    Parameters parameters = new Parameters(new ParameterLayout(spec));
    CounterRandom random = CounterRandom.of(SEED, Purpose.INITIAL_WEIGHTS, ordinal());
    double[] values = parameters.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-0.4, 0.4);
    }
    return parameters;
  }

  private Sequence sequence(int index, int longest) {
    CounterRandom random = CounterRandom.of(SEED, Purpose.GENERATED_DATA, ordinal(), index);
    String id = "%s-%03d".formatted(this, index);
    int length = 1 + random.nextInt(longest);
    int inputs = spec.input().features();
    int outputs = spec.output().size();
    Sequence sequence =
        spec.input().isTokens()
            ? Sequence.ofTokens(id, integers(random, length, inputs))
            : Sequence.ofFeatures(id, numbers(random, length * inputs), length);
    for (EmbeddingSpec table : spec.input().tables()) {
      sequence =
          table.ofSequence()
              ? sequence.withStatics(
                  new Statics(
                      numbers(random, spec.input().statics()), integers(random, 1, table.rows())))
              : sequence.withCategories(integers(random, length, table.rows()));
    }
    sequence =
        spec.output().loss().targetsAreClasses()
            ? sequence.withClasses(classes(random, length))
            : sequence.withTargets(numbers(random, length * outputs));
    return sequence.scoredFrom(random.nextInt(length));
  }

  /** One per step, or a string short enough for the steps: at every second one. */
  private int[] classes(CounterRandom random, int length) {
    int[] classes = integers(random, length, spec.output().classes());
    for (int step = 1; step < length && spec.output().loss().targetsAreStrings(); step += 2) {
      classes[step] = Sequence.NO_CLASS;
    }
    return classes;
  }

  private static double[] numbers(CounterRandom random, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextDouble();
    }
    return numbers;
  }

  private static int[] integers(CounterRandom random, int count, int bound) {
    int[] integers = new int[count];
    for (int i = 0; i < count; i++) {
      integers[i] = random.nextInt(bound);
    }
    return integers;
  }
}
