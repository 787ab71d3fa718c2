package io.hindsight.kernels.math;

/**
 * The constants of log(1 + f) = 2 artanh(s) with s = f / (2 + f): what {@link ScalarMath} and its
 * vector forms share.
 */
public final class LogTerms {
  /** The bits of √½: x = 2^k·(1 + f) with 1 + f in [√½, √2) where k counts from these. */
  public static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

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
