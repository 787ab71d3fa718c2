package io.hindsight.datasets.split;

import io.hindsight.datasets.sums.Mergeable;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many keys there are in each of some equal ranges of hashes: so a key is found by its rank
 * when no more than one range of keys is looked at.
 */
public final class HashCounts implements Mergeable<HashCounts> {
  private static final long serialVersionUID = 1L;
  private static final int BITS = 12;

  private final long[] counts = new long[1 << BITS];

  /** The range of a hash; those of smaller hashes come first. */
  static int range(long hash) {
    return (int) ((hash ^ Long.MIN_VALUE) >>> (Long.SIZE - BITS));
  }

  /** Counts a key. */
  public void add(IdSplit.Key key) {
    counts[range(key.hash())]++;
  }

  @Override
  public void merge(HashCounts other) {
    for (int range = 0; range < counts.length; range++) {
      counts[range] += other.counts[range];
    }
  }

  /** Keys in all. */
  public long total() {
    return before(counts.length);
  }

  /** Keys of the ranges before one. */
  long before(int range) {
    long before = 0;
    for (int r = 0; r < range; r++) {
      before += counts[r];
    }
    return before;
  }

  /** The range that holds the key of a rank; after the last if there are not so many. */
  public int rangeOf(long rank) {
    int range = 0;
    for (long before = 0; range < counts.length; range++) {
      before += counts[range];
      if (before > rank) {
        break;
      }
    }
    return range;
  }

  /** The keys of some ranges, in order. */
  public static final class Keys implements Mergeable<Keys> {
    private static final long serialVersionUID = 1L;

    private final Set<Integer> ranges;
    private final TreeSet<IdSplit.Key> keys = new TreeSet<>();

    public Keys(Set<Integer> ranges) {
      this.ranges = new TreeSet<>(ranges);
    }

    public void add(IdSplit.Key key) {
      if (ranges.contains(range(key.hash()))) {
        keys.add(key);
      }
    }

    @Override
    public void merge(Keys other) {
      keys.addAll(other.keys);
    }

    /**
     * The key of a rank among all keys.
     *
     * @param counts of all keys
     */
    public IdSplit.Key ranked(HashCounts counts, long rank) {
      int range = counts.rangeOf(rank);
      return keys.stream()
          .filter(key -> range(key.hash()) == range)
          .skip(rank - counts.before(range))
          .findFirst()
          .orElseThrow();
    }
  }
}
