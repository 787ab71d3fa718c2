package io.hindsight.driver.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "0.5, 0.5",
    "0.12345, 0.1235",
    "-2.5, −2.5",
    "12.3456, 12.35",
    "123.456, 123.5",
    "1234.4, 1\u202f234",
    "1234567, 1\u202f234\u202f567",
    "12345678, 1.235e7",
    "0.00012345, 1.235e-4",
    "-1e-9, −1e-9",
    "NaN, NaN",
    "Infinity, ∞",
    "-Infinity, −∞",
  })
  void shouldBeWrittenInFourDigitsAtMost(double number, String text) {
    assertEquals(text, Digits.text(number));
  }
}
