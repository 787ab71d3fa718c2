package io.hindsight.kernels.math;

/**
 * The constants of e^x = 2^n · e^r with x = n·ln 2 + r: what {@link ScalarMath} and its vector
 * forms share.
 */
public final class ExpTerms {
  /** 1 / ln 2. */
  public static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2, rounded. */
  public static final double LN2_HIGH = 0x1.62e42fefa39efp-1;

  /** What rounding {@link #LN2_HIGH} lost. */
  public static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  /** Adding and subtracting 1.5·2^52 rounds to the nearest integer, left in the low bits. */
  public static final double ROUNDING_MAGIC = 0x1.8p52;

  /** The bits of 1.0: the exponent that 2^n counts from. */
  public static final long ONE_BITS = 0x3ff0000000000000L;

  /** 1/2!. */
  public static final double C2 = 1 / 2.0;

  /** 1/3!. */
  public static final double C3 = 1 / 6.0;

  /** 1/4!. */
  public static final double C4 = 1 / 24.0;

  /** 1/5!. */
  public static final double C5 = 1 / 120.0;

  /** 1/6!. */
  public static final double C6 = 1 / 720.0;

  /** 1/7!. */
  public static final double C7 = 1 / 5040.0;

  /** 1/8!. */
  public static final double C8 = 1 / 40320.0;

  /** 1/9!. */
  public static final double C9 = 1 / 362880.0;

  /** 1/10!. */
  public static final double C10 = 1 / 3628800.0;

  /** 1/11!. */
  public static final double C11 = 1 / 39916800.0;

  /** 1/12!. */
  public static final double C12 = 1 / 479001600.0;

  /** 1/13!. */
  public static final double C13 = 1 / 6227020800.0;

  private ExpTerms() {}
}
