package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedWidthTest {
  @ParameterizedTest
  @CsvSource({"0, 3", "7, 1", "42, 8", "999, 3", "1000, 3", "9223372036854775807, 10"})
  void shouldWriteWhatJavasFormatterWrites(long number, int digits) {
    assertEquals(String.format("%0" + digits + "d", number), FixedWidth.of(number, digits));
  }
}
