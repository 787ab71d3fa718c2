package io.hindsight.driver.spark.resident;

import io.hindsight.driver.shard.Shard;
import io.hindsight.driver.spark.placement.ShardSource;
import io.hindsight.driver.step.ShardRange;
import io.hindsight.driver.step.ShardTask;
import io.hindsight.driver.step.StepRequest;
import io.hindsight.driver.step.StepResult;
import io.hindsight.kernels.bptt.PackedWeights;
import io.hindsight.kernels.network.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a worker computes with: its shards, a workspace for each piece of work, and the step's
 * weights, packed once for all tasks.
 *
 * <p>A step begins only when no piece of the one before is being computed.
 */
final class StepComputation {
  private final ShardSource source;
  private final DriverLink link;
  private final Map<Integer, Shard> shards = new HashMap<>();
  private final Map<ShardRange, ShardTask> idle = new HashMap<>();
  private PackedWeights packed; // made for the first step
  private StepRequest request;
  private Parameters unpacked; // to be packed by the first task of the step; null when done
  private long step = -1;

  /**
   * An empty one.
   *
   * @param source tells what is to be done with shards
   * @param link by which they come
   */
  StepComputation(ShardSource source, DriverLink link) {
    this.source = source;
    this.link = link;
  }

  /** The step whose weights are here; −1 before the first. */
  synchronized long step() {
    return step;
  }

  /** Takes over a step's weights, if they come along, and forgets workspaces no longer needed. */
  synchronized void begin(PollReply.Work work) {
    work.input()
        .ifPresent(
            input -> {
              request = input.request();
              unpacked = input.parameters();
              step = work.step();
              keepOnly(work.ranges());
            });
  }

  private void keepOnly(List<ShardRange> ranges) {
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
   * Computes a piece of the step.
   *
   * @return valid until the next step
   */
  StepResult compute(ShardRange piece) throws Exception {
    ShardTask task = take(piece);
    StepResult result = task.run(packed(), request);
    synchronized (this) {
      idle.put(piece, task);
    }
    return result;
  }

  private ShardTask take(ShardRange piece) throws Exception {
    synchronized (this) {
      ShardTask task = idle.remove(piece);
      if (task != null) {
        return task;
      }
    }
    List<Shard> needed = new ArrayList<>();
    for (int id = piece.first(); id < piece.end(); id++) {
      needed.add(shard(id));
    }
    return source.task(needed);
  }

  private Shard shard(int id) throws Exception {
    synchronized (this) {
      if (shards.containsKey(id)) {
        return shards.get(id);
      }
    }
    Shard fetched = link.shard(id);
    synchronized (this) {
      shards.put(id, fetched);
    }
    return fetched;
  }

  private synchronized PackedWeights packed() {
    if (packed == null) {
      packed = new PackedWeights(source.spec());
    }
    if (unpacked != null) {
      packed.pack(unpacked);
      unpacked = null;
    }
    return packed;
  }
}
