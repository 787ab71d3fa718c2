package io.hindsight.driver.spark.placement;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.shard.ShardPlan;
import io.hindsight.driver.spark.codec.Pieces;
import io.hindsight.kernels.network.NetworkSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * The shards of plans as the driver hands them out: by reference in its own process, else page by
 * page, each made when it is asked for.
 *
 * <p>So a shard comes from the driver alone, whoever holds it besides, and nothing of it is kept
 * twice. Spark's broadcasts also ask the executors that have read them, of which one may stand
 * still, and wait for it for minutes.
 */
public final class OfferedShards {
  private static final byte[] END = {};

  private final List<Shard> shards;
  private final List<List<ShardPage>> pages; // by shard

  private OfferedShards(List<Shard> shards, List<List<ShardPage>> pages) {
    this.shards = shards;
    this.pages = pages;
  }

  /**
   * Offers the shards of plans, one plan's after the other's, in pages of about a message's length.
   */
  public static OfferedShards of(
      NetworkSpec spec, List<ShardPlan> plans, long seed, SparkConf conf) {
    List<Shard> shards = new ArrayList<>();
    List<List<ShardPage>> pages = new ArrayList<>();
    for (ShardPlan plan : plans) {
      shards.addAll(plan.shards());
      for (TaskShards one : TaskShards.split(spec, plan, seed, plan.shards().size())) {
        pages.add(ShardPage.cut(one, Pieces.mostBytes(conf)));
      }
    }
    return new OfferedShards(shards, pages);
  }

  /** How many shards there are. */
  public int size() {
    return shards.size();
  }

  /** A shard itself, by its place among all. */
  public Shard get(int place) {
    return shards.get(place);
  }

  /** How many pages a shard has. */
  public int pages(int place) {
    return pages.get(place).size();
  }

  /** The bytes of a page of a shard; none where there is no such page. */
  public byte[] page(int place, int page) throws IOException {
    return page < 0 || page >= pages(place) ? END : pages.get(place).get(page).make();
  }
}
