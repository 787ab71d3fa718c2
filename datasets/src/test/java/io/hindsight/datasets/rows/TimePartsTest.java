package io.hindsight.datasets.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hindsight.datasets.Numbers;
import io.hindsight.datasets.time.TimePoints;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePartsTest {
  @ParameterizedTest
  @CsvSource({
    "2013;1;2;5, 2013-01-02T05:00",
    "2013;1;2, 2013-01-02",
    "2013.0;12.0, 2013-12",
    "2013;1;2;5;6;7, 2013-01-02T05:06:07",
    "2013-01-02;5, 2013-01-02T05:00",
    "2013-01-02;0;30, 2013-01-02T00:30",
    "2013-01-02;9:30:00, 2013-01-02T09:30:00",
    "2013-01-02;17:24, 2013-01-02T17:24",
    "12;7, 12 07",
    "spring;7, spring 07",
    "2013-01-02;x, 2013-01-02 x",
    "-5;0.5, -5 0.5",
    "2013;1;2;3;4;5;6, 2013 01 02 03 04 05 06",
    "2013;1e999999999, 2013 1e999999999",
    "2013;1e-999999999, 2013 1e-999999999"
  })
  void shouldWriteOneTextThatSorts(String parts, String expected) {
    assertEquals(expected, TimeParts.join(List.of(parts.split(";"))));
  }

  @Test
  void shouldKeepIdsOfSeveralColumnsApart() {
    assertEquals("a/b", IdParts.join(List.of("a", " b ")));
    assertEquals("a\\/b/c", IdParts.join(List.of("a/b", "c")));
    assertEquals("a/b\\/c", IdParts.join(List.of("a", "b/c")));
    assertEquals("a\\\\/b", IdParts.join(List.of("a\\", "b")));
  }

  @Test
  void shouldSplitAnIdIntoItsPartsAgain() {
    for (List<String> parts :
        List.of(List.of("a"), List.of("a", "b"), List.of("a/b", "", "c\\"), List.of("\\/", "/"))) {
      assertEquals(parts, IdParts.split(IdParts.join(parts)));
    }
  }

  /** A sum with one of them would write a thousand million digits. */
  @Test
  void shouldTakeNumbersBeyondAnyDoubleForTexts() {
    assertEquals(Optional.empty(), Numbers.decimal("1e999999999"));
    assertEquals(Optional.empty(), Numbers.decimal("1e-999999999"));
    assertEquals(Optional.empty(), Numbers.decimal("1e-2147483648"));
    for (String number : List.of("4.9e-324", "-1.7976931348623157e308", "1e999")) {
      assertEquals(Optional.of(new BigDecimal(number)), Numbers.decimal(number));
    }
    String exact = new BigDecimal(Double.MIN_VALUE).toPlainString();
    assertEquals(Optional.of(new BigDecimal(exact)), Numbers.decimal(exact));
    assertEquals(Optional.empty(), TimePoints.numbers(List.of("1", "1e999999999")));
  }
}
