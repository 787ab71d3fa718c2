package io.hindsight.datasets.sums;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What sums are held against: the same in BigDecimal, and numbers that are hard to add. */
final class Exact {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private Exact() {}

  /** Σx. */
  static BigDecimal sum(double... numbers) {
    return sum(UnaryOperator.identity(), numbers);
  }

  /** Σx². */
  static BigDecimal squares(double... numbers) {
    return sum(x -> x.multiply(x), numbers);
  }

  /** n·Σx² − (Σx)². */
  static BigDecimal spread(double... numbers) {
    BigDecimal sum = sum(numbers);
    return squares(numbers)
        .multiply(BigDecimal.valueOf(numbers.length))
        .subtract(sum.multiply(sum));
  }

  /**
   * Numbers of equal scale first: others must be brought to a thousand digits for each addition.
   */
  private static BigDecimal sum(UnaryOperator<BigDecimal> term, double... numbers) {
    TreeMap<Integer, BigDecimal> byScale = new TreeMap<>();
    for (double x : numbers) {
      BigDecimal exact = term.apply(new BigDecimal(x));
      byScale.merge(exact.scale(), exact, BigDecimal::add);
    }
    return byScale.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** That no double is nearer to numerator / denominator, or as near and even. */
  static void assertNearest(BigDecimal numerator, BigDecimal denominator, double found) {
    assertBetween(found, middle -> middle.multiply(denominator), numerator);
  }

  /** That no double is nearer to √square / denominator, or as near and even. */
  static void assertNearestRoot(BigDecimal square, BigDecimal denominator, double found) {
    assertBetween(
        found,
        middle -> {
          BigDecimal scaled = middle.multiply(denominator);
          return scaled.multiply(scaled).multiply(BigDecimal.valueOf(middle.signum()));
        },
        square);
  }

  /** {@code image} grows, and maps the exact number to {@code target}. */
  private static void assertBetween(
      double found, UnaryOperator<BigDecimal> image, BigDecimal target) {
    int below = image.apply(middle(Math.nextDown(found), found)).compareTo(target);
    int above = image.apply(middle(found, Math.nextUp(found))).compareTo(target);
    boolean even = (Double.doubleToRawLongBits(found) & 1) == 0;
    assertTrue(even ? below <= 0 && above >= 0 : below < 0 && above > 0, "not nearest: " + found);
  }

  private static BigDecimal middle(double low, double high) {
    return new BigDecimal(low).add(new BigDecimal(high)).divide(TWO);
  }

  /**
   * Numbers from the largest to the smallest, of which many cancel: 1e300 and its negative twice in
   * eight, 1e−300, ordinary ones, subnormal ones, and both zeros.
   */
  static double[] mixed(int count, Random random) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (i % 8) {
            case 0 -> 1e300 * (1 + i % 1000);
            case 1 -> -numbers[i - 1];
            case 2 -> 1e-300 * random.nextGaussian();
            case 3 -> Double.MIN_VALUE * random.nextInt(1 << 20);
            case 4 -> random.nextBoolean() ? 0.0 : -0.0;
            case 5 -> 1e16 * random.nextGaussian();
            default -> random.nextGaussian();
          };
    }
    return numbers;
  }

  /** Finite doubles of any bits. */
  static double[] patterns(int count, Random random) {
    return random
        .longs()
        .mapToDouble(Double::longBitsToDouble)
        .filter(Double::isFinite)
        .limit(count)
        .toArray();
  }

  /** The numbers in another order. */
  static double[] shuffled(double[] numbers, Random random) {
    double[] shuffled = numbers.clone();
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double other = shuffled[j];
      shuffled[j] = shuffled[i];
      shuffled[i] = other;
    }
    return shuffled;
  }

  static void assertSame(BigDecimal expected, BigDecimal found) {
    assertEquals(0, expected.compareTo(found), () -> expected + " but " + found);
  }
}
