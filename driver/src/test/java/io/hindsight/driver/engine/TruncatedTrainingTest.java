package io.hindsight.driver.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.step.StepOutcome;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.Cell;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Truncated back-propagation of ragged sequences against its definition in plain loops. */
class TruncatedTrainingTest {
  private static final long SEED = 11;
  private static final int EPOCHS = 2;
  private static final int BATCH = 11; // two shards
  private static final double RATE = 0.2;
  private static final double TOLERANCE = 1e-12;

  static List<Arguments> runs() {
    List<Arguments> runs = new ArrayList<>();
    for (Cell cell : List.of(new GruCell(), new LstmCell())) {
      for (At at : At.values()) {
        for (int[] steps : new int[][] {{1, 1}, {4, 4}, {3, 1}, {4, 2}, {5, 2}, {7, 3}, {99, 2}}) {
          runs.add(Arguments.of(cell, at, new CarriedWindows(steps[0], steps[1])));
        }
      }
    }
    return runs;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void shouldComputeWhatTheDefinitionSays(Cell cell, At at, CarriedWindows windows) {
    OutputSpec output = new OutputSpec(2, Loss.SQUARED_ERROR, at);
    NetworkSpec spec = NetworkSpec.plain(InputSpec.dense(2), cell, List.of(3, 2), output);
    List<Sequence> sequences = sequences();
    ShardPlan plan = RankedWindows.plan(sequences, BATCH, OptionalInt.empty(), windows);
    Parameters weights =
        Initializer.initialize(new ParameterLayout(spec), InitialKind.UNIFORM, 1, SEED);
    PlainTruncation plain = new PlainTruncation(weights, windows, sequences, BATCH, SEED);
    ArrayDeque<CarriedState> states = new ArrayDeque<>();
    for (int i = 0; i < windows.distance(); i++) {
      states.add(new CarriedState(spec, plan.blocks()));
    }
    try (LocalEngine one = new LocalEngine(spec, plan, SEED, 1);
        LocalEngine two = new LocalEngine(spec, plan, SEED, 2)) {
      for (long step = 0; step < EPOCHS * plan.stepsPerEpoch(); step++) {
        StepRequest request = request(step, plan, weights, states.remove());
        StepOutcome outcome = one.gradient(weights, request);
        StepOutcome other = two.gradient(weights, request);
        PlainTruncation.Sum expected =
            plain.update(step / plan.stepsPerEpoch(), step % plan.stepsPerEpoch());
        assertArrayEquals(outcome.sum().gradient(), other.sum().gradient());
        assertSame(outcome.carried().orElseThrow(), other.carried().orElseThrow());
        states.add(outcome.carried().orElseThrow());
        assertEquals(expected.targets(), outcome.sum().targets());
        assertEquals(expected.loss(), outcome.sum().loss(), TOLERANCE);
        assertArrayEquals(expected.gradient(), outcome.sum().gradient(), TOLERANCE);
        descend(weights, outcome);
      }
    }
  }

  private static StepRequest request(
      long step, ShardPlan plan, Parameters weights, CarriedState state) {
    return new StepRequest(
        1,
        step,
        step / plan.stepsPerEpoch(),
        step % plan.stepsPerEpoch(),
        weights.fingerprint(),
        Backpropagation.FULL,
        Optional.of(state));
  }

  private static void assertSame(CarriedState one, CarriedState two) {
    for (int layer = 0; layer < one.layers(); layer++) {
      assertArrayEquals(one.hidden(layer), two.hidden(layer));
      assertArrayEquals(one.cell(layer), two.cell(layer));
    }
  }

  private static void descend(Parameters weights, StepOutcome outcome) {
    if (outcome.sum().targets() > 0) {
      double[] mean = outcome.sum().mean().gradient();
      for (int i = 0; i < mean.length; i++) {
        weights.values()[i] -= RATE * mean[i];
      }
    }
  }

  private static List<Sequence> sequences() {
    Random random = new Random(SEED);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int steps = 1 + random.nextInt(12);
      Sequence inputs = Sequence.ofFeatures("s" + i, random.doubles(2L * steps).toArray(), steps);
      sequences.add(inputs.withTargets(random.doubles(2L * steps, -1, 1).toArray()));
    }
    return sequences;
  }
}
