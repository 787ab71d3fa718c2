package io.hindsight.datasets.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TimeKeyTest {
  private static final Random RANDOM = new Random(7);

  @Test
  void shouldSortNumbersAsTheirKeys() {
    List<BigDecimal> numbers = numbers();
    for (BigDecimal a : numbers) {
      for (BigDecimal b : numbers) {
        TimeKey left = TimeKey.of(a);
        TimeKey right = TimeKey.of(b);
        int order = Integer.signum(a.compareTo(b));
        assertEquals(order, Integer.signum(left.compareTo(right)), () -> a + " and " + b);
        int byBytes = Arrays.compareUnsigned(left.toBytes(), right.toBytes());
        assertEquals(order, Integer.signum(byBytes), () -> "bytes of " + a + " and " + b);
      }
    }
  }

  private static List<BigDecimal> numbers() {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String text :
        List.of(
            "0",
            "1",
            "-1",
            "10",
            "9.99",
            "-9.99",
            "-10",
            "1e-9",
            "-1e9",
            "1e400",
            "-1e400",
            "2e400",
            "-2e400",
            "1e-400",
            "-1e-400",
            "2e-400",
            "0.1",
            "9007199254740992",
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740991.9999999999999999",
            "-9007199254740992",
            "-9007199254740993",
            "-9007199254740992.5")) {
      numbers.add(new BigDecimal(text));
    }
    for (int i = 0; i < 500; i++) {
      BigInteger digits = new BigInteger(1 + RANDOM.nextInt(80), RANDOM);
      BigDecimal number = new BigDecimal(digits, RANDOM.nextInt(40) - 20);
      numbers.add(RANDOM.nextBoolean() ? number : number.negate());
    }
    return numbers;
  }

  @Test
  void shouldGiveEqualNumbersEqualKeys() {
    assertEquals(TimeKey.of(new BigDecimal("1")), TimeKey.of(new BigDecimal("1.000")));
    assertEquals(TimeKey.of(new BigDecimal("1e3")), TimeKey.of(new BigDecimal("1000.0")));
    assertEquals(TimeKey.of(new BigDecimal("-0.0")), TimeKey.of(new BigDecimal("0")));
    assertEquals(TimeKey.of(new BigDecimal("0.10")), TimeKey.of(new BigDecimal("1e-1")));
    assertNotEquals(TimeKey.of(new BigDecimal("0.1")), TimeKey.of(new BigDecimal(0.1)));
  }

  @Test
  void shouldGiveWholeNumbersTheKeyOfTheirValue() {
    for (String text :
        List.of(
            "0", "007", "1600", "9007199254740993", "1700000000000000000", "999999999999999999")) {
      assertTrue(TimeShape.of(text).isWhole() || text.length() > TimeShape.MOST_DIGITS, text);
      assertEquals(TimeKey.of(new BigDecimal(text)), TimeKey.ofWhole(text), text);
    }
    for (String text : List.of("", "-1", "1.0", "1e3", "+1", "1234567890123456789")) {
      assertTrue(!TimeShape.of(text).isWhole(), text);
    }
  }

  @Test
  void shouldSortTimestampsAsTheirKeys() {
    long[] times = {Long.MIN_VALUE, -1_000_000, -1, 0, 1, 1_700_000_000_000_000L, Long.MAX_VALUE};
    for (int i = 0; i < times.length; i++) {
      TimeKey key = TimeKey.ofTimestamp(times[i]);
      assertEquals(times[i], key.order());
      TimeKey before = TimeKey.ofTimestamp(times[Math.max(0, i - 1)]);
      assertTrue(i == 0 || before.compareTo(key) < 0, "times ascend");
      int byBytes = Arrays.compareUnsigned(before.toBytes(), key.toBytes());
      assertTrue(i == 0 || byBytes < 0, "their bytes ascend");
    }
  }

  @Test
  void shouldSortTextsThatAreWrittenAlikeByTheirDigits() {
    requireSorted("2024-01-09 23:59:59", "2023-12-31 00:00:00", "2024-01-10 00:00:00");
    requireSorted("2024-01-09T23:59:59.123456789Z", "2024-01-09T23:59:59.123456788Z");
    TimeShape day = TimeShape.of("2024-01-09");
    assertNull(TimeKey.of("2024-01-10", day).rest(), "few digits tell all");
  }

  private static void requireSorted(String... times) {
    TimeShape shape = TimeShape.of(times[0]);
    List<String> sorted = new ArrayList<>(List.of(times));
    sorted.sort(Comparator.comparing(text -> TimeKey.of(text, shape)));
    assertEquals(Arrays.stream(times).sorted().toList(), sorted);
  }

  @Test
  void shouldTellApartTextsThatAreNotWrittenAlikeByTheirBytes() {
    TimeColumns columns = new TimeColumns(List.of("t"), DataTypes.StringType, Map.of(), '.');
    TimeReader reader = new TimeReader(columns, new RowFindings(0));
    TablePlace place = new TablePlace("file", 0, 1, true);
    List<byte[]> each = new ArrayList<>();
    for (String time : List.of("-1", "7", "2024-1-15", "2024-11-5", "Feb", "Jan")) {
      reader.read(time, place);
      each.add(reader.bytes());
    }
    for (int i = 1; i < each.size(); i++) {
      assertTrue(Arrays.compareUnsigned(each.get(i - 1), each.get(i)) < 0, "time " + i);
    }
  }
}
