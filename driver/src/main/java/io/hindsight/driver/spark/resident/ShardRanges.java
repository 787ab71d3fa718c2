package io.hindsight.driver.spark.resident;

import io.hindsight.driver.step.ShardRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Ranges of shards as sets, and in parts. */
final class ShardRanges {
  private ShardRanges() {}

  /** A bit for each shard of the ranges. */
  static BitSet bits(List<ShardRange> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set(range.first(), range.end()));
    return bits;
  }

  /** The fewest ranges that cover the bits. */
  static List<ShardRange> of(BitSet bits) {
    List<ShardRange> ranges = new ArrayList<>();
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      ranges.add(new ShardRange(first, end - first));
      first = bits.nextSetBit(end);
    }
    return ranges;
  }

  /** The fewest ranges that cover a range but for some shards. */
  static List<ShardRange> without(ShardRange range, BitSet shards) {
    BitSet left = bits(List.of(range));
    left.andNot(shards);
    return of(left);
  }

  /** A range in nearly equal parts; no more than it has shards. */
  static List<ShardRange> split(ShardRange range, int parts) {
    int count = Math.min(parts, range.count());
    List<ShardRange> split = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = range.first() + i * range.count() / count;
      int to = range.first() + (i + 1) * range.count() / count;
      split.add(new ShardRange(from, to - from));
    }
    return split;
  }
}
