package io.hindsight.datasets.stored;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What was read last, for those who ask for the same a few times in a row: as much as fits a bound,
 * but the newest always. Safe from several threads at once.
 *
 * @param <V> what is read
 */
final class RecentlyRead<V> {
  private static final int CAPACITY = 16; // entries to have room for
  private static final float LOAD = 0.75f;

  private final long most; // bytes
  private final Map<Integer, Entry<V>> entries = new LinkedHashMap<>(CAPACITY, LOAD, true);
  private long bytes;

  private record Entry<V>(V value, long bytes) {}

  /**
   * Nothing yet.
   *
   * @param most bytes to keep
   */
  RecentlyRead(long most) {
    this.most = most;
  }

  /**
   * What was read, or is read now.
   *
   * @param size of it, bytes
   */
  V get(int index, long size, IntFunction<V> read) {
    V known = known(index);
    if (known != null) {
      return known;
    }
    V value = read.apply(index);
    keep(index, new Entry<>(value, size));
    return value;
  }

  private synchronized V known(int index) {
    Entry<V> entry = entries.get(index);
    return entry == null ? null : entry.value;
  }

  private synchronized void keep(int index, Entry<V> entry) {
    Entry<V> before = entries.put(index, entry);
    bytes += entry.bytes - (before == null ? 0 : before.bytes);
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (bytes > most && entries.size() > 1) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
