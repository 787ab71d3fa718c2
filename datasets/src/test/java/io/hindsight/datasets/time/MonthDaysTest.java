package io.hindsight.datasets.time;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonthDaysTest {
  private static List<String> months(Function<YearMonth, LocalDate> day) {
    return IntStream.range(0, 30)
        .mapToObj(YearMonth.of(2023, 2)::plusMonths)
        .map(month -> day.apply(month).toString())
        .toList();
  }

  @Test
  void shouldTellTheDayOfASeriesByFewOfItsRows() {
    assertTells(months(YearMonth::atEndOfMonth), 31);
    assertTells(months(month -> month.atDay(Math.min(30, month.lengthOfMonth()))), 30);
    assertTells(months(month -> month.atDay(15)), 15);
    assertTells(months(month -> month.atDay(1 + month.getMonthValue())), 0);
    List<String> once = new ArrayList<>(months(YearMonth::atEndOfMonth));
    once.set(1, "2023-03-30");
    assertTells(once, 0);
  }

  private static void assertTells(List<String> times, int day) {
    assertEquals(day, SequenceTimes.of(times).monthDay());
    for (int from = 1; from < times.size(); from++) {
      List<String> before = times.subList(0, from);
      List<String> few =
          new ArrayList<>(
              MonthDays.telling(before).sorted().distinct().mapToObj(before::get).toList());
      assertEquals(SequenceTimes.of(before).monthDay(), SequenceTimes.of(few).monthDay());
      few.addAll(times.subList(from, times.size()));
      assertEquals(day, SequenceTimes.of(few).monthDay());
    }
  }

  @Test
  void shouldTellNothingOfWhatIsNoDay() {
    assertArrayEquals(new int[0], MonthDays.telling(List.of("2023-02", "2023-03")).toArray());
    assertArrayEquals(new int[0], MonthDays.telling(List.of("a", "b")).toArray());
  }
}
