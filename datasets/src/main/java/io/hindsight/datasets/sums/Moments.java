package io.hindsight.datasets.sums;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Mean and standard deviation of any finite doubles, from sums without rounding: of the numbers x
 * in units of 2^−1074, and of their squares in units of 2^−2148. With n numbers
 *
 * <pre>
 *   mean = Σx / n        variance = (n·Σx² − (Σx)²) / n²        deviation = √variance
 * </pre>
 *
 * are computed in whole numbers and rounded once, at their end. So they depend neither on order nor
 * on parts, and lose nothing where a large mean meets a small deviation. The deviation is the root
 * of the exact variance rather than of the rounded one, which is infinite or 0 for numbers beyond
 * 1e154 or below 1e-162, where the deviation is an ordinary number.
 */
public final class Moments {
  /** Bits of the square of the largest double. */
  private static final int SQUARE_BITS = 2 * Parts.BITS;

  private static final int SQUARE_LONGS = Chunks.size(SQUARE_BITS);
  private static final int LONGS = 1 + ExactSum.LONGS + SQUARE_LONGS;

  /** Bits of half a square: the square of a significand has two such halves. */
  static final int HALF = 53;

  private long count;
  private final ExactSum sum;
  private final Chunks squares; // of 2^(2·Parts.UNIT)

  /** Of no numbers yet. */
  public Moments() {
    this(0, new ExactSum(), new Chunks(SQUARE_BITS));
  }

  private Moments(long count, ExactSum sum, Chunks squares) {
    this.count = count;
    this.sum = sum;
    this.squares = squares;
  }

  /**
   * Adds a number.
   *
   * @throws IllegalArgumentException if it is infinite or not a number; all is as before
   */
  public void add(double x) {
    sum.add(x);
    long bits = Double.doubleToRawLongBits(x);
    long significand = Parts.significand(bits);
    int position = 2 * Parts.position(Parts.exponent(bits));
    squares.add(lowerHalf(significand), position);
    squares.add(upperHalf(significand), position + HALF);
    count++;
  }

  /** The lower half of a significand's square. */
  static long lowerHalf(long significand) {
    return (significand * significand) & ((1L << HALF) - 1);
  }

  /** The upper half of a significand's square: what is above 64 bits once it is moved up by 11. */
  static long upperHalf(long significand) {
    return Math.multiplyHigh(significand << 5, significand << 6);
  }

  /** Adds the numbers of other moments. */
  public Moments merge(Moments other) {
    count += other.count;
    sum.merge(other.sum);
    squares.merge(other.squares);
    return this;
  }

  /** Adds n numbers, of which the caller adds sum and squares. */
  void addCount(long n) {
    count += n;
  }

  ExactSum sum() {
    return sum;
  }

  Chunks squares() {
    return squares;
  }

  /** n. */
  public long count() {
    return count;
  }

  /** The double nearest to the mean. */
  public double mean() {
    return Nearest.ratio(sum.units(), n(), Parts.UNIT);
  }

  /** The double nearest to the variance; infinite if that is beyond doubles. */
  public double variance() {
    return Nearest.ratio(spread(), n().pow(2), 2 * Parts.UNIT);
  }

  /** The double nearest to the standard deviation; always finite, and 0 if all are equal. */
  public double deviation() {
    return Nearest.root(spread(), n(), Parts.UNIT);
  }

  /** n·Σx² − (Σx)², never below 0. */
  private BigInteger spread() {
    return n().multiply(squares.value()).subtract(sum.units().pow(2));
  }

  private BigInteger n() {
    if (count == 0) {
      throw new IllegalStateException("no numbers have neither mean nor deviation");
    }
    return BigInteger.valueOf(count);
  }

  /** The moments as numbers that {@link #ofLongs} reads: the same for the same numbers x. */
  public long[] toLongs() {
    long[] longs = new long[LONGS];
    longs[0] = count;
    System.arraycopy(sum.toLongs(), 0, longs, 1, ExactSum.LONGS);
    System.arraycopy(squares.toLongs(), 0, longs, 1 + ExactSum.LONGS, SQUARE_LONGS);
    return longs;
  }

  /**
   * The moments that {@link #toLongs} wrote.
   *
   * @throws IllegalArgumentException if they are not of the form that it writes
   */
  public static Moments ofLongs(long[] longs) {
    if (longs.length != LONGS || longs[0] < 0) {
      throw new IllegalArgumentException(
          "moments have a count and %d numbers in all, not %d".formatted(LONGS, longs.length));
    }
    return new Moments(
        longs[0],
        ExactSum.ofLongs(Arrays.copyOfRange(longs, 1, 1 + ExactSum.LONGS)),
        Chunks.ofLongs(longs, 1 + ExactSum.LONGS, SQUARE_BITS));
  }
}
