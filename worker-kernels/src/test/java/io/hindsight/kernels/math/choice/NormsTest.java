package io.hindsight.kernels.math.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 9, 31, 33, 65, 1000})
  void shouldAgreeWithExactArithmeticAtEveryLength(int length) {
    double[] x = values(length);
    BigDecimal sum = BigDecimal.ZERO;
    for (double element : x) {
      sum = sum.add(new BigDecimal(element).pow(2));
    }
    double exact = sum.sqrt(new MathContext(40)).doubleValue();
    assertEquals(exact, Norms.euclidean(x), 1e-15 * exact);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 33, 1000})
  void shouldHaveTheBitsOfEightLanesAddedAsATree(int length) {
    double[] x = values(length);
    double[] lanes = new double[8];
    for (int i = 0; i < length; i++) {
      lanes[i % 8] = Math.fma(x[i], x[i], lanes[i % 8]);
    }
    double sum =
        ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
            + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    assertEquals(Math.sqrt(sum), Norms.euclidean(x), 0.0);
  }

  @Test
  void shouldNeitherOverflowNorUnderflow() {
    assertEquals(Math.sqrt(2) * 1e200, Norms.euclidean(new double[] {1e200, 1e200}), 1e185);
    assertEquals(5e-200, Norms.euclidean(new double[] {3e-200, -4e-200}), 1e-214);
    assertEquals(Double.MAX_VALUE, Norms.euclidean(new double[] {Double.MAX_VALUE}), 0.0);
    assertEquals(Double.MIN_VALUE, Norms.euclidean(new double[] {0, Double.MIN_VALUE}), 0.0);
    assertEquals(0.0, Norms.euclidean(new double[9]), 0.0);
  }

  @Test
  void shouldScaleWithPowersOfTwoToTheBit() {
    double[] x = values(100);
    double[] scaled = Arrays.stream(x).map(element -> element * 0x1p600).toArray();
    assertEquals(Norms.euclidean(x) * 0x1p600, Norms.euclidean(scaled), 0.0);
  }

  @Test
  void shouldShowNaNAndInfinity() {
    assertTrue(Double.isNaN(Norms.euclidean(new double[] {1, Double.NaN, 2})));
    double infinite = Norms.euclidean(new double[] {1, Double.NEGATIVE_INFINITY});
    assertEquals(Double.POSITIVE_INFINITY, infinite, 0.0);
    double tooLarge = Norms.euclidean(new double[] {Double.MAX_VALUE, Double.MAX_VALUE});
    assertEquals(Double.POSITIVE_INFINITY, tooLarge, 0.0);
  }

  private static double[] values(int length) {
    Random random = new Random(7);
    return random.doubles(length, -1, 1).toArray();
  }
}
