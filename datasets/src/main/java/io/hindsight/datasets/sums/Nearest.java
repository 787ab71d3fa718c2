package io.hindsight.datasets.sums;

import java.math.BigInteger;

/** The doubles nearest to exact numbers: half to even, subnormal and infinite where they are. */
final class Nearest {
  /** Bits of quotients and roots: more than a double has, so that what is cut off breaks no tie. */
  private static final int ENOUGH = 66;

  private Nearest() {}

  /**
   * The double nearest to {@code numerator / denominator · 2^exponent}.
   *
   * @param denominator above 0
   */
  static double ratio(BigInteger numerator, BigInteger denominator, int exponent) {
    if (numerator.signum() == 0) {
      return 0;
    }
    int more = Math.max(0, ENOUGH + denominator.bitLength() - numerator.bitLength());
    BigInteger[] quotient = numerator.abs().shiftLeft(more).divideAndRemainder(denominator);
    return numerator.signum() * round(quotient[0], quotient[1].signum() != 0, exponent - more);
  }

  /**
   * The double nearest to {@code √square / divisor · 2^exponent}.
   *
   * @param square from 0
   * @param divisor above 0
   */
  static double root(BigInteger square, BigInteger divisor, int exponent) {
    if (square.signum() == 0) {
      return 0;
    }
    int more = Math.max(0, ENOUGH + divisor.bitLength() - square.bitLength() / 2);
    BigInteger[] quotient = square.shiftLeft(2 * more).divideAndRemainder(divisor.pow(2));
    BigInteger[] root = quotient[0].sqrtAndRemainder();
    boolean cut = quotient[1].signum() != 0 || root[1].signum() != 0;
    return round(root[0], cut, exponent - more);
  }

  /**
   * The double nearest to {@code (number + δ) · 2^exponent}.
   *
   * @param number above 0; of more than 53 bits if it was cut
   * @param cut whether 0 < δ < 1, else δ = 0
   */
  private static double round(BigInteger number, boolean cut, int exponent) {
    int dropped = Math.max(number.bitLength() - (Parts.FRACTION_BITS + 1), Parts.UNIT - exponent);
    if (dropped <= 0) {
      return Math.scalb(number.doubleValue(), exponent);
    }
    BigInteger kept = number.shiftRight(dropped);
    boolean aboveHalf = cut || number.getLowestSetBit() < dropped - 1;
    if (number.testBit(dropped - 1) && (aboveHalf || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb(kept.doubleValue(), exponent + dropped);
  }
}
