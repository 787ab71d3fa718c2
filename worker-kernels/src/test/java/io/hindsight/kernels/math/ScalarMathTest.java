package io.hindsight.kernels.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.random.CounterRandom;
import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarMathTest {
  private static final int POINTS = 2000;

  private enum Rising {
    EXP(ScalarMath::exp),
    SIGMOID(ScalarMath::sigmoid),
    TANH(ScalarMath::tanh),
    SOFTPLUS(ScalarMath::softplus);

    private final DoubleUnaryOperator function;

    Rising(DoubleUnaryOperator function) {
      this.function = function;
    }

    double apply(double x) {
      return function.applyAsDouble(x);
    }
  }

  @Test
  void shouldKeepExpWithinOneUlp() {
    assertUlps("exp", ScalarMath::exp, BigMath::exp, 1, -708, 708);
    assertUlps("exp", ScalarMath::exp, BigMath::exp, 1, -2, 2);
  }

  @Test
  void shouldKeepSigmoidWithinTwoUlp() {
    assertUlps("sigmoid", ScalarMath::sigmoid, BigMath::sigmoid, 2, -700, 50);
    assertUlps("sigmoid", ScalarMath::sigmoid, BigMath::sigmoid, 2, -4, 4);
  }

  @Test
  void shouldKeepTanhWithinThreeUlp() {
    assertUlps("tanh", ScalarMath::tanh, BigMath::tanh, 3, -20, 20);
    assertUlps("tanh", ScalarMath::tanh, BigMath::tanh, 3, -1, 1);
    assertUlps("tanh", ScalarMath::tanh, BigMath::tanh, 3, -1e-3, 1e-3);
  }

  @Test
  void shouldKeepSoftplusWithinTwoUlp() {
    assertUlps("softplus", ScalarMath::softplus, BigMath::softplus, 2, -700, 700);
    assertUlps("softplus", ScalarMath::softplus, BigMath::softplus, 2, -3, 3);
  }

  @Test
  void shouldKeepLogWithinOneUlpOverAllMagnitudes() {
    CounterRandom random = random(0);
    for (int i = 0; i < POINTS; i++) {
      double x = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (Double.isFinite(x)) {
        assertLog(x);
      }
    }
  }

  @Test
  void shouldKeepLogWithinOneUlpNearOneAndAtTheReductionsSeams() {
    CounterRandom random = random(1);
    for (int i = 0; i < POINTS; i++) {
      assertLog(random.nextDouble(0.4, 3));
      assertLog(1 + Math.scalb(random.nextDouble(-1, 1), -random.nextInt(52)));
    }
    for (double seam : new double[] {0.5, Math.sqrt(0.5), 1, Math.sqrt(2), 2}) {
      assertLog(Math.nextDown(seam));
      assertLog(seam);
      assertLog(Math.nextUp(seam));
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.MIN_VALUE,
        3 * Double.MIN_VALUE,
        1e-310,
        0x0.fffffffffffffp-1022,
        Double.MIN_NORMAL,
        Double.MAX_VALUE
      })
  void shouldKeepLogWithinOneUlpAtTheEndsOfTheRange(double x) {
    assertLog(x);
  }

  @Test
  void shouldAnswerLogOfSpecialValues() {
    assertEquals(Double.NEGATIVE_INFINITY, ScalarMath.log(0.0));
    assertEquals(Double.NEGATIVE_INFINITY, ScalarMath.log(-0.0));
    assertEquals(Double.POSITIVE_INFINITY, ScalarMath.log(Double.POSITIVE_INFINITY));
    assertEquals(Double.NaN, ScalarMath.log(-Double.MIN_VALUE));
    assertEquals(Double.NaN, ScalarMath.log(-1));
    assertEquals(Double.NaN, ScalarMath.log(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, ScalarMath.log(Double.NaN));
    assertBits(0.0, ScalarMath.log(1));
  }

  @Test
  void shouldAnswerExpOfSpecialValuesAndClampBeyondItsLimit() {
    assertBits(1.0, ScalarMath.exp(0.0));
    assertBits(1.0, ScalarMath.exp(-0.0));
    assertBits(1.0, ScalarMath.exp(Double.MIN_VALUE));
    assertBits(ScalarMath.exp(708), ScalarMath.exp(Double.POSITIVE_INFINITY));
    assertBits(ScalarMath.exp(708), ScalarMath.exp(709));
    assertBits(ScalarMath.exp(-708), ScalarMath.exp(Double.NEGATIVE_INFINITY));
    assertTrue(ScalarMath.exp(-708) >= Double.MIN_NORMAL);
    assertTrue(Double.isFinite(ScalarMath.exp(708)));
  }

  @Test
  void shouldAnswerSigmoidOfSpecialValues() {
    assertBits(0.5, ScalarMath.sigmoid(0.0));
    assertBits(0.5, ScalarMath.sigmoid(-0.0));
    assertBits(1.0, ScalarMath.sigmoid(Double.POSITIVE_INFINITY));
    assertBits(1.0, ScalarMath.sigmoid(40));
    assertEquals(0.0, ScalarMath.sigmoid(Double.NEGATIVE_INFINITY), 1e-307);
  }

  @Test
  void shouldAnswerTanhOfSpecialValues() {
    assertBits(0.0, ScalarMath.tanh(0.0));
    assertBits(-0.0, ScalarMath.tanh(-0.0));
    assertBits(1.0, ScalarMath.tanh(Double.POSITIVE_INFINITY));
    assertBits(-1.0, ScalarMath.tanh(Double.NEGATIVE_INFINITY));
    assertBits(1.0, ScalarMath.tanh(20));
    assertBits(-1.0, ScalarMath.tanh(-1e300));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e-310, Double.MIN_NORMAL, 1e-300, 1e-20, 0x1p-30})
  void shouldReturnTinyArgumentsOfTanhUnchanged(double x) {
    assertBits(x, ScalarMath.tanh(x));
    assertBits(-x, ScalarMath.tanh(-x));
  }

  @Test
  void shouldAnswerSoftplusOfSpecialValues() {
    assertBits(StrictMath.log(2), ScalarMath.softplus(0.0));
    assertBits(Double.POSITIVE_INFINITY, ScalarMath.softplus(Double.POSITIVE_INFINITY));
    assertBits(1000, ScalarMath.softplus(1000));
    assertEquals(0, ScalarMath.softplus(Double.NEGATIVE_INFINITY), 1e-307);
  }

  /** R's missing value, for one, is a NaN whose low bits are set. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        0x7ff8000000000000L,
        0x7ff8000000000001L,
        0x7ff80000000007a2L,
        0x7ff8000000000fffL,
        0xfff8000000000801L,
        0x7fffffffffffffffL
      })
  void shouldKeepNaNsWhateverTheirPayload(long bits) {
    double nan = Double.longBitsToDouble(bits);
    assertTrue(Double.isNaN(ScalarMath.exp(nan)), "exp");
    assertTrue(Double.isNaN(ScalarMath.sigmoid(nan)), "sigmoid");
    assertTrue(Double.isNaN(ScalarMath.tanh(nan)), "tanh");
    assertTrue(Double.isNaN(ScalarMath.log(nan)), "log");
    assertTrue(Double.isNaN(ScalarMath.softplus(nan)), "softplus");
  }

  @Test
  void shouldBeOddAndKeepTheSign() {
    CounterRandom random = random(2);
    for (int i = 0; i < POINTS; i++) {
      double x = random.nextDouble(0, 25);
      assertBits(-ScalarMath.tanh(x), ScalarMath.tanh(-x));
      assertTrue(ScalarMath.tanh(x) <= 1);
      assertTrue(ScalarMath.sigmoid(x) >= 0.5 && ScalarMath.sigmoid(-x) <= 0.5);
    }
  }

  /** tanh may step back by two units of the last place where it saturates; nothing may by more. */
  @ParameterizedTest
  @EnumSource
  void shouldGrowWithTheArgument(Rising function) {
    for (double x = -30; x < 30; x += 0x1p-8) {
      double value = function.apply(x);
      double next = function.apply(x + 0x1p-8);
      double argument = x;
      assertTrue(next >= value - 2 * Math.ulp(value), () -> function + " falls at " + argument);
    }
  }

  /** One hash over 40,000 results: a JDK or a vector version that rounds otherwise changes it. */
  @Test
  void shouldGiveTheSameBitsEverywhere() {
    CounterRandom random = random(3);
    long hash = 0;
    for (int i = 0; i < 10_000; i++) {
      double x = random.nextDouble(-30, 30);
      hash = hash * 31 + Double.doubleToLongBits(ScalarMath.exp(x));
      hash = hash * 31 + Double.doubleToLongBits(ScalarMath.sigmoid(x));
      hash = hash * 31 + Double.doubleToLongBits(ScalarMath.tanh(x / 10));
      hash = hash * 31 + Double.doubleToLongBits(ScalarMath.log(Math.abs(x)));
    }
    assertEquals("56dd55ac2a7a3b2e", Long.toHexString(hash));
  }

  @Test
  void shouldPinSingleValues() {
    assertBits(0x1.5bf0a8b14576ap1, ScalarMath.exp(1));
    assertBits(0x1.759b8355a1bbp-3, ScalarMath.sigmoid(-1.5));
    assertBits(0x1.356fb17af2e91p-1, ScalarMath.tanh(0.7));
    assertBits(0x1.26bb1bbb55516p1, ScalarMath.log(10));
    assertBits(0x1.4321e1cc6d13fp-4, ScalarMath.softplus(-2.5));
  }

  private static void assertUlps(
      String name,
      DoubleUnaryOperator function,
      Function<BigDecimal, BigDecimal> truth,
      double bound,
      double low,
      double high) {
    CounterRandom random = random(Double.doubleToLongBits(low));
    for (int i = 0; i < POINTS; i++) {
      double x = random.nextDouble(low, high);
      double error = BigMath.ulps(function.applyAsDouble(x), truth.apply(new BigDecimal(x)));
      assertTrue(error <= bound, () -> "%s(%s) is off by %s ulp".formatted(name, x, error));
    }
  }

  private static void assertLog(double x) {
    double error = BigMath.ulps(ScalarMath.log(x), BigMath.log(x));
    assertTrue(error <= 1, () -> "log(%s) is off by %s ulp".formatted(x, error));
  }

  private static void assertBits(double expected, double actual) {
    assertEquals(Double.toHexString(expected), Double.toHexString(actual));
  }

  private static CounterRandom random(long key) {
    return CounterRandom.of(20250101, Purpose.GRADIENT_CHECK, key);
  }
}
