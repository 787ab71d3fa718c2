package io.hindsight.kernels.math.special;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.math.BigMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SpecialFunctionsTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double ZERO_OF_DIGAMMA = 1.4616321449683623;
  private static final int POINTS = 150; // of each range
  private final Random random = new Random(7);

  @Test
  void shouldComputeLogGammaWithinTwoUlps() {
    assertWithin(2, LogGamma::of, BigGamma::logGamma, 1e-300, 1e300);
    assertWithin(2, LogGamma::of, BigGamma::logGamma, 1e-3, 1e3);
    assertWithin(2, LogGamma::of, BigGamma::logGamma, 0.4, 12);
    for (int i = 0; i < POINTS; i++) {
      double off = (random.nextDouble() - 0.5) * Math.pow(10, -random.nextInt(15));
      assertWithin(2, LogGamma::of, BigGamma::logGamma, 1 + off);
      assertWithin(2, LogGamma::of, BigGamma::logGamma, 2 + off);
    }
    for (double edge : new double[] {0.5, 1.5, 2.5, 3.5, 10, Double.MIN_NORMAL, 1e-310}) {
      assertWithin(2, LogGamma::of, BigGamma::logGamma, edge);
      assertWithin(2, LogGamma::of, BigGamma::logGamma, Math.nextDown(edge));
    }
  }

  @Test
  void shouldAnswerTheLogarithmsOfFactorials() {
    assertEquals(0, LogGamma.of(1));
    assertEquals(0, LogGamma.of(2));
    assertEquals(StrictMath.log(120), LogGamma.of(6), 1e-15);
    assertEquals(StrictMath.log(Math.PI) / 2, LogGamma.of(0.5), 1e-15);
    assertEquals(Double.POSITIVE_INFINITY, LogGamma.of(0));
    assertEquals(Double.POSITIVE_INFINITY, LogGamma.of(1e306));
    assertTrue(Double.isNaN(LogGamma.of(-1)));
    assertTrue(Double.isNaN(LogGamma.of(Double.NaN)));
  }

  @Test
  void shouldComputeDigammaWithinTwoUlpsButAbsolutelyAtItsZero() {
    for (double[] range : new double[][] {{1e-300, 1e300}, {1e-3, 1e3}, {0.4, 12}}) {
      for (int i = 0; i < POINTS; i++) {
        double x = between(range[0], range[1]);
        BigDecimal exact = BigGamma.digamma(new BigDecimal(x));
        if (Math.abs(x - ZERO_OF_DIGAMMA) > 0.25) {
          assertTrue(BigMath.ulps(Digamma.of(x), exact) <= 2, () -> "digamma of " + x);
        }
      }
    }
    for (int i = 0; i < POINTS; i++) {
      double x = ZERO_OF_DIGAMMA + (random.nextDouble() - 0.5) * Math.pow(10, -random.nextInt(15));
      BigDecimal exact = BigGamma.digamma(new BigDecimal(x));
      double error = new BigDecimal(Digamma.of(x)).subtract(exact).abs().doubleValue();
      assertTrue(error <= 0x1p-52 * Math.max(1, Math.abs(exact.doubleValue())), () -> "at " + x);
    }
    assertEquals(Double.NEGATIVE_INFINITY, Digamma.of(0));
    assertTrue(Double.isNaN(Digamma.of(-1)));
    assertTrue(Double.isNaN(Digamma.of(Double.NaN)));
  }

  @Test
  void shouldComputeTheLogarithmOfOneAndMore() {
    UnaryOperator<BigDecimal> exact = x -> BigGamma.log(BigDecimal.ONE.add(x));
    assertWithin(2, LogOfSum::log1p, exact, 1e-18, 1e300);
    for (int i = 0; i < POINTS; i++) {
      assertWithin(2, LogOfSum::log1p, exact, -random.nextDouble());
      assertWithin(2, LogOfSum::log1p, exact, 2 * random.nextDouble());
    }
    assertEquals(1e-300, LogOfSum.log1p(1e-300));
    assertEquals(Double.NEGATIVE_INFINITY, LogOfSum.log1p(-1));
    assertEquals(Double.POSITIVE_INFINITY, LogOfSum.log1p(Double.POSITIVE_INFINITY));
    assertTrue(Double.isNaN(LogOfSum.log1p(-2)));
    assertTrue(Double.isNaN(LogOfSum.log1p(Double.NaN)));
  }

  @Test
  void shouldComputeWhatTheFirstTermsLeave() {
    UnaryOperator<BigDecimal> quadratic =
        x -> BigGamma.log(BigDecimal.ONE.add(x)).subtract(x).divide(x.multiply(x), DIGITS);
    UnaryOperator<BigDecimal> minusFraction =
        x ->
            BigGamma.log(BigDecimal.ONE.add(x))
                .subtract(x.divide(BigDecimal.ONE.add(x), DIGITS), DIGITS);
    assertWithin(8, LogOfSum::quadratic, quadratic, 1e-12, 1e12);
    assertWithin(8, LogOfSum::quadratic, quadratic, 0.01, 4);
    assertWithin(16, LogOfSum::minusFraction, minusFraction, 1e-12, 1e12);
    assertWithin(16, LogOfSum::minusFraction, minusFraction, 0.01, 4);
    assertEquals(-0.5, LogOfSum.quadratic(0));
    assertEquals(0, LogOfSum.minusFraction(0));
  }

  /** ln Γ(r + y) − ln Γ(r) − y ln r of large numbers, whose difference is small. */
  @Test
  void shouldKeepTheDigitsOfARatioOfGammas() {
    for (int i = 0; i < 2 * POINTS; i++) {
      double r = between(1e-3, i % 2 == 0 ? 1e2 : 1e16);
      double y = i % 5 == 0 ? 0.5 : i % 3 == 0 ? random.nextInt(100_000) : random.nextInt(20);
      BigDecimal bigR = new BigDecimal(r);
      BigDecimal bigY = new BigDecimal(y);
      BigDecimal above = BigGamma.logGamma(bigR.add(bigY));
      BigDecimal below = BigGamma.logGamma(bigR);
      BigDecimal power = bigY.multiply(BigGamma.log(bigR));
      BigDecimal exact = above.subtract(below).subtract(power);
      double scale =
          r < Stirling.FROM
              ? above.abs().add(below.abs()).add(power.abs()).doubleValue()
              : Math.abs(exact.doubleValue()) + y / r;
      assertNear(exact, GammaRatio.log(r, y), scale, "the ratio of %s and %s".formatted(r, y));
    }
  }

  /** r²(ψ(r + y) − ψ(r) − y/r), which is about −y(y − 1)/2 for large r. */
  @Test
  void shouldKeepTheDigitsOfItsSlope() {
    for (int i = 0; i < 2 * POINTS; i++) {
      double r = between(1e-3, i % 2 == 0 ? 1e2 : 1e16);
      double y = i % 5 == 0 ? 0.5 : random.nextInt(100);
      BigDecimal bigR = new BigDecimal(r);
      BigDecimal above = BigGamma.digamma(bigR.add(new BigDecimal(y)));
      BigDecimal below = BigGamma.digamma(bigR);
      BigDecimal first = new BigDecimal(y).divide(bigR, DIGITS);
      BigDecimal square = bigR.multiply(bigR);
      BigDecimal exact = above.subtract(below).subtract(first).multiply(square);
      double scale =
          r < Stirling.FROM
              ? above.abs().add(below.abs()).add(first).multiply(square).doubleValue()
              : y * y + y;
      assertNear(exact, GammaRatio.slope(r, y), scale, "the slope at %s and %s".formatted(r, y));
    }
  }

  private static void assertNear(BigDecimal exact, double actual, double scale, String what) {
    double error = new BigDecimal(actual).subtract(exact).abs().doubleValue();
    assertTrue(error <= 8 * 0x1p-52 * scale, () -> what + " is off by " + error);
  }

  @Test
  void shouldGoOverIntoItsLimits() {
    assertEquals(1e-306, GammaRatio.log(1e307, 5), 1e-320);
    assertEquals(-10, GammaRatio.slope(1e307, 5), 1e-14);
    assertEquals(0, GammaRatio.log(3, 0));
    assertEquals(0, GammaRatio.slope(3, 0));
  }

  private double between(double from, double to) {
    double low = StrictMath.log(from);
    return StrictMath.exp(low + random.nextDouble() * (StrictMath.log(to) - low));
  }

  private void assertWithin(
      double ulps,
      DoubleUnaryOperator actual,
      UnaryOperator<BigDecimal> exact,
      double from,
      double to) {
    for (int i = 0; i < POINTS; i++) {
      assertWithin(ulps, actual, exact, between(from, to));
    }
  }

  private static void assertWithin(
      double ulps, DoubleUnaryOperator actual, UnaryOperator<BigDecimal> exact, double x) {
    double value = actual.applyAsDouble(x);
    BigDecimal truth = exact.apply(new BigDecimal(x));
    boolean isZero = truth.abs().doubleValue() < 1e-40; // but for the digits that it is known to
    double off = isZero ? value * 0x1p1022 : BigMath.ulps(value, truth);
    assertTrue(off <= ulps, () -> "%s ulps off at %s: %s".formatted(off, x, value));
  }
}
