package io.hindsight.driver.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardPlanTest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.LstmCell;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SliceCollectorTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.plain(
          InputSpec.tokens(3),
          new LstmCell(),
          List.of(5),
          new OutputSpec(2, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, OutputSpec.At.EVERY_STEP));
  private static final int PARAMETERS = new ParameterLayout(SPEC).size();
  private static final int SHARDS = 5;

  private final ShardPlan plan =
      RankedWindows.plan(
          ShardPlanTest.sequences(50),
          8 * SHARDS,
          OptionalInt.empty(),
          CarriedWindows.following(2));
  private final StepRequest request =
      new StepRequest(
          1,
          9,
          0,
          0,
          77,
          Backpropagation.truncated(5),
          Optional.of(new CarriedState(SPEC, SHARDS)));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void shouldGiveTheBitsOfAWholeCollector(int wished) {
    ParameterSlices slices = ParameterSlices.of(PARAMETERS, wished);
    StepCollector whole = new StepCollector(SPEC, plan, request);
    results().forEach(whole::accept);
    SliceCollector sliced = new SliceCollector(SPEC, plan, request, slices);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < slices.count(); i++) {
      order.add(i);
    }
    Collections.reverse(order);
    order.forEach(i -> accept(sliced, slices, i, results()));
    StepOutcome expected = whole.outcome();
    StepOutcome actual = sliced.outcome();
    assertArrayEquals(expected.sum().gradient(), actual.sum().gradient());
    assertEquals(expected.sum().loss(), actual.sum().loss());
    assertEquals(expected.sum().targets(), actual.sum().targets());
    assertArrayEquals(
        expected.carried().orElseThrow().hidden(0), actual.carried().orElseThrow().hidden(0));
    assertEquals(expected.sequences(), actual.sequences());
    assertEquals(expected.slowestTaskNanos(), actual.slowestTaskNanos());
  }

  @Test
  void shouldCutAtMultiplesOfEight() {
    ParameterSlices slices = ParameterSlices.of(203, 7);
    int next = 0;
    for (int i = 0; i < slices.count(); i++) {
      assertEquals(next, slices.from(i));
      assertEquals(0, next % 8);
      assertTrue(slices.length(i) > 0 && slices.length(i) <= 32, "slice " + i);
      next = slices.end(i);
    }
    assertEquals(203, next);
    assertEquals(1, ParameterSlices.of(5, 4).count());
  }

  @Test
  void shouldRefuseASliceThatCameBeforeOrIsMissing() {
    ParameterSlices slices = ParameterSlices.of(PARAMETERS, 3);
    SliceCollector sliced = new SliceCollector(SPEC, plan, request, slices);
    accept(sliced, slices, 0, results());
    assertThrows(RefusedResultException.class, () -> accept(sliced, slices, 0, results()), "twice");
    accept(sliced, slices, 2, results());
    assertTrue(
        assertThrows(RefusedResultException.class, sliced::outcome)
            .getMessage()
            .startsWith("step refused: slice 1 of 3 is missing"));
  }

  @Test
  void shouldRefuseASliceThatWasSummedFromOtherResults() {
    refuseASliceOfOtherResults(1e-9, 0);
    refuseASliceOfOtherResults(0, 1e-9);
  }

  private void refuseASliceOfOtherResults(double loss, double weight) {
    ParameterSlices slices = ParameterSlices.of(PARAMETERS, 2);
    SliceCollector sliced = new SliceCollector(SPEC, plan, request, slices);
    accept(sliced, slices, 0, results());
    List<StepResult> others = results();
    others.get(1).nodes().get(0).sum().addLoss(loss, weight, 0);
    accept(sliced, slices, 1, others);
    assertTrue(
        assertThrows(RefusedResultException.class, sliced::outcome)
            .getMessage()
            .startsWith("slice 1 refused: its loss "));
  }

  @Test
  void shouldRefuseANumberThatIsNotFiniteInItsSliceOnly() {
    ParameterSlices slices = ParameterSlices.of(PARAMETERS, 2);
    SliceCollector sliced = new SliceCollector(SPEC, plan, request, slices);
    List<StepResult> wrong = results();
    wrong.get(2).nodes().get(0).sum().gradient()[PARAMETERS - 1] = Double.NaN;
    accept(sliced, slices, 0, wrong);
    assertThrows(RefusedResultException.class, () -> accept(sliced, slices, 1, wrong));
  }

  /** Sums a slice as its reducer does, and hands it over. */
  private void accept(
      SliceCollector collector, ParameterSlices slices, int index, List<StepResult> results) {
    SumCollector reducer = new SumCollector(request.identity(), SHARDS, slices.length(index));
    List<StepResult> envelopes = new ArrayList<>();
    for (StepResult result : results) {
      StepResult part = result.slice(slices, index);
      reducer.accept(part);
      if (index == 0) {
        envelopes.add(part.withoutGradients());
      }
    }
    collector.accept(index, reducer.merged(), envelopes);
  }

  /** Three tasks over shards 0, 1 to 3, and 4. */
  private List<StepResult> results() {
    return new ArrayList<>(List.of(result(0, 1), result(1, 4), result(4, 5)));
  }

  private StepResult result(int firstShard, int end) {
    ReductionTree tree = new ReductionTree(SHARDS);
    for (int shard = firstShard; shard < end; shard++) {
      CounterRandom random = CounterRandom.of(shard, Purpose.GENERATED_DATA);
      double[] gradient = new double[PARAMETERS];
      for (int i = 0; i < PARAMETERS; i++) {
        gradient[i] = random.nextDouble() - 0.5;
      }
      tree.add(shard, new GradientSum(gradient, random.nextDouble(), 3 + shard));
    }
    CarriedState state = new CarriedState(SPEC, end - firstShard);
    state.setHidden(0, 0, 1, firstShard);
    return new StepResult(
        1,
        9,
        77,
        firstShard,
        end - firstShard,
        tree.nodes(),
        Optional.of(state),
        Optional.empty(),
        4,
        10 + firstShard);
  }
}
