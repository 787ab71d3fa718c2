package io.hindsight.datasets.sums;

/**
 * A finite double as a whole number of units: {@code ± significand · 2^position · 2^−1074}.
 *
 * <pre>
 *   bit   63    62 … 52      51 … 0
 *        sign  exponent e   fraction f
 *
 *   e = 0        significand f,          position 0
 *   e > 0        significand 2^52 + f,   position e − 1
 *   e = 2047     infinite, or not a number
 * </pre>
 */
final class Parts {
  /** Exponent of the unit, of which every finite double is a multiple. */
  static final int UNIT = Double.MIN_EXPONENT - 52;

  static final int FRACTION_BITS = 52;
  static final long FRACTION = (1L << FRACTION_BITS) - 1;
  static final int EXPONENTS = 1 << 11;

  /** Bits of the largest double: a significand of 53 at the position 2045. */
  static final int BITS = EXPONENTS - 3 + FRACTION_BITS + 1;

  static final int KEYS = 2 * EXPONENTS;

  /** What turns the bits of a double into its significand, by {@link #key}. */
  private static final long[] TO_SIGNIFICAND = new long[KEYS];

  static {
    for (int key = 0; key < KEYS; key++) {
      long hidden = key % EXPONENTS == 0 ? 0 : FRACTION + 1;
      TO_SIGNIFICAND[key] = hidden - ((long) key << FRACTION_BITS);
    }
  }

  private Parts() {}

  /** Sign and exponent. */
  static int key(long bits) {
    return (int) (bits >>> FRACTION_BITS);
  }

  /** e. */
  static int exponent(long bits) {
    return (int) (bits >>> FRACTION_BITS) & (EXPONENTS - 1);
  }

  /** Of the lowest bit of numbers of this e, in units. */
  static int position(int exponent) {
    return Math.max(exponent - 1, 0);
  }

  /** The significand, without the sign. */
  static long significand(long bits) {
    return bits + TO_SIGNIFICAND[key(bits)];
  }

  /** Refuses what has no place among the units. */
  static void requireFinite(int exponent) {
    if (exponent == EXPONENTS - 1) {
      throw new IllegalArgumentException("an exact sum must be of finite numbers only");
    }
  }
}
