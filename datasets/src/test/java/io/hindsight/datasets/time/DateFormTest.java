package io.hindsight.datasets.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormTest {
  @ParameterizedTest
  @CsvSource({
    "1959-09, 1959-09-01T00:00",
    "195909, 1959-09-01T00:00",
    "2020-02-29, 2020-02-29T00:00",
    "2020/02/29, 2020-02-29T00:00",
    "20200229, 2020-02-29T00:00",
    "2022-01-31 07, 2022-01-31T07:00",
    "2022-01-31 07:30, 2022-01-31T07:30",
    "2022-01-31T07:30:05, 2022-01-31T07:30:05",
    "2022-01-31T07:30:05Z, 2022-01-31T07:30:05",
    "2022-01-31T07:30:05.250Z, 2022-01-31T07:30:05.250",
    "2022-01-31 07:30:05.123456789, 2022-01-31T07:30:05.123456789",
    "2022-01-31 07:30:05+02:00, 2022-01-31T07:30:05",
    "2022-01-31 07:30:05 -0330, 2022-01-31T07:30:05",
    "202201310730, 2022-01-31T07:30",
    "20220131073005, 2022-01-31T07:30:05"
  })
  void shouldReadAndWriteWhatItReads(String text, LocalDateTime expected) {
    DateForm form = DateForm.of(text).orElseThrow();

    assertEquals(Optional.of(expected), form.read(text));
    assertEquals(text, form.write(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "2022",
        "2022-13",
        "2022-00",
        "2022-02-30",
        "2022-01-00",
        "20220132",
        "2022-1",
        "31.01.2022",
        "12:30",
        "2022-01-31 25:00",
        "2022-01-31 07:60",
        "2022-01-31x",
        "2022-W05",
        "1640995200",
        "-2022-01"
      })
  void shouldReadNoOtherText(String text) {
    assertTrue(DateForm.of(text).isEmpty(), text);
  }

  @Test
  void shouldReadOnlyTextsOfItsForm() {
    DateForm form = DateForm.of("2022-01-31 07:30").orElseThrow();

    assertTrue(form.read("2022-01-31 07:30:00").isEmpty());
    assertTrue(form.read("2022-01-31T07:30").isEmpty());
    assertTrue(form.read("2022-01-31 0x:30").isEmpty());
    assertTrue(form.read("2022-02-31 07:30").isEmpty());
    assertTrue(form.hasDays());
    assertFalse(DateForm.of("2022-01").orElseThrow().hasDays());
  }

  @Test
  void shouldWriteTheDigitsOfASecondThatATimeHas() {
    DateForm whole = DateForm.of("2022-01-31T07:30:05Z").orElseThrow();
    DateForm tenths = DateForm.of("2022-01-31T07:30:05.5").orElseThrow();
    LocalDateTime time = LocalDateTime.parse("2022-01-31T07:30:05");

    assertEquals("2022-01-31T07:30:05.250Z", whole.write(time.plusNanos(250_000_000)));
    assertEquals("2022-01-31T07:30:05.000000250Z", whole.write(time.plusNanos(250)));
    assertEquals("2022-01-31T07:30:05.0", tenths.write(time));
    assertEquals("2022-01-31T07:30:05.25", tenths.write(time.plusNanos(250_000_000)));
  }
}
