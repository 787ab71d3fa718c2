package io.hindsight.kernels.math;

/**
 * 64 bits as a pure function of a key and a number: SplitMix64 (Steele, Lea, Flood: <i>Fast
 * Splittable Pseudorandom Number Generators</i>, OOPSLA 2014) started at the key.
 */
public final class SplitMix {
  /** What a stream's state grows by. */
  public static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** First factor of {@link #mix}. */
  public static final long FACTOR_1 = 0xBF58476D1CE4E5B9L;

  /** Second factor of {@link #mix}. */
  public static final long FACTOR_2 = 0x94D049BB133111EBL;

  private static final long LOW = 0xFFFF_FFFFL;

  private SplitMix() {}

  /** Mixes the bits of a state: one to one. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * FACTOR_1;
    z = (z ^ (z >>> 27)) * FACTOR_2;
    return z ^ (z >>> 31);
  }

  /** A key with one more part. */
  public static long key(long key, long part) {
    return mix(key + GAMMA ^ mix(part + GAMMA));
  }

  /**
   * 64 bits of a key's stream.
   *
   * @param number which of the stream's numbers, from 0
   */
  public static long bits(long key, long number) {
    return mix(key + (number + 1) * GAMMA);
  }

  /**
   * As {@link GateOps#strike}. Lane after lane each byte would be read and written eight times,
   * which takes longer.
   */
  public static void strike(
      long stream, long lane, long number, int units, long below, byte[] struck, int at) {
    long k0 = key(stream, lane);
    long k1 = key(stream, lane + 1);
    long k2 = key(stream, lane + 2);
    long k3 = key(stream, lane + 3);
    long k4 = key(stream, lane + 4);
    long k5 = key(stream, lane + 5);
    long k6 = key(stream, lane + 6);
    long k7 = key(stream, lane + 7);
    for (int unit = 0; unit < units; unit += 2) {
      long n = number + unit / 2;
      long both =
          (pair(k0, n, below) | pair(k1, n, below) << 1)
              | (pair(k2, n, below) << 2 | pair(k3, n, below) << 3)
              | (pair(k4, n, below) << 4 | pair(k5, n, below) << 5)
              | (pair(k6, n, below) << 6 | pair(k7, n, below) << 7);
      struck[at + unit] = (byte) (both >>> 32);
      if (unit + 1 < units) {
        struck[at + unit + 1] = (byte) both;
      }
    }
  }

  /** Whether two units are struck in a lane: in bit 32 for the first, in bit 0 for the other. */
  private static long pair(long key, long number, long below) {
    long bits = bits(key, number);
    long first = ((bits >>> 32) - below) >>> 63;
    long second = ((bits & LOW) - below) >>> 63;
    return first << 32 | second;
  }
}
