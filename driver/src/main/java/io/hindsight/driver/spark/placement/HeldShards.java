package io.hindsight.driver.spark.placement;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.step.RangeTask;
import io.hindsight.driver.step.ResultMerger;
import io.hindsight.driver.step.ShardRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The shards of one plan that a worker has, with a workspace for each piece of work. Fetching one
 * does not keep other tasks from theirs.
 */
public final class HeldShards {
  private final int before; // shards that are offered before the plan's
  private final Origin origin;
  private final Function<List<Shard>, RangeTask> tasks;
  private final ResultMerger merger;
  private final Map<Integer, Shard> shards = new HashMap<>();
  private final Map<ShardRange, RangeTask> idle = new HashMap<>();

  /** Where shards come from. */
  @FunctionalInterface
  public interface Origin {
    /**
     * Fetches a shard.
     *
     * @param place among all that are offered
     * @throws Exception if there is no room for it, or nobody answers
     */
    Shard shard(int place) throws Exception;
  }

  /**
   * None yet.
   *
   * @param before shards that are offered before the plan's
   * @param origin where they come from
   * @param tasks makes a workspace over some shards
   */
  public HeldShards(
      int before, Origin origin, Function<List<Shard>, RangeTask> tasks, ResultMerger merger) {
    this.before = before;
    this.origin = origin;
    this.tasks = tasks;
    this.merger = merger;
  }

  /** Merges results of the plan's shards. */
  public ResultMerger merger() {
    return merger;
  }

  /** Forgets what is needed for no range. */
  public synchronized void keepOnly(List<ShardRange> ranges) {
    Set<ShardRange> needed = new HashSet<>(ranges);
    idle.keySet().retainAll(needed);
    Set<Integer> ids = new HashSet<>();
    for (ShardRange range : ranges) {
      for (int id = range.first(); id < range.end(); id++) {
        ids.add(id);
      }
    }
    shards.keySet().retainAll(ids);
  }

  /**
   * A workspace for a piece, of which the caller has the use until it gives it back.
   *
   * @throws Exception if a shard cannot be had
   */
  public RangeTask take(ShardRange piece) throws Exception {
    synchronized (this) {
      RangeTask task = idle.remove(piece);
      if (task != null) {
        return task;
      }
    }
    List<Shard> needed = new ArrayList<>();
    for (int id = piece.first(); id < piece.end(); id++) {
      needed.add(shard(id));
    }
    return tasks.apply(needed);
  }

  /** Gives back a workspace, whose last result is still read. */
  public synchronized void giveBack(ShardRange piece, RangeTask task) {
    idle.put(piece, task);
  }

  private Shard shard(int id) throws Exception {
    synchronized (this) {
      if (shards.containsKey(id)) {
        return shards.get(id);
      }
    }
    Shard fetched = origin.shard(before + id);
    synchronized (this) {
      shards.put(id, fetched);
    }
    return fetched;
  }
}
