package io.hindsight.datasets.sums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static final long SEED = 20261127;

  @Test
  void shouldEqualBigDecimalForAMillionNumbersInAnyOrder() {
    Random random = new Random(SEED);
    double[] numbers = Exact.mixed(1_000_000, random);
    BigDecimal exact = Exact.sum(numbers);
    long[] longs = small(numbers).toLongs();

    Exact.assertSame(exact, small(numbers).exact());
    assertEquals(exact.doubleValue(), small(numbers).value());
    for (int order = 0; order < 5; order++) {
      double[] shuffled = Exact.shuffled(numbers, random);
      assertArrayEquals(longs, small(shuffled).toLongs());
      assertArrayEquals(longs, large(shuffled).toLongs());
    }
  }

  @Test
  void shouldGiveTheSameForAnyPartsMergedInAnyOrder() {
    Random random = new Random(SEED);
    double[] numbers = Exact.mixed(20_000, random);
    long[] longs = small(numbers).toLongs();
    for (int parts : new int[] {1, 2, 7, 100, 3000}) {
      List<ExactSum> sums = new ArrayList<>();
      for (double[] part : split(numbers, parts, random)) {
        sums.add(ExactSum.ofLongs((random.nextBoolean() ? small(part) : large(part)).toLongs()));
      }
      while (sums.size() > 1) { // a tree of any shape
        Collections.shuffle(sums, random);
        sums.add(sums.remove(0).merge(sums.remove(0)));
      }
      assertArrayEquals(longs, sums.get(0).toLongs(), parts + " parts");
    }
  }

  @Test
  void shouldAddDigitsOfManySumsAsDoubles() {
    Random random = new Random(SEED);
    double[] numbers = Exact.patterns(50_000, random);
    double[] digits = new double[ExactSum.DIGITS];
    for (double[] part : split(numbers, 3000, random)) {
      double[] own = small(part).toDigits();
      for (int i = 0; i < digits.length; i++) {
        digits[i] += own[i];
      }
    }
    assertArrayEquals(small(numbers).toLongs(), ExactSum.ofDigits(digits).toLongs());
  }

  @Test
  void shouldAddDigitsOfAMillionNegativeSumsAsDoubles() {
    double[] digits = new ExactSum().toDigits();
    double[] own = small(new double[] {-Double.MAX_VALUE}).toDigits();
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (1 << 20) * own[i]; // exact, as adding them one by one is
    }
    ExactSum sum = ExactSum.ofDigits(digits);
    Exact.assertSame(
        new BigDecimal(-Double.MAX_VALUE).multiply(BigDecimal.valueOf(1 << 20)), sum.exact());
  }

  @Test
  void shouldRefuseWhatAreNoDigits() {
    double[] half = new ExactSum().toDigits();
    half[3] = 0.5;
    assertThrows(IllegalArgumentException.class, () -> ExactSum.ofDigits(half));
    half[3] = 0x1p54;
    assertThrows(IllegalArgumentException.class, () -> ExactSum.ofDigits(half));
    half[3] = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> ExactSum.ofDigits(half));
    assertThrows(IllegalArgumentException.class, () -> ExactSum.ofDigits(new double[3]));
  }

  @Test
  void shouldAddNumbersOfAnyBits() {
    Random random = new Random(SEED);
    for (int count : new int[] {1, 2, 3, 10, 100, 1000, 50_000}) {
      double[] numbers = Exact.patterns(count, random);
      BigDecimal exact = Exact.sum(numbers);
      Exact.assertSame(exact, small(numbers).exact());
      Exact.assertSame(exact, large(numbers).exact());
      assertEquals(exact.doubleValue(), small(numbers).value(), "seed " + SEED);
    }
  }

  @Test
  void shouldRoundOnceAndHalfToEven() {
    double half = Math.ulp(1.0) / 2;
    assertEquals(1, sum(1, half));
    assertEquals(1 + 2 * half, sum(1, half, Double.MIN_VALUE));
    assertEquals(1 + 4 * half, sum(1, 2 * half, half));
    assertEquals(-1, sum(-1, -half));
    assertEquals(1, sum(1e300, 1, -1e300));
    assertEquals(3 * Double.MIN_VALUE, sum(Double.MIN_VALUE, 2 * Double.MIN_VALUE));
    assertEquals(Double.MIN_NORMAL, sum(Double.MIN_NORMAL - Double.MIN_VALUE, Double.MIN_VALUE));
  }

  @Test
  void shouldPassBeyondTheLargestDoubleAndComeBack() {
    double largest = Double.MAX_VALUE;
    double half = Math.ulp(largest) / 2;
    assertEquals(largest, sum(largest, largest, -largest));
    assertEquals(Double.NEGATIVE_INFINITY, sum(-largest, -largest));
    assertEquals(Double.POSITIVE_INFINITY, sum(largest, half));
    assertEquals(largest, sum(largest, Math.nextDown(half)));
  }

  @Test
  void shouldBeZeroWithoutASign() {
    assertEquals(0.0, new ExactSum().value());
    assertEquals(0.0, sum(-0.0, -0.0));
    assertEquals(0.0, sum(1e300, -1e-300, -1e300, 1e-300));
  }

  @Test
  void shouldFillNoChunkAndNoSlot() {
    for (double x :
        new double[] {Math.nextDown(2.0), 1, Double.MAX_VALUE, Math.nextDown(0x1p-1022)}) {
      for (int count : new int[] {1023, 1024, 1025, 2047, 2048, 2049, 2050, 4096, 4098, 20_000}) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, -x);
        BigDecimal exact = new BigDecimal(-x).multiply(BigDecimal.valueOf(count));
        Exact.assertSame(exact, small(numbers).exact());
        Exact.assertSame(exact, large(numbers).exact());
      }
    }
  }

  @Test
  void shouldHoldAsManyNumbersAsALongCounts() {
    for (double x : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE}) {
      ExactSum sum = small(x);
      for (int doubled = 0; doubled < Long.SIZE - 1; doubled++) {
        sum.merge(ExactSum.ofLongs(sum.toLongs()));
      }
      Exact.assertSame(
          new BigDecimal(x).multiply(new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE - 1))),
          sum.exact());
    }
  }

  @Test
  void shouldTakeEveryStrideOfAnArray() {
    double[] numbers = Exact.mixed(5000, new Random(SEED));
    for (int stride : new int[] {1, 2, 3, 7, 4999, 5000, 5001}) {
      ExactSum all = new ExactSum();
      LargeSum sum = new LargeSum();
      for (int first = 0; first < stride; first++) {
        LargeSum column = new LargeSum();
        column.add(numbers, first, stride);
        sum.add(numbers, first, stride);
        all.merge(column.sum());
      }
      assertArrayEquals(small(numbers).toLongs(), all.toLongs(), "stride " + stride);
      assertArrayEquals(all.toLongs(), sum.sum().toLongs());
      assertArrayEquals(all.toLongs(), sum.sum().toLongs(), "read twice");
    }
  }

  @Test
  void shouldRefuseWhatIsNotFinite() {
    for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      ExactSum sum = small(1, 2);
      assertThrows(IllegalArgumentException.class, () -> sum.add(x));
      assertEquals(3, sum.value(), "as before");
      LargeSum large = new LargeSum();
      large.add(new double[] {1, x, 2}, 0, 1);
      assertThrows(IllegalArgumentException.class, large::sum);
      assertThrows(IllegalArgumentException.class, large::sum, "still");
    }
  }

  @Test
  void shouldRefuseNumbersThatItDidNotWrite() {
    long[] longs = small(-1, 1e300).toLongs();
    assertEquals(1e300, ExactSum.ofLongs(longs).value());
    refuse(Arrays.copyOf(longs, longs.length - 1));
    for (long chunk : new long[] {-1, 1L << 32, Long.MIN_VALUE}) {
      long[] wrong = longs.clone();
      wrong[5] = chunk;
      refuse(wrong);
    }
    for (long highest : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      longs[longs.length - 1] = highest;
      refuse(longs);
    }
  }

  private static void refuse(long[] longs) {
    assertThrows(IllegalArgumentException.class, () -> ExactSum.ofLongs(longs));
  }

  /** Of both ways, which agree. */
  private static double sum(double... numbers) {
    double sum = small(numbers).value();
    assertEquals(sum, large(numbers).value());
    return sum;
  }

  private static ExactSum small(double... numbers) {
    ExactSum sum = new ExactSum();
    Arrays.stream(numbers).forEach(sum::add);
    return sum;
  }

  private static ExactSum large(double... numbers) {
    LargeSum sum = new LargeSum();
    sum.add(numbers, 0, 1);
    return sum.sum();
  }

  /** Parts of any length, some of them empty. */
  static List<double[]> split(double[] numbers, int parts, Random random) {
    int[] cuts = random.ints(parts - 1, 0, numbers.length + 1).sorted().toArray();
    List<double[]> split = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      split.add(Arrays.copyOfRange(numbers, from, cut));
      from = cut;
    }
    split.add(Arrays.copyOfRange(numbers, from, numbers.length));
    return split;
  }
}
