package io.hindsight.datasets.rows.steps;

import io.hindsight.datasets.rows.TimeKey;

/**
 * A number by which the rows of a table are nearly sorted: the upper bits are a hash of the id, the
 * lower ones the upper bits of the time. Spark compares the numbers of rows without looking at the
 * rows, and only those of rows that are near each other are alike.
 *
 * <p>Few sequences have the hash of another; the rows of those are mixed.
 */
public final class RoughOrder {
  private static final int TIME_BITS = 40;
  private static final long FIRST_HASH = 0xcbf29ce484222325L; // FNV-1a
  private static final long PRIME = 0x100000001b3L;

  private RoughOrder() {}

  /** The number of a row. */
  static long of(String id, TimeKey time) {
    return of(hash(id), time.order());
  }

  /**
   * The number of another row of the same sequence.
   *
   * @param order of its time
   */
  static long at(long number, long order) {
    return of(hash(number), order);
  }

  private static long of(long hash, long order) {
    long early = order >> (Long.SIZE - TIME_BITS); // with a sign
    long unsigned = early + (1L << (TIME_BITS - 1));
    return hash << TIME_BITS | unsigned;
  }

  /** The hash of the id of a row, from its number. */
  public static long hash(long order) {
    return order >>> TIME_BITS;
  }

  /** The hash of an id. */
  public static long hash(String id) {
    long hash = FIRST_HASH;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * PRIME;
    }
    return (hash ^ (hash >>> 32)) * PRIME >>> TIME_BITS; // the upper bits are mixed best
  }
}
