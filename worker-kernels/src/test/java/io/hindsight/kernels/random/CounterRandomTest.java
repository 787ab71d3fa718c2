package io.hindsight.kernels.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.random.CounterRandom.Purpose;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
  private static final BigInteger MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger GAMMA = new BigInteger("9e3779b97f4a7c15", 16);

  /** Keying and stream written out in arbitrary precision from the definition of SplitMix64. */
  @Test
  void shouldFollowTheDefinitionOfSplitMix64() {
    long[] key = {0, -1, 123456789012345L};
    CounterRandom random = CounterRandom.of(-42, Purpose.EPOCH_ORDER, key);
    BigInteger state = mix(unsigned(-42).add(GAMMA));
    state = mix(state.xor(mix(BigInteger.TWO)));
    for (long part : key) {
      state = mix(state.add(GAMMA).and(MASK).xor(mix(unsigned(part).add(GAMMA))));
    }
    for (int i = 1; i <= 100; i++) {
      state = state.add(GAMMA).and(MASK);
      assertEquals(mix(state).longValue(), random.nextLong(), "number " + i);
    }
  }

  /** The published first outputs of SplitMix64 for the seed 1234567. */
  @Test
  void shouldMixAsTheReferenceImplementationDoes() {
    BigInteger state = BigInteger.valueOf(1234567);
    List<String> published =
        List.of(
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821");
    for (String number : published) {
      state = state.add(GAMMA).and(MASK);
      assertEquals(new BigInteger(number), mix(state));
    }
  }

  @Test
  void shouldPinTheFormatOfKeysAndNumbers() {
    CounterRandom random = CounterRandom.of(42, Purpose.INITIAL_WEIGHTS, 0);
    assertEquals("4e971b5da340b30f", Long.toHexString(random.nextLong()));
    assertEquals("0x1.dc9f9260a567cp-2", Double.toHexString(random.nextDouble()));
    assertEquals(342, random.nextInt(1000));
    assertEquals("-0x1.7f23074d54e0ap-4", Double.toHexString(random.nextGaussian()));
    assertEquals("[3, 6, 4, 0, 2, 5, 1, 7]", Arrays.toString(random.permutation(8)));
  }

  @Test
  void shouldGiveDifferentStreamsForDifferentKeys() {
    Set<Long> first = new HashSet<>();
    int streams = 0;
    for (long seed = -3; seed <= 3; seed++) {
      for (Purpose purpose : Purpose.values()) {
        for (long[] key : new long[][] {{}, {0}, {1}, {-1}, {0, 0}, {0, 1}, {1, 0}, {1, 1}}) {
          first.add(CounterRandom.of(seed, purpose, key).nextLong());
          streams++;
        }
      }
    }
    assertEquals(streams, first.size());
  }

  @Test
  void shouldDrawUniformNumbers() {
    CounterRandom random = random(1);
    int n = 100_000;
    int[] tenths = new int[10];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      assertTrue(u >= 0 && u < 1);
      tenths[(int) (u * 10)]++;
      sum += u;
    }
    assertEquals(0.5, sum / n, 4 * Math.sqrt(1 / 12.0 / n));
    assertTrue(chiSquare(tenths, n / 10.0) < 27.9, "9 degrees of freedom, one in a thousand");
  }

  @Test
  void shouldDrawIntegersBelowTheBoundEquallyOften() {
    CounterRandom random = random(2);
    int[] counts = new int[7];
    int n = 70_000;
    for (int i = 0; i < n; i++) {
      counts[random.nextInt(7)]++;
    }
    assertTrue(chiSquare(counts, n / 7.0) < 22.5, "6 degrees of freedom, one in a thousand");
    assertEquals(0, random.nextInt(1));
    assertTrue(random.nextInt(Integer.MAX_VALUE) >= 0);
    assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
  }

  @Test
  void shouldDrawStandardNormalNumbers() {
    CounterRandom random = random(3);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (int i = 0; i < n; i++) {
      double z = random.nextGaussian();
      assertTrue(Double.isFinite(z));
      sum += z;
      squares += z * z;
      beyondTwo += Math.abs(z) > 2 ? 1 : 0;
    }
    assertEquals(0, sum / n, 4 / Math.sqrt(n));
    assertEquals(1, squares / n, 4 * Math.sqrt(2.0 / n));
    assertEquals(0.0455, (double) beyondTwo / n, 0.003);
  }

  @Test
  void shouldDrawAllPermutationsEquallyOften() {
    CounterRandom random = random(4);
    Map<String, Integer> seen = new HashMap<>();
    int n = 24_000;
    for (int i = 0; i < n; i++) {
      seen.merge(Arrays.toString(random.permutation(4)), 1, Integer::sum);
    }
    assertEquals(24, seen.size());
    int[] counts = seen.values().stream().mapToInt(Integer::intValue).toArray();
    assertTrue(chiSquare(counts, n / 24.0) < 49.7, "23 degrees of freedom, one in a thousand");
  }

  @Test
  void shouldHoldEveryIndexOnceInAPermutation() {
    int[] order = random(5).permutation(1000);
    Arrays.sort(order);
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, order[i]);
    }
    assertEquals(0, random(6).permutation(0).length);
  }

  private static double chiSquare(int[] counts, double expected) {
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  private static CounterRandom random(long key) {
    return CounterRandom.of(7, Purpose.SAMPLING, key);
  }

  private static BigInteger unsigned(long value) {
    return BigInteger.valueOf(value).and(MASK);
  }

  private static BigInteger mix(BigInteger value) {
    BigInteger z = value.and(MASK);
    z = z.xor(z.shiftRight(30)).multiply(new BigInteger("bf58476d1ce4e5b9", 16)).and(MASK);
    z = z.xor(z.shiftRight(27)).multiply(new BigInteger("94d049bb133111eb", 16)).and(MASK);
    return z.xor(z.shiftRight(31));
  }
}
