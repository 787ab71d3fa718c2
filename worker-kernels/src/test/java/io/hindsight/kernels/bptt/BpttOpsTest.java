package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.math.VectorOps;
import io.hindsight.kernels.math.choice.OpsProvider;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks of awkward sizes: the chosen implementation gives the reference's bits. */
class BpttOpsTest {
  private static final List<Integer> HIDDEN = List.of(1, 3, 7, 9, 15, 31, 33);
  private static final int[] BATCHES = {1, 3, 7, 8, 9, 17};
  private static final Backpropagation LIMITED = new Backpropagation(2, 0.05);
  private static final int LONGEST = 6;
  private static final List<Loss> LOSSES =
      List.of(
          Loss.SQUARED_ERROR,
          Loss.SOFTMAX_CROSS_ENTROPY,
          Loss.BINARY_CROSS_ENTROPY,
          Loss.CUMULATIVE_LOGITS);

  static List<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (Cell cell : List.of(new RnnCell(Activation.TANH), new LstmCell(), new GruCell())) {
      for (int i = 0; i < HIDDEN.size(); i++) {
        int other = HIDDEN.get((i + 3) % HIDDEN.size());
        networks.add(Arguments.of(cell, List.of(HIDDEN.get(i))));
        networks.add(Arguments.of(cell, List.of(HIDDEN.get(i), other)));
      }
    }
    return networks;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void shouldTrainToTheBitsOfTheReference(Cell cell, List<Integer> hidden) {
    for (int batch : BATCHES) {
      Loss loss = LOSSES.get((batch + hidden.get(0)) % LOSSES.size());
      At at = batch % 2 == 0 ? At.LAST_STEP : At.EVERY_STEP;
      for (InputSpec input : List.of(InputSpec.dense(5), InputSpec.tokens(13))) {
        NetworkSpec spec = NetworkSpec.plain(input, cell, hidden, new OutputSpec(9, loss, at));
        assertSameBits(spec, batch);
        assertSameBits(Samples.normalized(spec), batch);
        assertSameBits(Samples.bothWays(spec), batch);
        assertSameBits(Samples.bothWays(Samples.normalized(spec)), batch);
      }
    }
  }

  private static void assertSameBits(NetworkSpec spec, int batch) {
    Result expected = new Result(VectorOps.REFERENCE, spec, ragged(batch));
    Result actual = new Result(OpsProvider.get(), spec, ragged(batch));
    assertSameBits(expected, actual, spec + " in batches of " + batch);
  }

  /** Windows of 1 to 6 steps. */
  private static int[] ragged(int batch) {
    int[] lengths = new int[batch];
    Arrays.setAll(lengths, lane -> 1 + (lane * lane + 3 * batch) % LONGEST);
    return lengths;
  }

  private static void assertSameBits(Result expected, Result actual, String what) {
    for (int block = 0; block < expected.sums.length; block++) {
      assertArrayEquals(expected.sums[block].gradient(), actual.sums[block].gradient(), what);
      assertEquals(expected.sums[block].loss(), actual.sums[block].loss(), what);
      assertEquals(expected.sums[block].targets(), actual.sums[block].targets(), what);
    }
    for (int layer = 0; layer < expected.end.layers(); layer++) {
      assertArrayEquals(expected.end.hidden(layer), actual.end.hidden(layer), what);
      assertArrayEquals(expected.end.cell(layer), actual.end.cell(layer), what);
      assertArrayEquals(
          expected.startGradient.hidden(layer), actual.startGradient.hidden(layer), what);
      assertArrayEquals(expected.startGradient.cell(layer), actual.startGradient.cell(layer), what);
    }
  }

  /** What one forward and backward pass came to, every two blocks a shard. */
  private static final class Result {
    private final GradientSum[] sums; // (NB)
    private final CarriedState end;
    private final CarriedState startGradient;

    Result(VectorOps ops, NetworkSpec spec, int[] lengths) {
      Parameters parameters = Samples.parameters(spec, 1);
      SequenceBatch batch = Samples.batch(spec, lengths);
      PackedWeights weights = PackedWeights.of(parameters);
      Bptt bptt = new Bptt(spec, ops);
      bptt.forward(weights, batch, Samples.state(spec, batch.blocks(), 2));
      end = new CarriedState(spec, batch.blocks());
      bptt.finalState(end);
      sums = new GradientSum[batch.blocks()];
      for (int block = 0; block < sums.length; block++) {
        boolean second = block % 2 == 1;
        sums[block] = second ? sums[block - 1] : new GradientSum(parameters.values().length);
      }
      bptt.backward(weights, lengths.length % 3 == 0 ? LIMITED : Backpropagation.FULL, sums);
      startGradient = new CarriedState(spec, batch.blocks());
      bptt.initialStateGradient(startGradient);
    }
  }
}
