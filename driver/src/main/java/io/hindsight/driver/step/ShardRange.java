package io.hindsight.driver.step;

import io.hindsight.driver.shard.Shard;
import java.util.List;

/**
 * Consecutive shards.
 *
 * @param first the lowest id
 * @param count at least 1
 */
public record ShardRange(int first, int count) {
  public ShardRange {
    if (first < 0 || count < 1 || first > Integer.MAX_VALUE - count) {
      throw new IllegalArgumentException(
          "a range needs a shard: first %d, count %d".formatted(first, count));
    }
  }

  /** The range of consecutive shards. */
  public static ShardRange of(List<Shard> shards) {
    return new ShardRange(shards.get(0).id(), shards.size());
  }

  /** The range of a result. */
  public static ShardRange of(StepResult result) {
    return new ShardRange(result.firstShard(), result.shards());
  }

  /** The id after the last. */
  public int end() {
    return first + count;
  }

  @Override
  public String toString() {
    return "[" + first + ", " + end() + ")";
  }
}
