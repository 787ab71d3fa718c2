package io.hindsight.driver.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static Axis of(double... numbers) {
    return Axis.of(List.of(numbers), true);
  }

  @Test
  void shouldHaveRoundNumbersWithinItsEnds() {
    assertEquals(
        List.of(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0),
        Axis.of(List.of(new double[] {0, 1000}), false).ticks());
    assertEquals(List.of(-1.0, 0.0, 1.0, 2.0), of(-1.2, 2.4).ticks());
    assertEquals(List.of(7.0), of(6.8, 7.1).ticks().stream().filter(tick -> tick == 7).toList());
  }

  @Test
  void shouldBeLogarithmicWhereNumbersDifferByALargeFactor() {
    Axis wide = of(0.02, 3, 250);
    assertTrue(wide.logarithmic());
    assertEquals(List.of(0.1, 1.0, 10.0, 100.0), wide.ticks());
    assertEquals(0.5, of(0.01, 100).place(1), 1e-12);
    assertFalse(of(1, 3).logarithmic());
    assertFalse(of(-1, 300).logarithmic());
    assertFalse(of(0, 300).logarithmic());
  }

  @Test
  void shouldLeaveOutWhatIsNotFinite() {
    Axis axis = of(1, Double.NaN, 2, Double.POSITIVE_INFINITY);
    assertEquals(1, axis.low());
    assertEquals(2, axis.high());
    assertEquals(1, axis.place(Double.POSITIVE_INFINITY));
  }

  @Test
  void shouldHaveRoomAroundASingleNumber() {
    assertEquals(0.5, of(3, 3).place(3), 1e-12);
    assertEquals(0.5, of(0).place(0), 1e-12);
    assertEquals(0.5, of(-3).place(-3), 1e-12);
    assertEquals(new Axis(0, 1, false), of(Double.NaN));
  }

  @Test
  void shouldHoldZeroWhereAskedFor() {
    assertEquals(0, of(2, 3).fromZero().low());
    assertEquals(0, of(-2, -1).fromZero().high());
  }
}
