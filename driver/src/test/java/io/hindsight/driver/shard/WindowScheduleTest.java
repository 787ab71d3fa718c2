package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hindsight.kernels.batch.SequenceBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowScheduleTest {
  private static final long SEED = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, WindowSchedule.WHOLE})
  void shouldUseEachStepOfEachSequenceOnceAnEpochAndInOrder(int window) {
    ShardPlan plan =
        RankedWindows.plan(ShardPlanTest.sequences(70), 13, OptionalInt.empty(), window);
    Map<String, Integer> used = new HashMap<>();
    for (Shard shard : plan.shards()) {
      for (long step = 0; step < plan.stepsPerEpoch(); step++) {
        SequenceBatch batch = batch(shard, 4, step, window);
        for (int lane = 0; lane < batch.lanes(); lane++) {
          if (batch.length(lane) > 0) {
            String id = batch.sequence(lane).id();
            assertEquals(used.getOrDefault(id, 0), batch.start(lane), id);
            used.merge(id, batch.length(lane), Integer::sum);
          }
        }
      }
    }
    ShardPlanTest.sequences(70).forEach(s -> assertEquals(s.length(), used.remove(s.id())));
    assertEquals(Map.of(), used);
  }

  @Test
  void shouldBeginTheNextSequenceWhenTheOneBeforeHasEnded() {
    ShardPlan plan = RankedWindows.plan(ShardPlanTest.sequences(40), 8, OptionalInt.empty(), 2);
    Shard shard = plan.shards().get(0);
    String[] running = new String[8];
    for (long step = 0; step < plan.stepsPerEpoch(); step++) {
      SequenceBatch batch = batch(shard, 0, step, 2);
      for (int lane = 0; lane < 8; lane++) {
        if (batch.start(lane) > 0 && batch.length(lane) > 0) {
          assertEquals(running[lane], batch.sequence(lane).id());
        }
        running[lane] = batch.sequence(lane) == null ? null : batch.sequence(lane).id();
      }
    }
  }

  @Test
  void shouldTakeAnotherOrderInAnotherEpochAndTheSameInTheSame() {
    ShardPlan plan =
        RankedWindows.plan(
            ShardPlanTest.sequences(80), 8, OptionalInt.empty(), WindowSchedule.WHOLE);
    Shard shard = plan.shards().get(0);
    assertEquals(order(shard, 0), order(shard, 0));
    assertNotEquals(order(shard, 0), order(shard, 1));
  }

  @Test
  void shouldLeaveASlotEmptyThatHasRunOut() {
    ShardPlan plan =
        RankedWindows.plan(
            ShardPlanTest.sequences(9), 8, OptionalInt.empty(), WindowSchedule.WHOLE);
    SequenceBatch batch = batch(plan.shards().get(0), 0, 1, WindowSchedule.WHOLE);
    for (int lane = 1; lane < 8; lane++) {
      assertEquals(0, batch.length(lane));
    }
  }

  private static List<String> order(Shard shard, long epoch) {
    List<String> order = new ArrayList<>();
    for (long step = 0; step < 10; step++) {
      order.add(batch(shard, epoch, step, WindowSchedule.WHOLE).sequence(0).id());
    }
    return order;
  }

  private static SequenceBatch batch(Shard shard, long epoch, long step, int window) {
    SequenceBatch batch = new SequenceBatch(shard.blocks());
    new WindowSchedule(shard, SEED, epoch, window).fill(batch, step, 0);
    return batch;
  }
}
