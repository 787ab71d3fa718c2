package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.Sequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ShardPlanTest {
  @Test
  void shouldPutTheSequenceOfRankRIntoSlotRModBatch() {
    ShardPlan plan = ShardPlan.of(sequences(50), 19, OptionalInt.empty(), WindowSchedule.WHOLE);
    assertEquals(3, plan.blocks());
    assertEquals(3, plan.shards().size());
    for (int rank = 0; rank < 50; rank++) {
      int slot = rank % 19;
      Shard shard = plan.shards().get(slot / 8);
      assertEquals(id(rank), shard.sequence(slot % 8, rank / 19).id());
    }
    assertEquals(3, plan.shards().get(2).slots());
  }

  @Test
  void shouldNotDependOnTheOrderOfTheData() {
    List<Sequence> reversed = sequences(50);
    Collections.reverse(reversed);
    ShardPlan plan = ShardPlan.of(reversed, 19, OptionalInt.empty(), WindowSchedule.WHOLE);
    assertEquals(id(0), plan.shards().get(0).sequence(0, 0).id());
    assertEquals(id(20), plan.shards().get(0).sequence(1, 1).id());
  }

  @Test
  void shouldMakeWholeBlocksIntoTheNumberOfShardsWished() {
    ShardPlan plan = ShardPlan.of(sequences(80), 80, OptionalInt.of(3), WindowSchedule.WHOLE);
    List<Integer> blocks = plan.shards().stream().map(Shard::blocks).toList();
    assertEquals(List.of(3, 3, 4), blocks);
    assertEquals(List.of(0, 3, 6), plan.shards().stream().map(Shard::firstBlock).toList());
  }

  @Test
  void shouldMakeAtMost64ShardsByItself() {
    ShardPlan plan = ShardPlan.of(sequences(10), 800, OptionalInt.empty(), WindowSchedule.WHOLE);
    assertEquals(64, plan.shards().size());
    assertEquals(100, plan.shards().stream().mapToInt(Shard::blocks).sum());
  }

  @Test
  void shouldCountTheStepsOfTheFullestSlot() {
    // Lengths 1, 2, 3, 4 in slots 0, 1, 0, 1; windows of two steps: 1 + 2 and 1 + 2.
    List<Sequence> four = List.of(sequence(0, 1), sequence(1, 2), sequence(2, 3), sequence(3, 4));
    assertEquals(3, ShardPlan.of(four, 2, OptionalInt.empty(), 2).stepsPerEpoch());
    assertEquals(
        2, ShardPlan.of(four, 2, OptionalInt.empty(), WindowSchedule.WHOLE).stepsPerEpoch());
  }

  @Test
  void shouldSplitIntoContiguousRunsOfNearlyEqualLength() {
    ShardPlan plan = ShardPlan.of(sequences(8), 61, OptionalInt.empty(), WindowSchedule.WHOLE);
    for (int tasks = 1; tasks <= 20; tasks++) {
      List<List<Shard>> runs = plan.split(tasks);
      assertEquals(Math.min(tasks, 8), runs.size());
      int next = 0;
      for (List<Shard> run : runs) {
        assertTrue(run.size() >= 8 / runs.size() && run.size() <= (7 + runs.size()) / runs.size());
        for (Shard shard : run) {
          assertEquals(next++, shard.id());
        }
      }
      assertEquals(8, next);
    }
  }

  @Test
  void shouldRefuseMoreShardsThanBlocks() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ShardPlan.of(sequences(4), 16, OptionalInt.of(3), WindowSchedule.WHOLE));
    assertEquals(
        "3 shards for a batch of 16: a shard is at least one block of 8 sequences, so use 1 to 2",
        refused.getMessage());
  }

  @Test
  void shouldRefuseTwoEqualIds() {
    List<Sequence> twins = List.of(sequence(1, 2), sequence(1, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> ShardPlan.of(twins, 8, OptionalInt.empty(), WindowSchedule.WHOLE));
  }

  static List<Sequence> sequences(int count) {
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
