package io.hindsight.datasets.fit;

import io.hindsight.datasets.RawSequence;
import io.hindsight.datasets.split.IdSplit;
import io.hindsight.datasets.sums.Mergeable;
import io.hindsight.datasets.time.TimeFindings;
import java.util.Arrays;

/** Hashes of ids, and what times tell; both need nothing else to be known. */
final class HashedIds implements Mergeable<HashedIds> {
  private static final long serialVersionUID = 1L;
  private static final int MOST = Integer.MAX_VALUE - 8; // elements of an array

  private final long seed;
  private final TimeFindings times = new TimeFindings();
  private long[] hashes = new long[16];
  private int count;

  HashedIds(long seed) {
    this.seed = seed;
  }

  void add(RawSequence raw) {
    times.add(raw);
    add(new long[] {IdSplit.Key.of(seed, raw.id()).hash()}, 1);
  }

  private void add(long[] some, int size) {
    int needed = Math.addExact(count, size);
    if (needed > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(needed, (int) Math.min(MOST, 2L * count)));
    }
    System.arraycopy(some, 0, hashes, count, size);
    count = needed;
  }

  @Override
  public void merge(HashedIds other) {
    times.merge(other.times);
    add(other.hashes, other.count);
  }

  long[] hashes() {
    return Arrays.copyOf(hashes, count);
  }

  TimeFindings times() {
    return times;
  }
}
