package io.hindsight.datasets.files;

import java.util.Optional;

/**
 * Tells UTF-16 and UTF-32 by a file's first bytes: read as UTF-8 such text is refused for its
 * second byte, or every other character is NUL. Windows writes it where a program says "Unicode".
 */
public final class WideText {
  /** So many bytes of a file are enough to tell. */
  public static final int ENOUGH = 4096;

  private static final int RARE = 32; // at least one in so many characters is a blank or Latin

  private WideText() {}

  /**
   * The encoding by the name that Java, Spark and iconv know: {@code UTF-16} or {@code UTF-32}
   * where the bytes begin with a byte-order mark, else with {@code LE} or {@code BE}; absent for
   * anything else.
   *
   * @param first the file's first bytes, {@link #ENOUGH} or all; further ones are not looked at
   */
  public static Optional<String> encoding(byte[] first) {
    if (begins(first, 0xFF, 0xFE, 0, 0) || begins(first, 0, 0, 0xFE, 0xFF)) {
      return Optional.of("UTF-32");
    }
    if (begins(first, 0xFF, 0xFE) || begins(first, 0xFE, 0xFF)) {
      return Optional.of("UTF-16");
    }
    return unmarked(first);
  }

  private static boolean begins(byte[] first, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= first.length || (first[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** By the places of the zeros, which no other text has. */
  private static Optional<String> unmarked(byte[] first) {
    int[] zeros = new int[4];
    int quadruples = Math.min(first.length, ENOUGH) / 4;
    for (int i = 0; i < 4 * quadruples; i++) {
      zeros[i % 4] += first[i] == 0 ? 1 : 0;
    }
    if (quadruples == 0) {
      return Optional.empty();
    }
    if (zeros[0] == quadruples && 2 * zeros[1] > quadruples && zeros[3] == 0) {
      return Optional.of("UTF-32BE");
    }
    if (zeros[3] == quadruples && 2 * zeros[2] > quadruples && zeros[0] == 0) {
      return Optional.of("UTF-32LE");
    }
    int even = zeros[0] + zeros[2];
    int odd = zeros[1] + zeros[3];
    boolean wide = RARE * (even + odd) >= 2 * quadruples && even + odd > 1;
    if (!wide || even > 0 && odd > 0) {
      return Optional.empty();
    }
    return Optional.of(even > 0 ? "UTF-16BE" : "UTF-16LE");
  }

  /** How to make UTF-8 of it, as an imperative. */
  public static String conversion(String encoding) {
    return "convert it with iconv -f %s -t UTF-8".formatted(encoding);
  }
}
