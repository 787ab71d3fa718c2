package io.hindsight.driver.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.batch.SequenceBatch;
import io.hindsight.kernels.batch.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans that are made from lengths alone. */
class SequenceIndexTest {
  @Test
  void shouldTellWhatThePlanOfTheSequencesTells() {
    List<Sequence> sequences = ShardPlanTest.sequences(203);
    int[] lengths = sequences.stream().mapToInt(Sequence::length).toArray();
    for (CarriedWindows window : WindowScheduleTest.windows()) {
      for (int batch : new int[] {1, 8, 19, 64, 203, 300}) {
        ShardPlan expected = RankedWindows.plan(sequences, batch, OptionalInt.empty(), window);
        ShardPlan actual = plan(lengths, batch, window);
        assertEquals(expected.blocks(), actual.blocks());
        assertEquals(expected.stepsPerEpoch(), actual.stepsPerEpoch());
        assertEquals(203, actual.sequences());
        assertArrayEquals(work(expected), work(actual));
        assertEquals(ids(expected.split(3)), ids(actual.split(3)));
      }
    }
  }

  @Test
  void shouldAskForTheSlotsOfEachShardOnce() {
    List<List<Integer>> asked = new ArrayList<>();
    SequenceIndex index = new SequenceIndex(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0, true);
    ShardPlan.of(
        index,
        (batch, from, to) -> {
          asked.add(List.of(batch, from, to));
          return new Unread(index, batch, from, to);
        },
        40,
        OptionalInt.of(5),
        CarriedWindows.WHOLE);
    assertEquals(List.of(List.of(40, 0, 8), List.of(40, 8, 10)), asked);
  }

  @Test
  void shouldPlanMillionsOfSequencesThatAreElsewhere() {
    int[] lengths = new int[3_000_000];
    Arrays.setAll(lengths, rank -> 1 + rank % 7);
    ShardPlan plan = plan(lengths, 2048, CarriedWindows.following(3));
    assertEquals(64, plan.shards().size());
    assertEquals(3_000_000, plan.shards().stream().mapToInt(Shard::sequences).sum());
    long windows = Arrays.stream(lengths).map(length -> (length + 2) / 3).sum();
    assertEquals(windows / 2048.0, plan.stepsPerEpoch(), 3);
  }

  @Test
  void shouldCountTheHeapOfNumbersAndObjects() {
    Sequence classes = Sequence.ofTokens("a", new int[10]).withClasses(new int[10]);
    Sequence values = Sequence.ofFeatures("b", new double[30], 10).withTargets(new double[20]);
    assertEquals(120 + 10 * 8, bytes(Window.whole(classes)));
    assertEquals(120 + 10 * (3 + 2) * 8, bytes(Window.whole(values)));
    assertEquals(120 + 4 * (3 + 2) * 8, bytes(Window.cut(values, 3, 4)));
    assertEquals(120 + 30 * 8, bytes(Window.whole(Sequence.ofFeatures("c", new double[30], 30))));
    assertEquals(0, RankedWindows.of(List.of()).index().longest());
  }

  private static long bytes(Window window) {
    SequenceIndex index = RankedWindows.of(List.of(window)).index();
    assertEquals(window.steps(), index.longest());
    return index.bytes();
  }

  private static ShardPlan plan(int[] lengths, int batch, CarriedWindows windows) {
    SequenceIndex index = new SequenceIndex(lengths, 0, true);
    return ShardPlan.of(
        index,
        (all, from, to) -> new Unread(index, all, from, to),
        batch,
        OptionalInt.empty(),
        windows);
  }

  private static long[] work(ShardPlan plan) {
    return IntStream.range(0, plan.shards().size()).mapToLong(plan::work).toArray();
  }

  private static List<List<Integer>> ids(List<List<Shard>> split) {
    return split.stream().map(run -> run.stream().map(Shard::id).toList()).toList();
  }

  /** Sequences of which only the lengths may be asked. */
  private record Unread(SequenceIndex index, int batch, int from, int to) implements ShardData {
    @Override
    public int slots() {
      return to - from;
    }

    @Override
    public int size(int slot) {
      return (index.size() - 1 - from - slot) / batch + 1;
    }

    @Override
    public int length(int slot, int rank) {
      return index.length(rank * batch + from + slot);
    }

    @Override
    public Window window(int slot, int rank) {
      throw new AssertionError("a plan reads no sequence");
    }

    @Override
    public void put(SequenceBatch batch, int lane, int slot, int rank, int start, int steps) {
      throw new AssertionError("a plan reads no sequence");
    }
  }
}
