package io.hindsight.datasets.sums;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static final long SEED = 20261127;

  @Test
  void shouldEqualBigDecimalForAMillionNumbersInAnyOrder() {
    Random random = new Random(SEED);
    double[] numbers = Exact.mixed(1_000_000, random);
    Moments moments = small(numbers);

    assertEquals(numbers.length, moments.count());
    assertNearest(numbers, moments);
    for (int order = 0; order < 2; order++) {
      double[] shuffled = Exact.shuffled(numbers, random);
      assertArrayEquals(moments.toLongs(), small(shuffled).toLongs());
      assertArrayEquals(moments.toLongs(), large(shuffled).toLongs());
    }
  }

  @Test
  void shouldGiveTheSameForAnyPartsMergedInAnyOrder() {
    Random random = new Random(SEED);
    double[] numbers = Exact.mixed(20_000, random);
    long[] longs = small(numbers).toLongs();
    for (int parts : new int[] {1, 2, 7, 100, 1000}) {
      List<Moments> moments = new ArrayList<>();
      for (double[] part : ExactSumTest.split(numbers, parts, random)) {
        moments.add(Moments.ofLongs((random.nextBoolean() ? small(part) : large(part)).toLongs()));
      }
      while (moments.size() > 1) { // a tree of any shape
        Collections.shuffle(moments, random);
        moments.add(moments.remove(0).merge(moments.remove(0)));
      }
      assertArrayEquals(longs, moments.get(0).toLongs(), parts + " parts");
    }
  }

  @Test
  void shouldBeNearestForNumbersOfAnyBits() {
    Random random = new Random(SEED);
    for (int count = 1; count < 200; count++) {
      double[] numbers = Exact.patterns(count, random);
      assertNearest(numbers, small(numbers));
      assertArrayEquals(small(numbers).toLongs(), large(numbers).toLongs());
    }
  }

  @Test
  void shouldBeNearestForNumbersOfAnySize() {
    Random random = new Random(SEED);
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent += 3) {
      int e = exponent;
      double[] numbers =
          random.doubles(5).map(x -> Math.scalb(random.nextBoolean() ? x : -x, e)).toArray();
      assertNearest(numbers, small(numbers));
      assertArrayEquals(small(numbers).toLongs(), large(numbers).toLongs());
    }
  }

  @Test
  void shouldHaveNoDeviationIfAllAreEqual() {
    for (double x : new double[] {0.1, -7, 1e300, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE}) {
      for (int count : new int[] {1, 2, 3, 7, 10_000}) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, x);
        for (Moments moments : List.of(small(numbers), large(numbers))) {
          assertEquals(x, moments.mean());
          assertEquals(0.0, moments.variance());
          assertEquals(0.0, moments.deviation());
        }
      }
    }
  }

  @Test
  void shouldHaveADeviationWhereTheVarianceHasNoDouble() {
    double largest = Double.MAX_VALUE;
    assertEquals(largest, large(largest, -largest).deviation());
    assertEquals(Double.POSITIVE_INFINITY, large(largest, -largest).variance());
    assertEquals(0.0, large(largest, -largest).mean());
    assertEquals(1e-300, large(1e-300, 3e-300).deviation(), Math.ulp(1e-300));
    assertEquals(0.0, large(1e-300, 3e-300).variance());
    assertEquals(Double.MIN_VALUE, large(0, 2 * Double.MIN_VALUE).deviation());
    assertEquals(0.0, large(0, Double.MIN_VALUE).deviation(), "half of the smallest, to even");
  }

  @Test
  void shouldLoseNothingWhereALargeMeanMeetsASmallDeviation() {
    Moments moments = small(1e15, 1e15 + 1, 1e15 + 2, 1e15 + 3);
    assertEquals(1e15 + 1.5, moments.mean());
    assertEquals(1.25, moments.variance());
    assertEquals(Math.sqrt(1.25), moments.deviation());
  }

  @Test
  void shouldFillNoSlot() {
    double onlyALowerHalf = 94_906_265 * Double.MIN_VALUE; // whose square is just below 2^53
    for (double x :
        new double[] {
          Math.nextDown(2.0), 1, -Double.MAX_VALUE, Math.nextDown(0x1p-1022), onlyALowerHalf
        }) {
      for (int count : new int[] {2047, 2048, 2049, 2050, 4096, 4098, 8192, 20_000}) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, x);
        assertArrayEquals(small(numbers).toLongs(), large(numbers).toLongs());
      }
    }
  }

  @Test
  void shouldRefuseWhatIsNotFinite() {
    for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      Moments moments = small(1, 3);
      assertThrows(IllegalArgumentException.class, () -> moments.add(x));
      assertEquals(2, moments.mean(), "as before");
      LargeMoments large = new LargeMoments();
      large.add(new double[] {1, x}, 0, 1, 2);
      assertThrows(IllegalArgumentException.class, large::moments);
    }
  }

  @Test
  void shouldRefuseToDescribeNothing() {
    assertThrows(IllegalStateException.class, () -> new Moments().mean());
    assertThrows(IllegalStateException.class, () -> new Moments().deviation());
  }

  @Test
  void shouldRefuseNumbersThatItDidNotWrite() {
    long[] longs = small(1, 2).toLongs();
    assertEquals(1.5, Moments.ofLongs(longs).mean());
    longs[0] = -1;
    assertThrows(IllegalArgumentException.class, () -> Moments.ofLongs(longs));
    assertThrows(IllegalArgumentException.class, () -> Moments.ofLongs(new long[7]));
  }

  private static void assertNearest(double[] numbers, Moments moments) {
    BigDecimal n = BigDecimal.valueOf(numbers.length);
    BigDecimal spread = Exact.spread(numbers);
    Exact.assertNearest(Exact.sum(numbers), n, moments.mean());
    Exact.assertNearestRoot(spread, n, moments.deviation());
    if (Double.isFinite(moments.variance())) {
      Exact.assertNearest(spread, n.multiply(n), moments.variance());
    }
  }

  private static Moments small(double... numbers) {
    Moments moments = new Moments();
    Arrays.stream(numbers).forEach(moments::add);
    return moments;
  }

  private static Moments large(double... numbers) {
    LargeMoments moments = new LargeMoments();
    moments.add(numbers, 0, 1, numbers.length);
    return moments.moments();
  }
}
