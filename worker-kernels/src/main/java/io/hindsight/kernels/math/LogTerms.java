package io.hindsight.kernels.math;

/**
 * The constants of log(1 + f) = 2 artanh(s) with s = f / (2 + f): what {@link ScalarMath} and its
 * vector forms share.
 */
public final class LogTerms {
  /** √2: from here on a number is halved before its logarithm is taken. */
  public static final double SQRT_TWO = 0x1.6a09e667f3bcdp0;

  /** 2/3. */
  public static final double A3 = 2 / 3.0;

  /** 2/5. */
  public static final double A5 = 2 / 5.0;

  /** 2/7. */
  public static final double A7 = 2 / 7.0;

  /** 2/9. */
  public static final double A9 = 2 / 9.0;

  /** 2/11. */
  public static final double A11 = 2 / 11.0;

  /** 2/13. */
  public static final double A13 = 2 / 13.0;

  /** 2/15. */
  public static final double A15 = 2 / 15.0;

  /** 2/17. */
  public static final double A17 = 2 / 17.0;

  /** 2/19. */
  public static final double A19 = 2 / 19.0;

  /** 2/21. */
  public static final double A21 = 2 / 21.0;

  private LogTerms() {}
}
