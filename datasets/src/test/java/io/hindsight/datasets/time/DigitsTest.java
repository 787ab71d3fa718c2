package io.hindsight.datasets.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.Numbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private static final List<Long> EDGES =
      List.of(
          0L,
          -1L,
          59L,
          -62_167_219_200L, // the year 0 begins
          -62_167_219_201L,
          253_402_300_799L, // the year 9999 ends
          253_402_300_800L,
          Instant.MAX.getEpochSecond(),
          Instant.MIN.getEpochSecond());

  private static void same(long seconds, int nanos) {
    assertEquals(
        Instant.ofEpochSecond(seconds, nanos).toString(),
        Digits.iso(seconds, nanos),
        seconds + " s " + nanos);
  }

  @Test
  void shouldWriteInstantsAsJavaDoes() {
    Random random = new Random(5);
    for (int nanos : new int[] {0, 1, 1_000, 120_000, 1_000_000, 120_000_000, 999_999_999}) {
      EDGES.forEach(seconds -> same(seconds, nanos));
      for (int i = 0; i < 5_000; i++) {
        same(random.nextLong(-70_000_000_000L, 260_000_000_000L), nanos);
      }
    }
  }

  @Test
  void shouldWriteALaterTimeInTheFormOfTheFirst() {
    LocalDateTime later = LocalDateTime.ofEpochSecond(-62_135_596_800L + 3_661, 0, ZoneOffset.UTC);
    assertEquals("0001-01", DateForm.of("2024-12").orElseThrow().write(later));
    assertEquals("00010101", DateForm.of("20241231").orElseThrow().write(later));
    assertEquals(
        "0001/01/01 01:01:01+0200",
        DateForm.of("2024/12/31 23:59:59+0200").orElseThrow().write(later));
  }

  @Test
  void shouldFindTheTimesAfterOthersWhateverTheirForms() {
    TimeStep hour = new TimeStep(TimeStep.Unit.SECONDS, 3600, Set.of());
    List<String> times =
        List.of(
            "2024-02-28T23:00Z", "2024-02-29T00:30Z", "2024-02-29 01:30:00.5", "noon", "20240301");
    assertEquals(
        times.stream().map(time -> hour.later(time, 1, 0).orElse("")).toList(),
        hour.later(times, 1, 0));
    assertEquals("2024-02-29T00:00Z", hour.later(times, 1, 0).get(0));
    assertEquals("", hour.later(times, 1, 0).get(3));
  }

  @Test
  void shouldAddWholeStepsToWholeNumbersAsToAnyOthers() {
    TimeStep three = TimeStep.of(TimeStep.Unit.NUMBER, 3);
    List<String> times =
        List.of("0", "007", "99999999999999999", "1234567890123456789", "-1", "1.0", "2e3", "x");
    for (String time : times) {
      Optional<String> exact =
          Numbers.decimal(time)
              .map(number -> number.add(BigDecimal.valueOf(6)))
              .map(sum -> sum.stripTrailingZeros().toPlainString());
      assertEquals(exact, three.later(time, 2, 0), time);
    }
    assertEquals(Optional.of("1.5"), TimeStep.of(TimeStep.Unit.NUMBER, 0.5).later("1", 1, 0));
  }
}
