package io.hindsight.driver.spark.resident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.driver.engine.GoldenCase;
import io.hindsight.driver.shard.RankedWindows;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.driver.spark.placement.OfferedShards;
import io.hindsight.kernels.batch.Sequence;
import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;

/** Data for the network of {@link GoldenCase#RNN} in eight shards of as many pages as wished. */
final class PagedData {
  static final GoldenCase NETWORK = GoldenCase.RNN;

  private static final int BATCH = 64;
  private static final int SLOTS = 8; // per shard
  private static final int LONGEST = 1000; // steps
  private static final int ENVELOPE = 80; // bytes of a sequence beside its numbers, at most
  private static final int STEP =
      Double.BYTES * (NETWORK.spec().input().size() + NETWORK.spec().output().size()); // bytes

  private PagedData() {}

  /**
   * The data.
   *
   * @param pages per shard
   * @param pageBytes the session's {@link Pieces#MOST}
   */
  static ShardPlan of(int pages, int pageBytes) {
    long slot = ((long) pages * pageBytes - pageBytes / 4) / SLOTS; // bytes
    int perSlot = (int) Math.max(1, slot / (LONGEST * STEP + ENVELOPE)); // sequences
    int length = (int) ((slot / perSlot - ENVELOPE) / STEP);
    CounterRandom random = CounterRandom.of(pages, Purpose.GENERATED_DATA, 6);
    double[] features = new double[length * NETWORK.spec().input().size()];
    Arrays.setAll(features, i -> random.nextDouble(-1, 1));
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < BATCH * perSlot; i++) {
      double[] targets = new double[length * NETWORK.spec().output().size()];
      Arrays.fill(targets, i / (double) (BATCH * perSlot));
      String id = "%07d".formatted(i);
      sequences.add(Sequence.ofFeatures(id, features, length).withTargets(targets));
    }
    ShardPlan plan = RankedWindows.plan(sequences, BATCH, OptionalInt.empty(), NETWORK.windows());
    requirePages(pages, plan, pageBytes);
    return plan;
  }

  private static void requirePages(int pages, ShardPlan plan, int pageBytes) {
    SparkConf conf = new SparkConf(false).set(Pieces.MOST, "" + pageBytes);
    OfferedShards shards = OfferedShards.of(NETWORK.spec(), List.of(plan), GoldenCase.SEED, conf);
    for (int id = 0; id < shards.size(); id++) {
      assertEquals(pages, shards.pages(id), "pages of shard " + id);
    }
  }
}
