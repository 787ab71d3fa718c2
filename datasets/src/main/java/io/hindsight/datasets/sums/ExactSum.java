package io.hindsight.datasets.sums;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The sum of any finite doubles, without rounding: the same for any order of additions and merges,
 * and rounded once where it is read. It holds 67 numbers of 64 bits, the {@link Chunks} of a
 * multiple of 2^−1074.
 *
 * <p>Adding a million numbers of one array is faster with a {@link LargeSum}.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Length of {@link #toLongs}. */
  static final int LONGS = Chunks.size(Parts.BITS);

  /** Length of {@link #toDigits}. */
  public static final int DIGITS = LONGS;

  private static final double MOST_OF_DIGIT = 0x1p53; // up to which doubles are whole numbers

  private final Chunks units; // of 2^Parts.UNIT

  /** Zero. */
  public ExactSum() {
    this(new Chunks(Parts.BITS));
  }

  private ExactSum(Chunks units) {
    this.units = units;
  }

  /**
   * Adds a number; the two zeros are one.
   *
   * @throws IllegalArgumentException if it is infinite or not a number; the sum is as before
   */
  public void add(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = Parts.exponent(bits);
    Parts.requireFinite(exponent);
    long significand = Parts.significand(bits);
    units.add(bits < 0 ? -significand : significand, Parts.position(exponent));
  }

  /** Adds what another sum holds. */
  public ExactSum merge(ExactSum other) {
    units.merge(other.units);
    return this;
  }

  /** The double nearest to the sum, of two the even one; infinite if the sum is beyond doubles. */
  public double value() {
    return Nearest.ratio(units(), BigInteger.ONE, Parts.UNIT);
  }

  /** The sum itself. */
  public BigDecimal exact() {
    return new BigDecimal(units()).multiply(new BigDecimal(Double.MIN_VALUE));
  }

  /** The sum in units of 2^−1074. */
  BigInteger units() {
    return units.value();
  }

  Chunks chunks() {
    return units;
  }

  /** The sum as numbers that {@link #ofLongs} reads: the same for the same sum. */
  public long[] toLongs() {
    return units.toLongs();
  }

  /**
   * The sum that {@link #toLongs} wrote.
   *
   * @throws IllegalArgumentException if they are not of the form that it writes
   */
  public static ExactSum ofLongs(long[] longs) {
    if (longs.length != LONGS) {
      throw new IllegalArgumentException(
          "an exact sum has %d numbers, not %d".formatted(LONGS, longs.length));
    }
    return new ExactSum(Chunks.ofLongs(longs, 0, Parts.BITS));
  }

  /**
   * The sum in digits that can be added one by one, as doubles and without rounding, to those of
   * 2^20 other sums; {@link #ofDigits} reads the result.
   */
  public double[] toDigits() {
    long[] longs = toLongs();
    double[] digits = new double[DIGITS];
    for (int i = 0; i < DIGITS; i++) {
      digits[i] = longs[i];
    }
    return digits;
  }

  /**
   * The sum whose digits these are, or those of several sums added.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static ExactSum ofDigits(double[] digits) {
    if (digits.length != DIGITS) {
      throw new IllegalArgumentException(
          "an exact sum has %d digits, not %d".formatted(DIGITS, digits.length));
    }
    long[] longs = new long[LONGS];
    for (int i = 0; i < LONGS; i++) {
      longs[i] = (long) digits[i];
      if (longs[i] != digits[i] || Math.abs(digits[i]) >= MOST_OF_DIGIT) {
        throw new IllegalArgumentException("no digit of an exact sum is " + digits[i]);
      }
    }
    return new ExactSum(Chunks.ofAdded(longs));
  }
}
