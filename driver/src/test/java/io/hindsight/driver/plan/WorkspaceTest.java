package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Statics;
import io.hindsight.kernels.bptt.Bptt;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Activation;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.EmbeddingSpec;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.network.RnnCell;
import io.hindsight.kernels.network.StateNoise;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The formulas of a plan against what the kernels hold. */
class WorkspaceTest {
  private static final double TOLERANCE = 0.15;
  private static final int STEPS = 30;
  private static final int SLOTS = 24;

  static List<Cell> cells() {
    return List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldKnowWhatTheKernelsHold(Cell cell) {
    for (List<Integer> hidden : List.of(List.of(64), List.of(48, 96))) {
      for (boolean bothWays : new boolean[] {false, true}) {
        assertKnown(layers(cell, hidden, bothWays, false));
        assertKnown(layers(cell, hidden, bothWays, true));
      }
    }
    RecurrentSpec plain = RecurrentSpec.plain(cell, 64);
    assertKnown(List.of(plain, plain.withResidual(true), plain.withResidual(true)));
  }

  private static List<LayerSpec> layers(
      Cell cell, List<Integer> hidden, boolean bothWays, boolean normalized) {
    return hidden.stream()
        .<LayerSpec>map(
            h -> new RecurrentSpec(cell, h, bothWays, normalized, false, StateNoise.NONE))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldKnowWhatTablesNeed(Cell cell) {
    EmbeddingSpec small = new EmbeddingSpec(50, 16, false);
    EmbeddingSpec large = new EmbeddingSpec(200_000, 8, false);
    EmbeddingSpec ofSequence = new EmbeddingSpec(1000, 8, true);
    for (boolean bothWays : new boolean[] {false, true}) {
      List<LayerSpec> layers = layers(cell, List.of(48, 16), bothWays, false);
      assertKnown(InputSpec.dense(24, 0, List.of(small)), layers);
      assertKnown(InputSpec.dense(24, 3, List.of(small, large, ofSequence)), layers);
      assertKnown(InputSpec.dense(24, 3, List.of()), layers);
    }
  }

  /** Strings of a label at every second step, beside the same classes step by step. */
  @ParameterizedTest
  @MethodSource("cells")
  void shouldKnowWhatThePathsThroughStringsTake(Cell cell) {
    NetworkSpec strings = spec(cell, OutputSpec.Loss.CTC);
    NetworkSpec steps = spec(cell, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY);
    long held = forward(strings) - forward(steps);
    long formula = Workspace.bytes(strings, STEPS, 3) - Workspace.bytes(steps, STEPS, 3);
    assertTrue(held > STEPS * STEPS, held + " held");
    assertClose(held, formula, strings);
  }

  private static NetworkSpec spec(Cell cell, OutputSpec.Loss loss) {
    OutputSpec output = new OutputSpec(10, loss, OutputSpec.At.EVERY_STEP);
    return NetworkSpec.plain(InputSpec.dense(24), cell, List.of(8), output);
  }

  /** What is held after a pass forward. */
  private static long forward(NetworkSpec spec) {
    int[] string = new int[STEPS];
    Arrays.setAll(string, t -> t % 2 == 0 ? t % 9 : Sequence.NO_CLASS);
    Sequence[] sequences = new Sequence[SLOTS];
    Arrays.setAll(
        sequences,
        i -> Sequence.ofFeatures("s" + i, new double[STEPS * 24], STEPS).withClasses(string));
    Bptt bptt = new Bptt(spec);
    Parameters zero = new Parameters(new ParameterLayout(spec));
    bptt.forward(PackedWeights.of(zero), SequenceBatch.of(sequences), null);
    return bptt.workspaceBytes();
  }

  private static void assertKnown(List<LayerSpec> layers) {
    assertKnown(InputSpec.dense(24), layers);
  }

  private static void assertKnown(InputSpec input, List<LayerSpec> layers) {
    NetworkSpec spec =
        new NetworkSpec(
            input,
            layers,
            new OutputSpec(10, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP));
    Bptt bptt = new Bptt(spec);
    PackedWeights weights = PackedWeights.of(new Parameters(new ParameterLayout(spec)));
    GradientSum[] sums = new GradientSum[SLOTS / SequenceBatch.LANES];
    Arrays.setAll(sums, i -> new GradientSum(new ParameterLayout(spec)));
    bptt.forward(weights, batch(input), null);
    bptt.backward(weights, Backpropagation.FULL, sums);
    if (input.isEmbedded()) {
      assertClose(
          bytes(sums[0]),
          Workspace.gradientBytes(spec, new ParameterLayout(spec).size(), STEPS, 1),
          spec);
    }
    assertClose(bptt.workspaceBytes(), Workspace.bytes(spec, STEPS, sums.length), spec);
    assertClose(weights.bytes(), Workspace.packedBytes(spec), spec);
  }

  private static long bytes(GradientSum sum) {
    return (long) Double.BYTES * (sum.gradient().length + sum.rows().size())
        + (long) Integer.BYTES * sum.rows().count();
  }

  /** Each step reads another row of each table. */
  private static SequenceBatch batch(InputSpec input) {
    Sequence[] sequences = new Sequence[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
      sequences[i] =
          Sequence.ofFeatures("s" + i, new double[STEPS * 24], STEPS)
              .withCategories(categories(i, input))
              .withStatics(new Statics(new double[input.statics()], statics(i, input)))
              .withTargets(new double[STEPS * 10]);
    }
    return SequenceBatch.of(sequences);
  }

  private static int[] categories(int sequence, InputSpec input) {
    int width = input.stepCategories();
    int[] ids = new int[STEPS * width];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (sequence * STEPS + i / width) % input.tables().get(i % width).rows();
    }
    return ids;
  }

  private static int[] statics(int sequence, InputSpec input) {
    int[] ids = new int[input.sequenceCategories()];
    Arrays.fill(ids, sequence);
    return ids;
  }

  private static void assertClose(long held, long formula, NetworkSpec spec) {
    double error = Math.abs((double) formula / held - 1);
    assertTrue(error < TOLERANCE, () -> spec + ": " + held + " held, " + formula + " by formula");
  }

  @ParameterizedTest
  @MethodSource("cells")
  void shouldCountStatesAsTheyAreCarried(Cell cell) {
    NetworkSpec spec =
        new NetworkSpec(
            InputSpec.tokens(9),
            List.of(layers(cell, List.of(5), true, false).get(0), RecurrentSpec.plain(cell, 7)),
            new OutputSpec(9, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, OutputSpec.At.EVERY_STEP));
    CarriedState state = new CarriedState(spec, 3);
    long doubles = 0;
    for (int layer = 0; layer < state.layers(); layer++) {
      doubles += state.hidden(layer).length + state.cell(layer).length;
    }
    assertEquals(Double.BYTES * doubles, Workspace.stateBytes(spec, 3));
  }
}
