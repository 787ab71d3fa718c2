package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows that are read a step ahead, beside those of sequences on the heap. */
class StepWindowsTest {
  private static final long SEED = 5;
  private static final CarriedWindows WINDOWS = CarriedWindows.following(3);

  private final ShardPlan plan =
      RankedWindows.plan(ShardPlanTest.sequences(200), 16, OptionalInt.empty(), WINDOWS);
  private final List<Slow> data = new ArrayList<>();
  private final List<Shard> slow = new ArrayList<>();
  private StepWindows onHeap;
  private StepWindows read;

  /** Sequences that have to be read, and by which thread they were. */
  private static final class Slow implements ShardData {
    private final ShardData of;
    private final List<String> readers = Collections.synchronizedList(new ArrayList<>());
    private volatile CountDownLatch awaited = new CountDownLatch(0);
    private volatile boolean isBroken;

    Slow(ShardData of) {
      this.of = of;
    }

    @Override
    public boolean isRead() {
      return true;
    }

    @Override
    public int slots() {
      return of.slots();
    }

    @Override
    public int size(int slot) {
      return of.size(slot);
    }

    @Override
    public int length(int slot, int rank) {
      return of.length(slot, rank);
    }

    @Override
    public Window window(int slot, int rank) {
      return of.window(slot, rank);
    }

    @Override
    public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
      readers.add(Thread.currentThread().getName());
      awaited.countDown();
      if (isBroken) {
        throw new UncheckedIOException(new IOException("a bad sector"));
      }
      of.put(batch, lane, slot, rank, start, steps);
    }
  }

  @BeforeEach
  void open() {
    for (Shard shard : plan.shards()) {
      data.add(new Slow(shard.data()));
      slow.add(
          new Shard(shard.id(), shard.firstBlock(), shard.blocks(), data.get(data.size() - 1)));
    }
    onHeap = new StepWindows(plan.shards(), SEED, WINDOWS);
    read = new StepWindows(slow, SEED, WINDOWS);
  }

  private void check(long epoch, long step) {
    SequenceBatch expected = onHeap.of(epoch, step);
    SequenceBatch actual = read.of(epoch, step);
    assertTrue(expected.occupied() > 0);
    assertEquals(expected.lanes(), actual.lanes());
    for (int lane = 0; lane < expected.lanes(); lane++) {
      assertEquals(expected.length(lane), actual.length(lane));
      if (expected.length(lane) > 0) {
        assertSame(expected.sequence(lane), actual.sequence(lane));
        assertEquals(expected.start(lane), actual.start(lane));
        assertEquals(expected.scoredFrom(lane), actual.scoredFrom(lane));
        assertEquals(expected.handedOnAfter(lane), actual.handedOnAfter(lane));
      }
    }
  }

  /** One after the other, the same again, some left out, back, and in other epochs. */
  @Test
  void shouldBeTheSameWhicheverStepComesNext() {
    long[][] steps = {
      {0, 0}, {0, 1}, {0, 1}, {0, 2}, {0, 4}, {0, 3}, {1, 4}, {1, 5}, {0, 6}, {0, 7}
    };
    for (long[] at : steps) {
      check(at[0], at[1]);
      onHeap.readAhead();
      read.readAhead();
    }
    long last = plan.stepsPerEpoch() - 1;
    check(2, last);
    read.readAhead();
    check(3, 0);
  }

  @Test
  void shouldReadTheNextStepBeforeItIsAskedFor() throws Exception {
    check(0, 0);
    data.forEach(of -> of.readers.clear());
    data.forEach(of -> of.awaited = new CountDownLatch(of.slots()));
    read.readAhead();
    for (Slow of : data) {
      assertTrue(of.awaited.await(20, TimeUnit.SECONDS), "nobody reads ahead");
    }
    check(0, 1);
    for (Slow of : data) {
      assertEquals(
          Collections.nCopies(of.slots(), "hindsight-windows-ahead"), List.copyOf(of.readers));
    }
  }

  @Test
  void shouldTellWhatCannotBeReadToWhoeverNeedsIt() {
    check(0, 0);
    Slow last = data.get(data.size() - 1);
    last.isBroken = true;
    read.readAhead();
    assertThrows(UncheckedIOException.class, () -> read.of(0, 1));
    last.isBroken = false;
    check(0, 1);
    read.readAhead();
    check(0, 2);
  }
}
