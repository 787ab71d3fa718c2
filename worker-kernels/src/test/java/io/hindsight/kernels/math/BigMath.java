package io.hindsight.kernels.math;

import java.math.BigDecimal;
import java.math.MathContext;

/** exp, log, tanh, σ to 60 digits by plain series: the truth the fast functions are held to. */
public final class BigMath {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal LN2 =
      twiceArtanh(BigDecimal.ONE.divide(new BigDecimal(3), DIGITS));
  private static final int HALVINGS = 16;

  private BigMath() {}

  /** e^x by Taylor's series at x / 2^16, squared 16 times. */
  public static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(TWO.pow(HALVINGS), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 40 && term.signum() != 0; n++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** log x = k·ln 2 + 2 artanh((m − 1) / (m + 1)) with x = 2^k·m. */
  public static BigDecimal log(double x) {
    int k = x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p54) - 54 : Math.getExponent(x);
    BigDecimal m =
        k >= 0
            ? new BigDecimal(x).divide(TWO.pow(k), DIGITS)
            : new BigDecimal(x).multiply(TWO.pow(-k), DIGITS);
    return log(m).add(LN2.multiply(BigDecimal.valueOf(k)), DIGITS);
  }

  /** log m for m near 1, at most 2. */
  public static BigDecimal log(BigDecimal m) {
    BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
    return twiceArtanh(s);
  }

  /** 1 / (1 + e^−x). */
  public static BigDecimal sigmoid(BigDecimal x) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(x.negate()), DIGITS), DIGITS);
  }

  /** log(1 + e^x). */
  public static BigDecimal softplus(BigDecimal x) {
    BigDecimal tail = log(BigDecimal.ONE.add(exp(x.abs().negate())));
    return x.signum() > 0 ? x.add(tail, DIGITS) : tail;
  }

  /** (e^2x − 1) / (e^2x + 1); below 1e-8 by x − x³/3, where the subtraction would cost digits. */
  public static BigDecimal tanh(BigDecimal x) {
    if (x.abs().doubleValue() < 1e-8) {
      return x.subtract(x.pow(3, DIGITS).divide(new BigDecimal(3), DIGITS), DIGITS);
    }
    BigDecimal square = exp(x.multiply(TWO));
    return square.subtract(BigDecimal.ONE).divide(square.add(BigDecimal.ONE), DIGITS);
  }

  /** |actual − exact| in units of the last place of the exact value's nearest double. */
  public static double ulps(double actual, BigDecimal exact) {
    BigDecimal ulp = new BigDecimal(Math.ulp(exact.doubleValue()));
    return new BigDecimal(actual).subtract(exact).abs().divide(ulp, DIGITS).doubleValue();
  }

  private static BigDecimal twiceArtanh(BigDecimal s) {
    BigDecimal square = s.multiply(s, DIGITS);
    BigDecimal power = s;
    BigDecimal sum = s;
    for (int n = 3; n < 140; n += 2) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
    }
    return sum.multiply(TWO);
  }
}
