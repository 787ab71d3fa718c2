package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.SequenceBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowScheduleTest {
  private static final long SEED = 5;

  static List<CarriedWindows> windows() {
    return List.of(
        CarriedWindows.following(1),
        CarriedWindows.following(2),
        CarriedWindows.following(3),
        CarriedWindows.WHOLE,
        new CarriedWindows(3, 1),
        new CarriedWindows(4, 2),
        new CarriedWindows(5, 2),
        new CarriedWindows(7, 3));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void shouldUseEachStepOfEachSequenceOnceAnEpochAndInOrder(CarriedWindows windows) {
    ShardPlan plan =
        RankedWindows.plan(ShardPlanTest.sequences(70), 13, OptionalInt.empty(), windows);
    Map<String, Integer> used = new HashMap<>();
    for (Shard shard : plan.shards()) {
      for (long step = 0; step < plan.stepsPerEpoch(); step++) {
        SequenceBatch batch = batch(shard, 4, step, windows);
        for (int lane = 0; lane < batch.lanes(); lane++) {
          if (batch.length(lane) > 0) {
            String id = batch.sequence(lane).id();
            int before = batch.scoredFrom(lane);
            assertEquals(used.getOrDefault(id, 0), batch.start(lane) + before, id);
            used.merge(id, batch.length(lane) - before, Integer::sum);
          }
        }
      }
    }
    ShardPlanTest.sequences(70).forEach(s -> assertEquals(s.length(), used.remove(s.id())));
    assertEquals(Map.of(), used);
  }

  /** And no window begins later than it must. */
  @ParameterizedTest
  @MethodSource("windows")
  void shouldBeginWhereAnEarlierWindowHandedOnTheState(CarriedWindows windows) {
    ShardPlan plan =
        RankedWindows.plan(ShardPlanTest.sequences(40), 8, OptionalInt.empty(), windows);
    Shard shard = plan.shards().get(0);
    List<SequenceBatch> before = new ArrayList<>();
    for (int step = 0; step < plan.stepsPerEpoch(); step++) {
      SequenceBatch batch = batch(shard, 2, step, windows);
      before.add(batch);
      for (int lane = 0; lane < 8; lane++) {
        if (batch.length(lane) > 0) {
          long end = batch.start(lane) + batch.scoredFrom(lane) + (long) windows.stride();
          assertEquals(Math.max(0, end - windows.window()), batch.start(lane));
        }
        if (batch.length(lane) > 0 && batch.start(lane) > 0) {
          SequenceBatch earlier = before.get(step - windows.distance());
          assertEquals(earlier.sequence(lane).id(), batch.sequence(lane).id());
          assertEquals(batch.start(lane), earlier.start(lane) + earlier.handedOnAfter(lane));
          assertTrue(earlier.handedOnAfter(lane) > earlier.scoredFrom(lane), "a new state");
        }
      }
    }
  }

  @Test
  void shouldBeginTheNextSequenceWhenTheOneBeforeHasEnded() {
    ShardPlan plan =
        RankedWindows.plan(
            ShardPlanTest.sequences(40), 8, OptionalInt.empty(), CarriedWindows.following(2));
    Shard shard = plan.shards().get(0);
    String[] running = new String[8];
    for (long step = 0; step < plan.stepsPerEpoch(); step++) {
      SequenceBatch batch = batch(shard, 0, step, plan.windows());
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
            ShardPlanTest.sequences(80), 8, OptionalInt.empty(), CarriedWindows.WHOLE);
    Shard shard = plan.shards().get(0);
    assertEquals(order(shard, 0), order(shard, 0));
    assertNotEquals(order(shard, 0), order(shard, 1));
  }

  @Test
  void shouldLeaveASlotEmptyThatHasRunOut() {
    ShardPlan plan =
        RankedWindows.plan(
            ShardPlanTest.sequences(9), 8, OptionalInt.empty(), CarriedWindows.WHOLE);
    SequenceBatch batch = batch(plan.shards().get(0), 0, 1, CarriedWindows.WHOLE);
    for (int lane = 1; lane < 8; lane++) {
      assertEquals(0, batch.length(lane));
    }
  }

  private static List<String> order(Shard shard, long epoch) {
    List<String> order = new ArrayList<>();
    for (long step = 0; step < 10; step++) {
      order.add(batch(shard, epoch, step, CarriedWindows.WHOLE).sequence(0).id());
    }
    return order;
  }

  private static SequenceBatch batch(Shard shard, long epoch, long step, CarriedWindows windows) {
    SequenceBatch batch = new SequenceBatch(shard.blocks());
    new WindowSchedule(shard, SEED, epoch, windows).fill(batch, step, 0);
    return batch;
  }
}
