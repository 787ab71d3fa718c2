package io.hindsight.kernels.random;

import java.nio.charset.StandardCharsets;

/** A sequence's id as a number that random numbers are keyed by. */
public final class IdHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private IdHash() {}

  /** FNV-1a (Fowler, Noll, Vo) over the UTF-8 bytes: the same on every machine. */
  public static long of(String id) {
    long hash = FNV_OFFSET;
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
