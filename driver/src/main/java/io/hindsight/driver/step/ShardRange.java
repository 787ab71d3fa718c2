package io.hindsight.driver.step;

import io.hindsight.driver.shard.Shard;
import java.util.ArrayList;
import java.util.BitSet;
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

  /** A bit for each shard of the ranges. */
  public static BitSet bits(List<ShardRange> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set(range.first(), range.end()));
    return bits;
  }

  /** The fewest ranges that cover the bits. */
  public static List<ShardRange> covering(BitSet bits) {
    List<ShardRange> ranges = new ArrayList<>();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      ranges.add(new ShardRange(first, end - first));
      first = bits.nextSetBit(end);
    }
    return ranges;
  }

  /** The fewest ranges that cover this one but for some shards. */
  public List<ShardRange> without(BitSet shards) {
    BitSet left = bits(List.of(this));
    left.andNot(shards);
    return covering(left);
  }

  /** Nearly equal parts; no more than there are shards. */
  public List<ShardRange> split(int parts) {
    int most = Math.min(parts, count);
    List<ShardRange> split = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int from = first + i * count / most;
      int to = first + (i + 1) * count / most;
      split.add(new ShardRange(from, to - from));
    }
    return split;
  }

  @Override
  public String toString() {
    return "[" + first + ", " + end() + ")";
  }
}
