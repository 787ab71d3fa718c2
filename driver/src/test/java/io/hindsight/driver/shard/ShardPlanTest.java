package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.step.ReductionTree;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.kernels.batch.Backpropagation;
import io.hindsight.kernels.batch.GradientSum;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InitialKind;
import io.hindsight.kernels.network.Initializer;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.ParameterLayout;
import io.hindsight.kernels.network.Parameters;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public class ShardPlanTest {
  @Test
  void shouldPutTheSequenceOfRankRIntoSlotRModBatch() {
    ShardPlan plan =
        RankedWindows.plan(sequences(50), 19, OptionalInt.empty(), CarriedWindows.WHOLE);
    assertEquals(3, plan.blocks());
    assertEquals(3, plan.shards().size());
    for (int rank = 0; rank < 50; rank++) {
      int slot = rank % 19;
      Shard shard = plan.shards().get(slot / 8);
      assertEquals(id(rank), shard.window(slot % 8, rank / 19).id());
    }
    assertEquals(3, plan.shards().get(2).slots());
  }

  @Test
  void shouldNotDependOnTheOrderOfTheData() {
    List<Sequence> reversed = sequences(50);
    Collections.reverse(reversed);
    ShardPlan plan = RankedWindows.plan(reversed, 19, OptionalInt.empty(), CarriedWindows.WHOLE);
    assertEquals(id(0), plan.shards().get(0).window(0, 0).id());
    assertEquals(id(20), plan.shards().get(0).window(1, 1).id());
  }

  @Test
  void shouldMakeWholeBlocksIntoTheNumberOfShardsWished() {
    ShardPlan plan = RankedWindows.plan(sequences(80), 80, OptionalInt.of(3), CarriedWindows.WHOLE);
    List<Integer> blocks = plan.shards().stream().map(Shard::blocks).toList();
    assertEquals(List.of(3, 3, 4), blocks);
    assertEquals(List.of(0, 3, 6), plan.shards().stream().map(Shard::firstBlock).toList());
  }

  @Test
  void shouldMakeAtMost64ShardsByItself() {
    ShardPlan plan =
        RankedWindows.plan(sequences(800), 800, OptionalInt.empty(), CarriedWindows.WHOLE);
    assertEquals(64, plan.shards().size());
    assertEquals(100, plan.shards().stream().mapToInt(Shard::blocks).sum());
  }

  @Test
  void shouldPlanNothingForSlotsThatStayEmpty() {
    ShardPlan one = RankedWindows.plan(sequences(1), 64, OptionalInt.empty(), CarriedWindows.WHOLE);
    assertEquals(64, one.batch());
    assertEquals(1, one.blocks());
    assertEquals(1, one.shards().size());
    assertEquals(1, one.shards().get(0).slots());
    // 128 blocks, two in each of 64 shards, of which 200 sequences fill 25: the last shard has one.
    ShardPlan some =
        RankedWindows.plan(sequences(200), 1024, OptionalInt.empty(), CarriedWindows.WHOLE);
    assertEquals(25, some.blocks());
    assertEquals(13, some.shards().size());
    assertEquals(
        List.of(22, 24), some.shards().subList(11, 13).stream().map(Shard::firstBlock).toList());
    assertEquals(List.of(2, 1), some.shards().subList(11, 13).stream().map(Shard::blocks).toList());
    assertEquals(8, some.shards().get(12).slots());
  }

  /** Against the tree over all shards of the minibatch, those without sequences with zeros. */
  @Test
  void shouldSumToTheSameBitsWithoutTheShardsThatStayEmpty() {
    NetworkSpec spec =
        NetworkSpec.plain(
            InputSpec.dense(1),
            new GruCell(),
            List.of(3),
            new OutputSpec(1, OutputSpec.Loss.SQUARED_ERROR, OutputSpec.At.EVERY_STEP));
    List<Sequence> few = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      double[] waves = IntStream.range(0, 7).mapToDouble(t -> StrictMath.sin(t + 1)).toArray();
      few.add(Sequence.ofFeatures(id(i), waves, 7).withTargets(waves));
    }
    ShardPlan plan = RankedWindows.plan(few, 300, OptionalInt.empty(), CarriedWindows.WHOLE);
    assertEquals(13, plan.shards().size());
    ParameterLayout layout = new ParameterLayout(spec);
    Parameters weights = Initializer.initialize(layout, InitialKind.UNIFORM, Double.NaN, 5);
    StepRequest request =
        new StepRequest(
            1, 0, 0, 0, weights.fingerprint(), Backpropagation.truncated(7), Optional.empty());
    PackedWeights packed = new PackedWeights(spec);
    packed.pack(weights);

    ReductionTree used = new ReductionTree(13);
    ReductionTree all = new ReductionTree(38);
    for (Shard shard : plan.shards()) {
      for (ReductionTree tree : List.of(used, all)) {
        ShardTask task = new ShardTask(spec, List.of(shard), 38, 3, plan.windows());
        tree.add(shard.id(), task.run(packed, request).nodes().get(0).sum());
      }
    }
    for (int id = 13; id < 38; id++) {
      all.add(id, new GradientSum(layout.size()));
    }
    assertArrayEquals(all.nodes().get(0).sum().gradient(), used.nodes().get(0).sum().gradient());
    assertEquals(all.nodes().get(0).sum().loss(), used.nodes().get(0).sum().loss());
  }

  @Test
  void shouldCountTheStepsOfTheFullestSlot() {
    // Lengths 1, 2, 3, 4 in slots 0, 1, 0, 1; windows of two steps: 1 + 2 and 1 + 2.
    List<Sequence> four = List.of(sequence(0, 1), sequence(1, 2), sequence(2, 3), sequence(3, 4));
    assertEquals(
        3,
        RankedWindows.plan(four, 2, OptionalInt.empty(), CarriedWindows.following(2))
            .stepsPerEpoch());
    assertEquals(
        2, RankedWindows.plan(four, 2, OptionalInt.empty(), CarriedWindows.WHOLE).stepsPerEpoch());
  }

  @Test
  void shouldSplitEqualShardsIntoRunsOfNearlyEqualLength() {
    List<Sequence> equal = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      equal.add(sequence(i, 3));
    }
    ShardPlan plan = RankedWindows.plan(equal, 64, OptionalInt.empty(), CarriedWindows.WHOLE);
    for (int tasks = 1; tasks <= 20; tasks++) {
      List<List<Shard>> runs = plan.split(tasks);
      assertEquals(Math.min(tasks, 8), runs.size());
      assertContiguous(plan, runs);
      for (List<Shard> run : runs) {
        assertTrue(run.size() >= 8 / runs.size() && run.size() <= (7 + runs.size()) / runs.size());
      }
    }
  }

  @Test
  void shouldSplitSkewedShardsSoThatTheLargestRunIsAsSmallAsCanBe() {
    for (int trial = 0; trial < 40; trial++) {
      ShardPlan plan = skewed(trial, 8 * (2 + trial % 9));
      for (int tasks = 1; tasks <= plan.shards().size(); tasks++) {
        List<List<Shard>> runs = plan.split(tasks);
        assertContiguous(plan, runs);
        assertTrue(runs.stream().noneMatch(List::isEmpty));
        assertEquals(smallestLargest(plan, 0, tasks), largest(plan, runs), "trial " + trial);
      }
    }
  }

  @Test
  void shouldBalanceSkewedLengthsBetterThanEqualNumbersOfShardsDo() {
    ShardPlan plan = skewed(3, 512);
    List<List<Shard>> even = new ArrayList<>();
    for (int run = 0; run < 16; run++) {
      even.add(plan.shards().subList(run * 4, run * 4 + 4));
    }
    double mean = IntStream.range(0, 64).mapToLong(plan::work).sum() / 16.0;
    double before = largest(plan, even) / mean;
    double after = largest(plan, plan.split(16)) / mean;
    assertTrue(before > 1.45 && after < 1.25, "largest / mean: " + before + " to " + after);
  }

  @Test
  void shouldCountAShardsWorkByTheLongestWindowOfEachBlock() {
    // Slots of 9 and 2 + 2 steps: windows of 4 and 2, 4 and 2, 1 and 0.
    List<Sequence> three = List.of(sequence(0, 9), sequence(1, 2), sequence(3, 2));
    List<Sequence> four = new ArrayList<>(three);
    four.add(sequence(2, 5)); // with sequence 0 in slot 0: 4, 4, 1, 4, 1
    assertEquals(
        14, RankedWindows.plan(four, 2, OptionalInt.empty(), CarriedWindows.following(4)).work(0));
    assertEquals(
        14, RankedWindows.plan(four, 2, OptionalInt.empty(), CarriedWindows.WHOLE).work(0));
    assertEquals(
        9, RankedWindows.plan(three, 16, OptionalInt.empty(), CarriedWindows.following(4)).work(0));
  }

  /** Every run begins where the one before it ends, and all shards are there. */
  private static void assertContiguous(ShardPlan plan, List<List<Shard>> runs) {
    List<Shard> all = new ArrayList<>();
    runs.forEach(all::addAll);
    assertEquals(plan.shards(), all);
  }

  /** Lengths between 1 and some hundreds, few of them long. */
  private static ShardPlan skewed(int seed, int batch) {
    CounterRandom random = CounterRandom.of(seed, Purpose.GENERATED_DATA);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 2 * batch; i++) {
      int length = (int) (300 * StrictMath.pow(random.nextDouble(), 12));
      sequences.add(sequence(i, 1 + length));
    }
    return RankedWindows.plan(sequences, batch, OptionalInt.empty(), CarriedWindows.WHOLE);
  }

  private static long work(ShardPlan plan, List<Shard> run) {
    return run.stream().mapToLong(shard -> plan.work(shard.id())).sum();
  }

  private static long largest(ShardPlan plan, List<List<Shard>> runs) {
    return runs.stream().mapToLong(run -> work(plan, run)).max().orElseThrow();
  }

  /** By trying every division of the shards from {@code from} on. */
  private static long smallestLargest(ShardPlan plan, int from, int runs) {
    List<Shard> shards = plan.shards();
    if (runs == 1) {
      return work(plan, shards.subList(from, shards.size()));
    }
    long best = Long.MAX_VALUE;
    for (int cut = from + 1; cut <= shards.size() - runs + 1; cut++) {
      long first = work(plan, shards.subList(from, cut));
      best = Math.min(best, Math.max(first, smallestLargest(plan, cut, runs - 1)));
    }
    return best;
  }

  @Test
  void shouldRefuseMoreShardsThanBlocks() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> RankedWindows.plan(sequences(4), 16, OptionalInt.of(3), CarriedWindows.WHOLE));
    assertEquals(
        "3 shards for a batch of 16: a shard is at least one block of 8 sequences, so use 1 to 2",
        refused.getMessage());
  }

  @Test
  void shouldRefuseTwoEqualIds() {
    List<Sequence> twins = List.of(sequence(1, 2), sequence(1, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> RankedWindows.plan(twins, 8, OptionalInt.empty(), CarriedWindows.WHOLE));
  }

  public static List<Sequence> sequences(int count) {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sequences.add(sequence(i, 1 + i % 5));
    }
    return sequences;
  }

  static Sequence sequence(int rank, int length) {
    return Sequence.ofTokens(id(rank), new int[length]).withClasses(new int[length]);
  }

  private static String id(int rank) {
    return "s%03d".formatted(rank);
  }
}
