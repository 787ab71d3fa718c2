package io.hindsight.kernels.bptt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.LayerSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.network.RecurrentSpec;
import io.hindsight.kernels.random.CounterNoise;
import io.hindsight.kernels.random.Noise;
import io.hindsight.kernels.team.Team;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that share a time step compute the bits of one thread, whatever the network. */
class BpttTeamTest {
  /** The last two are so large that rows that are left over are padded. */
  private static final List<Integer> HIDDEN =
      List.of(1, 7, 8, 9, 17, 31, 32, 33, 64, 65, 129, 259, 261);

  private static final int[] SMALL = {5, 1, 7};
  private static final Backpropagation LIMITED = new Backpropagation(2, 0.05);
  private static final Noise NOISE = new CounterNoise(1, 2, 0);
  private static List<Team> teams;

  @BeforeAll
  static void startTeams() {
    teams = IntStream.of(2, 3, 4).mapToObj(size -> new Team("bptt-team", size, size)).toList();
  }

  @AfterAll
  static void endTeams() {
    teams.forEach(Team::close);
  }

  static List<NetworkSpec> sizes() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : Samples.kinds()) {
      for (int i = 0; i < HIDDEN.size(); i++) {
        boolean tokens = i % 2 == 1;
        At at = i % 3 == 0 ? At.LAST_STEP : At.EVERY_STEP;
        Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
        networks.add(Samples.spec(cell, tokens, loss, at, HIDDEN.get(i)));
      }
    }
    return networks;
  }

  static List<NetworkSpec> kinds() {
    List<NetworkSpec> networks = new ArrayList<>();
    for (Cell cell : Samples.kinds()) {
      NetworkSpec deep = Samples.spec(cell, false, Loss.SQUARED_ERROR, At.EVERY_STEP, 33, 40, 17);
      networks.add(deep);
      networks.add(Samples.bothWays(deep));
      networks.add(Samples.normalized(deep));
      Samples.mixedDirections(cell, true, Loss.CTC, At.EVERY_STEP)
          .forEach(s -> networks.add(wide(s)));
      Samples.noisy(cell, true, At.EVERY_STEP).forEach(s -> networks.add(wide(s)));
      Samples.residual(cell, true, At.LAST_STEP).forEach(s -> networks.add(wide(s)));
      networks.addAll(Samples.composed(cell, At.EVERY_STEP));
      networks.add(Samples.tied(cell, At.EVERY_STEP));
    }
    return networks;
  }

  /** With so many units that each of several threads has some. */
  private static NetworkSpec wide(NetworkSpec spec) {
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : spec.layers()) {
      layers.add(layer instanceof RecurrentSpec r ? r.withHidden(9 * r.hidden()) : layer);
    }
    return new NetworkSpec(spec.input(), layers, spec.output());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sizes", "kinds"})
  void shouldComputeTheBitsOfOneThread(NetworkSpec spec) {
    assertSameBits(spec, Backpropagation.FULL, Samples.RAGGED);
    assertSameBits(spec, LIMITED, SMALL);
  }

  private static void assertSameBits(NetworkSpec spec, Backpropagation how, int[] lengths) {
    Result expected = new Result(spec, Team.ALONE, how, lengths);
    for (Team team : teams) {
      assertSameBits(expected, new Result(spec, team, how, lengths), team.size() + " threads");
    }
  }

  private static void assertSameBits(Result expected, Result actual, String what) {
    for (int block = 0; block < expected.sums.length; block++) {
      assertArrayEquals(expected.sums[block].gradient(), actual.sums[block].gradient(), what);
      assertArrayEquals(expected.sums[block].rows().rows(), actual.sums[block].rows().rows(), what);
      assertArrayEquals(
          expected.sums[block].rows().elements(), actual.sums[block].rows().elements(), what);
      assertEquals(expected.sums[block].loss(), actual.sums[block].loss(), what);
    }
    for (int layer = 0; layer < expected.end.layers(); layer++) {
      assertArrayEquals(expected.end.hidden(layer), actual.end.hidden(layer), what);
      assertArrayEquals(expected.end.cell(layer), actual.end.cell(layer), what);
      assertArrayEquals(
          expected.startGradient.hidden(layer), actual.startGradient.hidden(layer), what);
      assertArrayEquals(expected.startGradient.cell(layer), actual.startGradient.cell(layer), what);
    }
  }

  /** What one forward and backward pass came to. */
  private static final class Result {
    private final GradientSum[] sums; // (NB)
    private final CarriedState end;
    private final CarriedState startGradient;

    Result(NetworkSpec spec, Team team, Backpropagation how, int[] lengths) {
      Parameters parameters = Samples.parameters(spec, 1);
      SequenceBatch batch = Samples.batch(spec, lengths);
      PackedWeights weights = PackedWeights.of(parameters);
      Bptt bptt = new Bptt(spec, team);
      bptt.forward(weights, batch, Samples.state(spec, batch.blocks(), 2), NOISE);
      end = new CarriedState(spec, batch.blocks());
      bptt.finalState(end);
      sums = new GradientSum[batch.blocks()];
      Arrays.setAll(sums, block -> new GradientSum(parameters.layout()));
      bptt.backward(weights, how, sums);
      startGradient = new CarriedState(spec, batch.blocks());
      bptt.initialStateGradient(startGradient);
    }
  }
}
