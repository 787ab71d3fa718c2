package io.hindsight.driver.spark.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.shard.CarriedWindows;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.network.GruCell;
import io.hindsight.kernels.network.InputSpec;
import io.hindsight.kernels.network.NetworkSpec;
import io.hindsight.kernels.network.OutputSpec;
import io.hindsight.kernels.network.OutputSpec.At;
import io.hindsight.kernels.network.OutputSpec.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferedShardsTest {
  private static final int HEAD = 1000; // bytes, more than any shard's here
  private static final NetworkSpec SPEC =
      NetworkSpec.plain(
          InputSpec.dense(3),
          new GruCell(),
          List.of(4),
          new OutputSpec(3, Loss.SOFTMAX_CROSS_ENTROPY, At.EVERY_STEP));

  /** Arrays of one page and of hundreds, begun and ended anywhere in a page. */
  @ParameterizedTest
  @ValueSource(ints = {64, 1000, 8192, 10_000, 1 << 20})
  void shouldBeReadAgainPageByPage(int size) throws IOException {
    ShardPlan plan = plan();
    OfferedShards offered = offered(plan, size);
    for (Shard shard : plan.shards()) {
      for (int page = 0; page < offered.pages(shard.id()); page++) {
        int most = page == 0 ? HEAD + size : size;
        assertTrue(offered.page(shard.id(), page).length <= most, "page " + page);
      }
      requireEqual(shard, ShardSource.read(new Reading(offered, shard.id(), Integer.MAX_VALUE)));
    }
  }

  @Test
  void shouldBeTheShardsThemselvesInTheirOwnProcess() {
    ShardPlan plan = plan();
    OfferedShards offered = offered(plan, 100);
    assertEquals(plan.shards().size(), offered.size());
    assertSame(plan.shards().get(1), offered.get(1));
  }

  @Test
  void shouldHaveNothingBeyondTheLastPage() throws IOException {
    OfferedShards offered = offered(plan(), 1000);
    assertEquals(0, offered.page(0, offered.pages(0)).length);
    assertEquals(0, offered.page(0, -1).length);
  }

  @Test
  void shouldTellThatPagesAreMissing() {
    OfferedShards offered = offered(plan(), 1000);
    for (int pages : new int[] {0, 1, offered.pages(0) - 1}) {
      Reading cut = new Reading(offered, 0, pages);
      UncheckedIOException failure =
          assertThrows(UncheckedIOException.class, () -> ShardSource.read(cut));
      assertTrue(failure.getMessage().startsWith("cannot fetch the shards"), failure.getMessage());
    }
  }

  private static final class Reading extends PagedInput {
    private final OfferedShards offered;
    private final int shard;
    private final int most;
    private int read;

    Reading(OfferedShards offered, int shard, int most) {
      this.offered = offered;
      this.shard = shard;
      this.most = most;
    }

    @Override
    protected byte[] next() throws IOException {
      byte[] page = read < most ? offered.page(shard, read++) : new byte[0];
      return page.length == 0 ? null : page;
    }
  }

  private static OfferedShards offered(ShardPlan plan, int size) {
    return OfferedShards.of(
        SPEC, List.of(plan), 3, new SparkConf(false).set(Pieces.MOST, "" + size));
  }

  private static void requireEqual(Shard expected, Shard actual) {
    assertEquals(expected.id(), actual.id());
    assertEquals(expected.firstBlock(), actual.firstBlock());
    assertEquals(expected.slots(), actual.slots());
    for (int slot = 0; slot < expected.slots(); slot++) {
      assertEquals(expected.size(slot), actual.size(slot));
      for (int rank = 0; rank < expected.size(slot); rank++) {
        Sequence one = expected.window(slot, rank).toSequence();
        Sequence other = actual.window(slot, rank).toSequence();
        assertEquals(one.id(), other.id());
        assertArrayEquals(one.features(), other.features());
        assertArrayEquals(one.classes(), other.classes());
      }
    }
  }

  private static ShardPlan plan() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int length = i % 9 == 0 ? 3000 : 1 + i;
      int factor = i;
      double[] numbers = new double[3 * length];
      int[] classes = new int[length];
      Arrays.setAll(numbers, n -> n * 0.7 + factor);
      Arrays.setAll(classes, n -> (n + factor) % 3);
      sequences.add(
          Sequence.ofFeatures("Sequenz \u00e4 " + i, numbers, length).withClasses(classes));
    }
    return RankedWindows.plan(sequences, 16, OptionalInt.empty(), CarriedWindows.following(4));
  }
}
