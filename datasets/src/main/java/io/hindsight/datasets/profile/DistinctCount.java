package io.hindsight.datasets.profile;

import io.hindsight.datasets.sums.Mergeable;
import java.util.TreeSet;

/**
 * Counts different things by the k smallest of their hashes: exactly up to k of them, else from how
 * close those hashes are (Bar-Yossef and others, "Counting distinct elements in a data stream",
 * 2002), with a relative deviation of about 1 / √k.
 */
final class DistinctCount implements Mergeable<DistinctCount> {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 1 << 14; // k
  private static final double HASHES = 0x1p64;

  private final TreeSet<Long> smallest = new TreeSet<>(); // shifted: unsigned order as signed

  /** Adds the hash of a thing, which may be there already. */
  void add(long hash) {
    addShifted(hash ^ Long.MIN_VALUE);
  }

  private void addShifted(long hash) {
    if (smallest.size() < MOST) {
      smallest.add(hash);
    } else if (hash < smallest.last() && smallest.add(hash)) {
      smallest.pollLast();
    }
  }

  @Override
  public void merge(DistinctCount other) {
    other.smallest.forEach(this::addShifted);
  }

  /** How many there are. */
  long value() {
    if (smallest.size() < MOST) {
      return smallest.size();
    }
    double largest = (double) smallest.last() - Long.MIN_VALUE;
    return Math.round((MOST - 1) * (HASHES / largest));
  }
}
