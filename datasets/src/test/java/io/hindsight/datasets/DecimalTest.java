package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "1.0, 1",
    "10.0, 10",
    "0.002, 0.002",
    "1e-8, 1E-8",
    "0.1, 0.1",
    "1e15, 1E+15",
    "123456.75, 123456.75",
    "2e23, 2E+23",
    "4.9e-324, 5E-324",
    "-0.5, -0.5",
    "1.7976931348623157e308, 1.7976931348623157E+308"
  })
  void shouldWriteTheShortestDigits(double x, String expected) {
    assertEquals(expected, Decimal.of(x));
  }

  @Test
  void shouldReadBackToTheSameBits() {
    long seed = 5;
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      double x = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(x)) {
        assertEquals(x, Double.parseDouble(Decimal.of(x)), "seed " + seed);
      }
    }
  }
}
