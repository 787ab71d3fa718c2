package io.hindsight.kernels.math.special;

import io.hindsight.kernels.math.BigMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * ln Γ and ψ to about 45 digits: Stirling's series with Bernoulli's numbers from 40 on, to which
 * recurrence leads.
 */
final class BigGamma {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final int FROM = 40;
  private static final int TERMS = 20;
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");
  private static final BigDecimal HALF_LOG_TWO_PI = log(PI.add(PI)).multiply(HALF);
  private static final List<BigDecimal> BERNOULLI = bernoulli();

  private BigGamma() {}

  /** B₂, B₄, … by Σ C(m + 1, j) B_j = 0. */
  private static List<BigDecimal> bernoulli() {
    List<BigDecimal> all = new ArrayList<>(List.of(BigDecimal.ONE));
    for (int m = 1; m <= 2 * TERMS; m++) {
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal binomial = BigDecimal.ONE;
      for (int j = 0; j < m; j++) {
        sum = sum.add(binomial.multiply(all.get(j), DIGITS), DIGITS);
        binomial =
            binomial
                .multiply(BigDecimal.valueOf(m + 1L - j), DIGITS)
                .divide(BigDecimal.valueOf(j + 1L), DIGITS);
      }
      all.add(sum.negate().divide(BigDecimal.valueOf(m + 1L), DIGITS));
    }
    List<BigDecimal> even = new ArrayList<>();
    for (int k = 1; k <= TERMS; k++) {
      even.add(all.get(2 * k));
    }
    return even;
  }

  /** ln x, for x in the range of doubles. */
  static BigDecimal log(BigDecimal x) {
    double near = x.doubleValue();
    return BigMath.log(near).add(BigMath.log(x.divide(new BigDecimal(near), DIGITS)), DIGITS);
  }

  /** ln Γ(x) for x > 0. */
  static BigDecimal logGamma(BigDecimal x) {
    BigDecimal product = BigDecimal.ONE;
    BigDecimal up = x;
    while (up.doubleValue() < FROM) {
      product = product.multiply(up, DIGITS);
      up = up.add(BigDecimal.ONE, DIGITS);
    }
    BigDecimal sum = up.subtract(HALF).multiply(log(up), DIGITS).subtract(up, DIGITS);
    sum = sum.add(HALF_LOG_TWO_PI, DIGITS);
    BigDecimal power = up;
    for (int k = 1; k <= TERMS; k++) {
      BigDecimal divisor = BigDecimal.valueOf(2L * k * (2 * k - 1)).multiply(power, DIGITS);
      sum = sum.add(BERNOULLI.get(k - 1).divide(divisor, DIGITS), DIGITS);
      power = power.multiply(up, DIGITS).multiply(up, DIGITS);
    }
    return sum.subtract(log(product), DIGITS);
  }

  /** ψ(x) for x > 0. */
  static BigDecimal digamma(BigDecimal x) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal up = x;
    while (up.doubleValue() < FROM) {
      sum = sum.subtract(BigDecimal.ONE.divide(up, DIGITS), DIGITS);
      up = up.add(BigDecimal.ONE, DIGITS);
    }
    sum = sum.add(log(up), DIGITS).subtract(HALF.divide(up, DIGITS), DIGITS);
    BigDecimal square = up.multiply(up, DIGITS);
    BigDecimal power = square;
    for (int k = 1; k <= TERMS; k++) {
      BigDecimal divisor = BigDecimal.valueOf(2L * k).multiply(power, DIGITS);
      sum = sum.subtract(BERNOULLI.get(k - 1).divide(divisor, DIGITS), DIGITS);
      power = power.multiply(square, DIGITS);
    }
    return sum;
  }
}
