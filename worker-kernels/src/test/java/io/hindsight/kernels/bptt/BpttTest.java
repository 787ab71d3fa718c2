package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BpttTest {
  /** Every cell, with each loss once, dense and tokens taking turns, over two layers. */
  static List<NetworkSpec> networks() {
    List<NetworkSpec> networks = new ArrayList<>();
    boolean tokens = false;
    for (Cell cell : Samples.cells()) {
      for (Loss loss : Samples.stepLosses(cell)) {
        networks.add(Samples.spec(cell, tokens, loss, At.EVERY_STEP, 5, 3));
        tokens = !tokens;
      }
      tokens = !tokens;
    }
    networks.addAll(normalizedNetworks());
    return networks;
  }

  /** A cell of each kind over two normalised layers, dense and tokens. */
  static List<NetworkSpec> normalizedNetworks() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : Samples.kinds()) {
      for (boolean tokens : new boolean[] {false, true}) {
        NetworkSpec spec =
            Samples.spec(cell, tokens, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP, 5, 3);
        networks.add(Samples.normalized(spec));
      }
    }
    return networks;
  }

  /** The same, and each in both directions. */
  static List<NetworkSpec> networksOfBothKinds() {
    List<NetworkSpec> networks = new ArrayList<>(networks());
    networks().forEach(spec -> networks.add(Samples.bothWays(spec)));
    return networks;
  }

  /** Every cell with dense inputs and squared error. */
  static List<Arguments> denseNetworks() {
    return Samples.cells().stream()
        .map(cell -> Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 5, 3))
        .map(Arguments::of)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldComputeALaneWhateverItsNeighbours(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 5, 100);
    CarriedState start = Samples.state(spec, 1, 3);
    Pass alone = new Pass(spec, SequenceBatch.of(sequence), start, 1);
    for (int lane : new int[] {0, 3, 7, 8, 13}) {
      SequenceBatch crowd = Samples.batch(spec, 7, 1, 3, 6, 2, 7, 4, 3, 6, 1, 9, 2, 4, 5, 1);
      crowd.set(lane, sequence, 0, 5);
      CarriedState states = Samples.state(spec, 2, 4);
      copyLane(spec, start, 0, states, lane);
      Pass among = new Pass(spec, crowd, states, 2);
      assertArrayEquals(alone.outputs(0), among.outputs(lane));
      assertEquals(alone.bptt.laneLoss(0), among.bptt.laneLoss(lane));
      assertLane(spec, alone.end, 0, among.end, lane);
      assertLane(spec, alone.startGradient, 0, among.startGradient, lane);
    }
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldGiveASequenceTheSameGradientInWhateverLane(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 5, 100);
    double[] expected = new Pass(spec, SequenceBatch.of(sequence), null, 1).gradient(0);
    for (int lane = 1; lane < 8; lane++) {
      SequenceBatch batch = new SequenceBatch(1);
      batch.set(lane, sequence, 0, 5);
      assertArrayEquals(expected, new Pass(spec, batch, null, 1).gradient(0));
    }
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldComputeABlockWhateverTheOthers(NetworkSpec spec) {
    Sequence[] crowd = Samples.sequences(spec, Samples.RAGGED);
    Sequence[] own = {Samples.sequence(spec, 4, 50), Samples.sequence(spec, 2, 51)};
    Pass alone = new Pass(spec, SequenceBatch.of(own), null, 1);
    SequenceBatch batch = new SequenceBatch(3);
    for (int lane = 0; lane < crowd.length; lane++) {
      batch.set(lane, crowd[lane], 0, crowd[lane].length());
    }
    batch.set(16, own[0], 0, 4);
    batch.set(17, own[1], 0, 2);
    Pass among = new Pass(spec, batch, null, 3);
    assertArrayEquals(alone.gradient(0), among.gradient(2));
    assertEquals(alone.sums[0].loss(), among.sums[2].loss());
    assertEquals(6, among.sums[2].targets());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldSplitASequenceInWindowsWithoutChangingABit(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 11, 100);
    Pass whole = new Pass(spec, SequenceBatch.of(sequence), null, 1);
    double[] expected = whole.outputs(0);
    int outputs = spec.output().answers();
    CarriedState carried = new CarriedState(spec, 1);
    for (int start = 0; start < 11; start += 4) {
      int steps = Math.min(4, 11 - start);
      SequenceBatch window = new SequenceBatch(1);
      window.set(0, sequence, start, steps);
      Pass part = new Pass(spec, window, carried, 1);
      assertArrayEquals(
          Arrays.copyOfRange(expected, start * outputs, (start + steps) * outputs),
          part.outputs(0));
      carried = part.end;
    }
    assertLane(spec, whole.end, 0, carried, 0);
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldLeaveStepsWithoutATargetOutToTheBit(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 9, 100);
    Pass later = new Pass(spec, crowded(spec, sequence.scoredFrom(4)), null, 1);
    Pass masked = new Pass(spec, crowded(spec, Samples.masked(sequence, 0, 4)), null, 1);
    assertArrayEquals(later.gradient(0), masked.gradient(0));
    assertEquals(later.sums[0].loss(), masked.sums[0].loss());
    assertEquals(later.sums[0].targets(), masked.sums[0].targets());
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldAddUpFromTheTargetsThatThereAre(NetworkSpec spec) {
    Sequence sequence = Samples.sequence(spec, 9, 100);
    Sequence ends = Samples.masked(sequence, 3, 6);
    Sequence middle = Samples.masked(Samples.masked(sequence, 0, 3), 6, 9);
    Pass all = new Pass(spec, SequenceBatch.of(sequence), null, 1);
    GradientSum sum = new Pass(spec, SequenceBatch.of(ends), null, 1).sums[0];
    assertEquals(6, sum.targets());
    sum.merge(new Pass(spec, SequenceBatch.of(middle), null, 1).sums[0]);
    assertArrayEquals(all.gradient(0), sum.gradient(), 1e-13);
    assertEquals(all.sums[0].loss(), sum.loss(), 1e-13);
    assertEquals(9, sum.targets());
  }

  /** A sequence beside others, so that lanes without a target stand beside some with one. */
  private static SequenceBatch crowded(NetworkSpec spec, Sequence sequence) {
    SequenceBatch batch = Samples.batch(spec, 7, 2, 3, 9);
    batch.set(2, sequence, 0, sequence.length());
    return batch;
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldSumShardsApartAsTogether(NetworkSpec spec) {
    SequenceBatch batch = Samples.batch(spec, Samples.RAGGED);
    Pass together = new Pass(spec, batch, null, 1);
    Pass apart = new Pass(spec, batch, null, 2);
    GradientSum merged = apart.sums[0].merge(apart.sums[1]);
    assertArrayEquals(together.gradient(0), merged.gradient(), 1e-13);
    assertEquals(together.sums[0].loss(), merged.loss(), 1e-13);
    assertEquals(together.sums[0].targets(), merged.targets());
    assertEquals(Arrays.stream(Samples.RAGGED).sum(), merged.targets());
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldLeaveEmptyBlocksAtZeroAndTheirStateUnchanged(NetworkSpec spec) {
    SequenceBatch batch = new SequenceBatch(3);
    batch.set(9, Samples.sequence(spec, 3, 1), 0, 3);
    CarriedState start = Samples.state(spec, 3, 5);
    Pass pass = new Pass(spec, batch, start, 3);
    for (int block : new int[] {0, 2}) {
      assertArrayEquals(new double[pass.gradient(block).length], pass.gradient(block));
      assertEquals(0, pass.sums[block].loss());
      assertEquals(0, pass.sums[block].targets());
    }
    for (int lane = 0; lane < 24; lane++) {
      if (lane != 9) {
        assertLane(spec, start, lane, pass.end, lane);
        assertLane(spec, new CarriedState(spec, 3), lane, pass.startGradient, lane);
      }
    }
  }

  /** Where only some steps are scored, a gradient left from the pass before must not be read. */
  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldReuseItsWorkspaceForOtherScoredSteps(NetworkSpec everyStep) {
    Loss loss = everyStep.output().loss();
    OutputSpec last = Samples.output(loss, At.LAST_STEP);
    NetworkSpec spec = new NetworkSpec(everyStep.input(), everyStep.layers(), last);
    SequenceBatch few = Samples.batch(spec, 8, 4, 4, 2, 1, 7);
    Pass fresh = new Pass(spec, few, null, 1);
    Bptt used = new Bptt(spec);
    new Pass(used, spec, Samples.batch(spec, 9, 8, 7, 6, 5, 4, 3, 2), null, 1);
    assertArrayEquals(fresh.gradient(0), new Pass(used, spec, few, null, 1).gradient(0));
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldReuseItsWorkspaceWithoutTraces(NetworkSpec spec) {
    SequenceBatch small = Samples.batch(spec, 2, 3);
    Pass fresh = new Pass(spec, small, null, 1);
    Bptt used = new Bptt(spec);
    new Pass(used, spec, Samples.batch(spec, 9, 8, 7, 6, 5, 4, 3, 2), Samples.state(spec, 1, 1), 1);
    Pass again = new Pass(used, spec, small, null, 1);
    assertArrayEquals(fresh.gradient(0), again.gradient(0));
    assertArrayEquals(fresh.outputs(0), again.outputs(0));
    assertLane(spec, fresh.end, 1, again.end, 1);
  }

  @ParameterizedTest
  @MethodSource("networksOfBothKinds")
  void shouldNotTruncateAtOrBeyondTheWindowsLength(NetworkSpec spec) {
    SequenceBatch batch = Samples.batch(spec, 6, 4);
    double[] whole = new Pass(spec, batch, null, 1).gradient(0);
    assertArrayEquals(whole, gradient(spec, batch, Backpropagation.truncated(6)));
    assertFalse(Arrays.equals(whole, gradient(spec, batch, Backpropagation.truncated(5))));
  }

  /** Cutting h and c inside a window is the same as carrying them from window to window. */
  @ParameterizedTest
  @MethodSource("networks")
  void shouldTruncateAsCarriedWindowsDo(NetworkSpec spec) {
    Sequence[] sequences = Samples.sequences(spec, 7, 4, 3, 1);
    double[] expected = new double[Samples.parameters(spec, 1).values().length];
    CarriedState carried = null;
    for (int start = 0; start < 7; start += 3) {
      SequenceBatch window = new SequenceBatch(1);
      for (int lane = 0; lane < sequences.length; lane++) {
        int steps = Math.min(3, sequences[lane].length() - start);
        if (steps > 0) {
          window.set(lane, sequences[lane], start, steps);
        }
      }
      Pass part = new Pass(spec, window, carried, 1);
      Arrays.setAll(expected, i -> expected[i] + part.gradient(0)[i]);
      carried = part.end;
    }
    double[] actual = gradient(spec, SequenceBatch.of(sequences), Backpropagation.truncated(3));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-12 * Math.max(1, Math.abs(expected[i])));
    }
  }

  @ParameterizedTest
  @MethodSource("denseNetworks")
  void shouldReadATokenAsItsOneHotVector(NetworkSpec dense) {
    NetworkSpec tokens =
        Samples.spec(Samples.cell(dense), true, dense.output().loss(), dense.output().at(), 5, 3);
    Sequence[] ids = Samples.sequences(tokens, Samples.RAGGED);
    Sequence[] oneHot = Arrays.stream(ids).map(BpttTest::oneHot).toArray(Sequence[]::new);
    Pass selected = new Pass(tokens, SequenceBatch.of(ids), null, 2);
    Pass multiplied = new Pass(dense, SequenceBatch.of(oneHot), null, 2);
    for (int shard = 0; shard < 2; shard++) {
      assertArrayEquals(multiplied.gradient(shard), selected.gradient(shard));
      assertEquals(multiplied.sums[shard].loss(), selected.sums[shard].loss());
    }
    assertArrayEquals(multiplied.outputs(10), selected.outputs(10));
  }

  @ParameterizedTest
  @MethodSource("denseNetworks")
  void shouldAnswerNaNInputsWithANaNLossInTheirLaneOnly(NetworkSpec spec) {
    for (Loss loss : Samples.stepLosses()) {
      NetworkSpec network = Samples.spec(Samples.cell(spec), false, loss, At.EVERY_STEP, 5, 3);
      SequenceBatch batch = Samples.batch(network, 4, 4);
      batch.sequence(1).features()[5] = Double.NaN;
      Pass pass = new Pass(network, batch, null, 1);
      assertTrue(Double.isFinite(pass.bptt.laneLoss(0)));
      assertTrue(Double.isNaN(pass.bptt.laneLoss(1)));
      assertTrue(Double.isNaN(pass.sums[0].loss()));
      assertFalse(pass.sums[0].isFinite());
    }
  }

  private static double[] gradient(NetworkSpec spec, SequenceBatch batch, Backpropagation how) {
    PackedWeights weights = PackedWeights.of(Samples.parameters(spec, 1));
    Bptt bptt = new Bptt(spec);
    GradientSum sum = new GradientSum(Samples.parameters(spec, 1).values().length);
    bptt.forward(weights, batch, null);
    bptt.backward(weights, how, new GradientSum[] {sum});
    return sum.gradient();
  }

  private static Sequence oneHot(Sequence tokens) {
    double[] features = new double[tokens.length() * Samples.INPUTS];
    for (int t = 0; t < tokens.length(); t++) {
      features[t * Samples.INPUTS + tokens.tokens()[t]] = 1;
    }
    return Sequence.ofFeatures(tokens.id(), features, tokens.length())
        .withTargets(tokens.targets());
  }

  private static void copyLane(
      NetworkSpec spec, CarriedState from, int lane, CarriedState to, int at) {
    for (int layer = 0; layer < from.layers(); layer++) {
      for (int unit = 0; unit < spec.directions().get(layer).hidden(); unit++) {
        to.setHidden(layer, at, unit, from.hidden(layer, lane, unit));
        if (Samples.cell(spec).hasCellState()) {
          to.setCell(layer, at, unit, from.cell(layer, lane, unit));
        }
      }
    }
  }

  private static void assertLane(
      NetworkSpec spec, CarriedState expected, int lane, CarriedState actual, int at) {
    for (int layer = 0; layer < expected.layers(); layer++) {
      for (int unit = 0; unit < spec.directions().get(layer).hidden(); unit++) {
        assertEquals(expected.hidden(layer, lane, unit), actual.hidden(layer, at, unit));
        if (Samples.cell(spec).hasCellState()) {
          assertEquals(expected.cell(layer, lane, unit), actual.cell(layer, at, unit));
        }
      }
    }
  }

  /** One forward and backward pass with the sample weights, its outputs kept. */
  private static final class Pass {
    final Bptt bptt;
    final GradientSum[] sums; // one per shard
    final CarriedState end;
    final CarriedState startGradient;
    private final double[][] outputs; // [lane](T, O)

    Pass(NetworkSpec spec, SequenceBatch batch, CarriedState initial, int shards) {
      this(new Bptt(spec), spec, batch, initial, shards);
    }

    Pass(Bptt bptt, NetworkSpec spec, SequenceBatch batch, CarriedState initial, int shards) {
      Parameters parameters = Samples.parameters(spec, 1);
      PackedWeights weights = PackedWeights.of(parameters);
      this.bptt = bptt;
      bptt.forward(weights, batch, initial);
      outputs = outputs(spec, batch);
      end = new CarriedState(spec, batch.blocks());
      bptt.finalState(end);
      sums = new GradientSum[shards];
      Arrays.setAll(sums, shard -> new GradientSum(parameters.values().length));
      GradientSum[] sumOfBlock = new GradientSum[batch.blocks()];
      Arrays.setAll(sumOfBlock, block -> sums[block * shards / batch.blocks()]);
      bptt.backward(weights, Backpropagation.FULL, sumOfBlock);
      startGradient = new CarriedState(spec, batch.blocks());
      bptt.initialStateGradient(startGradient);
    }

    private double[][] outputs(NetworkSpec spec, SequenceBatch batch) {
      int size = spec.output().answers();
      double[][] all = new double[batch.lanes()][];
      for (int lane = 0; lane < batch.lanes(); lane++) {
        all[lane] = new double[batch.length(lane) * size];
        for (int t = 0; t < batch.length(lane); t++) {
          bptt.outputs(lane, t, all[lane], t * size);
        }
      }
      return all;
    }

    double[] outputs(int lane) {
      return outputs[lane];
    }

    double[] gradient(int shard) {
      return sums[shard].gradient();
    }
  }
}
