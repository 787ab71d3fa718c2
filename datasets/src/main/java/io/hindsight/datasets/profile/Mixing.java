package io.hindsight.datasets.profile;

/** Hashes of 64 bits, the same on every machine. */
final class Mixing {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Mixing() {}

  /** A hash that goes on with a number; the finalizer of SplitMix64. */
  static long with(long hash, long number) {
    long z = (hash ^ number) + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A hash that goes on with a text. */
  static long with(long hash, String text) {
    long mixed = with(hash, text.length());
    for (int i = 0; i < text.length(); i++) {
      mixed = mixed * 31 + text.charAt(i);
    }
    return with(mixed, text.length());
  }

  /** A hash that goes on with bytes. */
  static long with(long hash, byte[] bytes) {
    long mixed = with(hash, bytes.length);
    for (byte one : bytes) {
      mixed = mixed * 31 + one;
    }
    return with(mixed, bytes.length);
  }
}
