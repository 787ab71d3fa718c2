package io.hindsight.datasets.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeKeyTest {
  private static final Random RANDOM = new Random(7);

  @Test
  void shouldSortNumbersAsTheirBytes() {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String text : List.of("0", "1", "-1", "10", "9.99", "-9.99", "-10", "1e-9", "-1e9")) {
      numbers.add(new BigDecimal(text));
    }
    for (int i = 0; i < 500; i++) {
      BigInteger digits = new BigInteger(1 + RANDOM.nextInt(80), RANDOM);
      BigDecimal number = new BigDecimal(digits, RANDOM.nextInt(40) - 20);
      numbers.add(RANDOM.nextBoolean() ? number : number.negate());
    }
    for (BigDecimal a : numbers) {
      for (BigDecimal b : numbers) {
        int byBytes = Arrays.compareUnsigned(TimeKey.of(a), TimeKey.of(b));
        assertEquals(
            Integer.signum(a.compareTo(b)), Integer.signum(byBytes), () -> a + " and " + b);
      }
    }
  }

  @Test
  void shouldGiveEqualNumbersEqualBytes() {
    assertArrayEquals(TimeKey.of(new BigDecimal("1")), TimeKey.of(new BigDecimal("1.000")));
    assertArrayEquals(TimeKey.of(new BigDecimal("1e3")), TimeKey.of(new BigDecimal("1000.0")));
    assertArrayEquals(TimeKey.of(new BigDecimal("-0.0")), TimeKey.of(new BigDecimal("0")));
  }

  @Test
  void shouldSortTimestampsAsTheirBytesAndGiveThemBack() {
    long[] times = {Long.MIN_VALUE, -1_000_000, -1, 0, 1, 1_700_000_000_000_000L, Long.MAX_VALUE};
    for (int i = 0; i < times.length; i++) {
      byte[] key = TimeKey.ofTimestamp(times[i]);
      assertEquals(times[i], TimeKey.timestamp(key));
      assertTrue(
          i == 0 || Arrays.compareUnsigned(TimeKey.ofTimestamp(times[i - 1]), key) < 0,
          "times ascend");
    }
  }

  @Test
  void shouldSortTextsThatAreWrittenAlikeAndGiveThemBack() {
    List<String> times =
        List.of("2024-01-09 23:59:59", "2023-12-31 00:00:00", "2024-01-10 00:00:00");
    List<String> sorted =
        times.stream().map(TimeKey::of).sorted(Arrays::compareUnsigned).map(TimeKey::text).toList();
    assertEquals(times.stream().sorted(Comparator.naturalOrder()).toList(), sorted);
  }
}
