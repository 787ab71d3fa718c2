package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.Noise;
import io.hindsight.kernels.team.Team;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A step allocates nothing once it is compiled: no boxed vector, no list, no iterator. Before that
 * every vector is an object.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Backpropagation LIMITED = new Backpropagation(3, 1e-3);
  private static final String TEAM = "allocation-test";
  private static final int STEPS = 6; // in one measurement
  private static final int FEWEST = 200; // measurements before giving up

  /** How long the compiler may take, for all networks together. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long DEADLINE = System.nanoTime() + PATIENCE.toNanos();
  private static final Noise NOISE = new CounterNoise(1, 2, 0);
  private static final int QUIET = 3; // measurements in a row without a byte

  /** 20 lanes: two blocks and a half; the second list is another window of the same batch. */
  private static final int[] LENGTHS = {7, 3, 7, 1, 5, 6, 7, 2, 4, 7, 7, 7, 1, 2, 3, 4, 5, 6, 7, 7};

  private static final int[] SHORTER = {3, 3, 1, 1, 2, 6, 3, 2, 4, 4, 2, 1, 1, 2, 3, 1, 1, 2, 3, 5};

  static List<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (Cell cell : List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell())) {
      for (InputSpec input : List.of(InputSpec.dense(5), InputSpec.tokens(11))) {
        for (List<Integer> hidden : List.of(List.of(17), List.of(24, 9))) {
          networks.add(Arguments.of(cell, input, hidden, Loss.SOFTMAX_CROSS_ENTROPY));
          networks.add(Arguments.of(cell, input, hidden, Loss.BINARY_CROSS_ENTROPY));
          networks.add(Arguments.of(cell, input, hidden, Loss.SQUARED_ERROR));
          networks.add(Arguments.of(cell, input, hidden, Loss.CTC));
        }
      }
    }
    return networks;
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @MethodSource("networks")
  void shouldAllocateNothingInAStep(Cell cell, InputSpec input, List<Integer> hidden, Loss loss) {
    At at = loss == Loss.BINARY_CROSS_ENTROPY ? At.LAST_STEP : At.EVERY_STEP;
    OutputSpec output = new OutputSpec(6, loss, at, Samples.output(loss, at).options());
    assertAllocatesNothing(new Step(NetworkSpec.plain(input, cell, hidden, output)));
  }

  static List<OutputSpec> outputs() {
    return Samples.outputs(At.EVERY_STEP);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outputs")
  void shouldAllocateNothingForWeights(OutputSpec output) {
    NetworkSpec spec = NetworkSpec.plain(InputSpec.dense(5), new GruCell(), List.of(17), output);
    assertAllocatesNothing(new Step(spec, true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("normalizedNetworks")
  void shouldAllocateNothingToNormalize(NetworkSpec spec) {
    assertAllocatesNothing(new Step(spec));
  }

  static List<NetworkSpec> sharedNetworks() {
    return List.of(
        Samples.spec(new LstmCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 40, 33),
        Samples.spec(new GruCell(), true, Loss.SQUARED_ERROR, At.EVERY_STEP, 40));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sharedNetworks")
  void shouldAllocateNothingInAnyThreadOfATeam(NetworkSpec spec) {
    try (Team team = new Team(TEAM, 2, 2)) {
      assertAllocatesNothing(new Step(spec, false, team));
    }
  }

  private static void assertAllocatesNothing(Step step) {
    int quiet = 0;
    long measurements = 0;
    long bytes = 0;
    while (quiet < QUIET && (measurements < FEWEST || System.nanoTime() < DEADLINE)) {
      bytes = bytesOf(step);
      measurements++;
      quiet = bytes == 0 ? quiet + 1 : 0;
    }
    assertEquals(0, bytes, "bytes in " + STEPS + " steps, after " + measurements * STEPS);
  }

  static List<NetworkSpec> normalizedNetworks() {
    OutputSpec output = new OutputSpec(6, Loss.SQUARED_ERROR, At.EVERY_STEP);
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : Samples.kinds()) {
      for (InputSpec input : List.of(InputSpec.dense(5), InputSpec.tokens(11))) {
        NetworkSpec plain = NetworkSpec.plain(input, cell, List.of(24, 9), output);
        networks.add(Samples.normalized(plain));
      }
    }
    return networks;
  }

  static List<NetworkSpec> noisyNetworks() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell())) {
      networks.addAll(Samples.noisy(cell, false, At.EVERY_STEP));
    }
    return networks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noisyNetworks")
  void shouldAllocateNothingForNoise(NetworkSpec spec) {
    assertAllocatesNothing(new Step(spec));
  }

  static List<NetworkSpec> networksOfBothDirections() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell())) {
      for (At at : At.values()) {
        for (boolean tokens : new boolean[] {false, true}) {
          networks.add(Samples.bothWays(Samples.spec(cell, tokens, Loss.SQUARED_ERROR, at, 17, 9)));
        }
      }
    }
    return networks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networksOfBothDirections")
  void shouldAllocateNothingInBothDirections(NetworkSpec spec) {
    assertAllocatesNothing(new Step(spec));
  }

  static List<NetworkSpec> residualNetworks() {
    return Samples.kinds().stream()
        .flatMap(cell -> Samples.residual(cell, false, At.EVERY_STEP).stream())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("residualNetworks")
  void shouldAllocateNothingToAddWhatLayersRead(NetworkSpec spec) {
    assertAllocatesNothing(new Step(spec));
  }

  static List<NetworkSpec> composedNetworks() {
    List<NetworkSpec> networks = new ArrayList<>();
    networks.add(Samples.tied(new LstmCell(), At.EVERY_STEP));
    for (InputSpec input : Samples.composedInputs()) {
      NetworkSpec spec =
          Samples.spec(new LstmCell(), false, Loss.SQUARED_ERROR, At.EVERY_STEP, 17, 9);
      networks.add(Samples.reading(input, spec));
      networks.add(Samples.reading(input, Samples.bothWays(spec)));
    }
    return networks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("composedNetworks")
  void shouldAllocateNothingForTables(NetworkSpec spec) {
    assertAllocatesNothing(new Step(spec));
  }

  @Test
  void shouldSeeASingleObject() {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    double[] object = new double[STEPS];
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes >= (long) Double.BYTES * object.length, bytes + " bytes");
  }

  private static long bytesOf(Step step) {
    long helpers = allocated(step.helpers);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < STEPS; i++) {
      step.run(i);
    }
    long own = THREADS.getCurrentThreadAllocatedBytes() - before;
    return own + allocated(step.helpers) - helpers;
  }

  private static long allocated(long[] threads) {
    return Arrays.stream(threads).map(THREADS::getThreadAllocatedBytes).sum();
  }

  /** What an engine does at each step: windows of different lengths, two shards, carried state. */
  private static final class Step {
    private final Parameters parameters;
    private final PackedWeights weights;
    private final Bptt bptt;
    private final SequenceBatch[] windows;
    private final CarriedState carried;
    private final CarriedState gradient;
    private final GradientSum[] sums; // (NB)
    private final long[] helpers; // ids of the team's other threads

    Step(NetworkSpec spec) {
      this(spec, false);
    }

    Step(NetworkSpec spec, boolean weighted) {
      this(spec, weighted, Team.ALONE);
    }

    Step(NetworkSpec spec, boolean weighted, Team team) {
      parameters = Samples.parameters(spec, 1);
      weights = new PackedWeights(spec);
      bptt = new Bptt(spec, team);
      helpers =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals(TEAM))
              .mapToLong(Thread::getId)
              .toArray();
      windows =
          new SequenceBatch[] {batch(spec, LENGTHS, weighted), batch(spec, SHORTER, weighted)};
      int blocks = windows[0].blocks();
      carried = new CarriedState(spec, blocks);
      gradient = new CarriedState(spec, blocks);
      GradientSum first = new GradientSum(parameters.layout());
      GradientSum second = new GradientSum(parameters.layout());
      sums = new GradientSum[blocks];
      Arrays.setAll(sums, block -> block == 0 ? first : second);
    }

    private static SequenceBatch batch(NetworkSpec spec, int[] lengths, boolean weighted) {
      return SequenceBatch.of(
          Arrays.stream(Samples.sequences(spec, lengths))
              .map(sequence -> weighted ? Samples.weighted(sequence, 3) : sequence)
              .toArray(Sequence[]::new));
    }

    void run(int step) {
      for (GradientSum sum : sums) {
        sum.clear();
      }
      weights.pack(parameters);
      bptt.forward(weights, windows[step % 2], step < 2 ? null : carried, NOISE);
      bptt.finalState(carried);
      bptt.backward(weights, step < 4 ? Backpropagation.FULL : LIMITED, sums);
      bptt.initialStateGradient(gradient);
    }
  }
}
