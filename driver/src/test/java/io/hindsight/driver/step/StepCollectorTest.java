package io.hindsight.driver.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.shard.ShardPlanTest;
import io.hindsight.driver.step.StepResult.NonFinite;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.CarriedState;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepCollectorTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.plain(
          InputSpec.tokens(3),
          new GruCell(),
          List.of(2),
          new OutputSpec(2, OutputSpec.Loss.SOFTMAX_CROSS_ENTROPY, OutputSpec.At.EVERY_STEP));
  private static final int PARAMETERS = new ParameterLayout(SPEC).size();

  private final ShardPlan plan =
      RankedWindows.plan(
          ShardPlanTest.sequences(30), 24, OptionalInt.empty(), CarriedWindows.following(2));
  private StepCollector collector;

  @BeforeEach
  void open() {
    collector = new StepCollector(SPEC, plan, request(1, 9, 77));
  }

  @Test
  void shouldPutSumsAndStatesTogetherInWhateverOrderTheyCome() {
    collector.accept(result(1, 2, PARAMETERS));
    assertFalse(collector.isComplete());
    collector.accept(result(0, 1, PARAMETERS));
    assertTrue(collector.isComplete());
    StepOutcome outcome = collector.outcome();
    assertEquals(3.0, outcome.sum().gradient()[PARAMETERS - 1]);
    assertEquals(12, outcome.sequences());
    for (int lane = 0; lane < 24; lane++) {
      int firstShard = lane < 8 ? 0 : 1;
      assertEquals(100.0 + firstShard, outcome.carried().orElseThrow().hidden(0, lane, 1));
    }
  }

  @Test
  void shouldRefuseAnotherRunAnotherStepAndOtherWeights() {
    for (StepRequest other : List.of(request(2, 9, 77), request(1, 8, 77), request(1, 9, 78))) {
      StepCollector strict = new StepCollector(SPEC, plan, other);
      String message = refusal(strict, result(0, 1, PARAMETERS));
      assertTrue(message.startsWith("result refused: its "), message);
    }
  }

  @Test
  void shouldRefuseAShardThatCameBefore() {
    collector.accept(result(0, 2, PARAMETERS));
    assertEquals("shard 1 was added before", refusal(collector, result(1, 2, PARAMETERS)));
    collector.accept(result(2, 1, PARAMETERS));
    assertTrue(collector.isComplete());
  }

  @Test
  void shouldRefuseAGradientOfAnotherNetwork() {
    assertEquals(
        "result refused: its number of parameters is 5, expected " + PARAMETERS,
        refusal(collector, result(0, 1, 5)));
  }

  @Test
  void shouldRefuseShardsOutsideThePlanAndSubtreesOutsideItsShards() {
    assertEquals(
        "result refused: its shards [2, 4) are not among the 3 of the plan",
        refusal(collector, result(2, 2, PARAMETERS)));
    StepResult whole = result(0, 2, PARAMETERS);
    assertEquals(
        "result refused: its shards are [1, 2), but it has a subtree over [0, 2)",
        refusal(collector, envelope(1, 1, whole.nodes(), whole.carried(), Optional.empty())));
  }

  @Test
  void shouldRefuseAResultWithoutStates() {
    StepResult one = result(0, 1, PARAMETERS);
    assertEquals(
        "result refused: its number of carried blocks is 0, expected 1",
        refusal(collector, envelope(0, 1, one.nodes(), Optional.empty(), Optional.empty())));
  }

  @Test
  void shouldNameTheLowestShardThatIsNotFinite() {
    for (int shard : List.of(2, 0, 1)) {
      StepResult one = result(shard, 1, PARAMETERS);
      Optional<NonFinite> where = Optional.of(new NonFinite(shard, "the loss"));
      collector.accept(envelope(shard, 1, one.nodes(), one.carried(), where));
    }
    assertEquals(0, collector.outcome().nonFinite().orElseThrow().shard());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseANumberThatIsNotFiniteUnlessTheResultSaysSo(double wrong) {
    for (boolean inLoss : List.of(true, false)) {
      StepResult one = result(1, 1, PARAMETERS);
      GradientSum sum = one.nodes().get(0).sum();
      if (inLoss) {
        sum.addLoss(wrong, 0, 0);
      } else {
        sum.gradient()[PARAMETERS - 1] = wrong;
      }
      assertEquals(
          "result refused: a sum over its shards [1, 2) is not finite, though it says that all are",
          refusal(collector, one));
    }
    collector.accept(result(1, 1, PARAMETERS));
  }

  @Test
  void shouldAcceptSumsOfFiniteShardsThatAreTooLarge() {
    ReductionTree tree = new ReductionTree(3);
    for (int shard = 0; shard < 2; shard++) {
      double[] large = new double[PARAMETERS];
      large[3] = 1e308;
      tree.add(shard, new GradientSum(large, 1, 1));
    }
    StepResult whole = result(0, 2, PARAMETERS);
    Optional<NonFinite> where = NonFinite.ofMerged(tree.nodes());
    collector.accept(envelope(0, 2, tree.nodes(), whole.carried(), where));
    collector.accept(result(2, 1, PARAMETERS));
    assertEquals(Optional.empty(), collector.outcome().nonFinite());
    assertEquals(Double.POSITIVE_INFINITY, collector.outcome().sum().gradient()[3]);
  }

  @Test
  void shouldRefuseTheSameSubtreeTwiceWithinAResult() {
    ReductionTree.Node one = result(0, 1, PARAMETERS).nodes().get(0);
    StepResult twice =
        envelope(0, 2, List.of(one, one), result(0, 2, PARAMETERS).carried(), Optional.empty());
    assertEquals(
        "result refused: its shards are [0, 2), but it has a subtree over [0, 1)",
        refusal(collector, twice));
    assertFalse(collector.isComplete());
    collector.accept(result(0, 2, PARAMETERS));
  }

  private static String refusal(StepCollector collector, StepResult result) {
    return assertThrows(RefusedResultException.class, () -> collector.accept(result)).getMessage();
  }

  private static StepRequest request(long run, long step, long weights) {
    Optional<CarriedState> carried = Optional.of(new CarriedState(SPEC, 3));
    return new StepRequest(run, step, 0, 0, weights, Backpropagation.truncated(5), carried);
  }

  /** A result whose gradients are 1 per shard, and whose state tells its first shard. */
  private static StepResult result(int firstShard, int shards, int parameters) {
    ReductionTree tree = new ReductionTree(4);
    for (int shard = firstShard; shard < firstShard + shards; shard++) {
      double[] ones = new double[parameters];
      Arrays.fill(ones, 1);
      tree.add(shard, new GradientSum(ones, 1, 1));
    }
    CarriedState state = new CarriedState(SPEC, shards);
    for (int lane = 0; lane < 8 * shards; lane++) {
      state.setHidden(0, lane, 1, 100 + firstShard);
    }
    return envelope(firstShard, shards, tree.nodes(), Optional.of(state), Optional.empty());
  }

  private static StepResult envelope(
      int firstShard,
      int shards,
      List<ReductionTree.Node> nodes,
      Optional<CarriedState> carried,
      Optional<NonFinite> nonFinite) {
    return new StepResult(1, 9, 77, firstShard, shards, nodes, carried, nonFinite, 6, 10);
  }
}
