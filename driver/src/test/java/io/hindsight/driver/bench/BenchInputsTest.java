package io.hindsight.driver.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.network.LstmCell;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchInputsTest {
  @Test
  void shouldReadAShapeAsItIsWritten() {
    BenchShape shape = BenchShape.parse("3, 5,4,6");
    assertArrayEquals(new int[] {3, 5, 4, 6}, shape.values());
    assertEquals("3,5,4,6", shape.toString());
    assertEquals(shape, BenchShape.parse(shape.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1,2,3", "1,2,3,4,5", "1,2,x,4", "0,1,1,1", "1,-1,1,1", "1,1,1,99999999999"})
  void shouldRefuseWhatIsNoShapeAndShowOne(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> BenchShape.parse(text)).getMessage();
    assertTrue(message.contains("I,H,B,T") && message.contains("64,128,32,100"), message);
  }

  /** 2^31 elements are more than an array holds. */
  @ParameterizedTest
  @ValueSource(strings = {"1,65536,8192,1", "30000,30000,1,1", "1,1,8,99999999", "70000,1,1,70000"})
  void shouldRefuseShapesThatNoArrayHolds(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> BenchShape.parse(text)).getMessage();
    assertTrue(message.contains(text) && message.contains("lower"), message);
  }

  @Test
  void shouldKnowTheCellsByTheirNames() {
    assertEquals(new LstmCell(), BenchCells.named("lstm"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> BenchCells.named("LTSM")).getMessage();
    assertTrue(message.contains("rnn, lstm, gru") && message.contains("'LTSM'"), message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 3601})
  void shouldRefuseATimeThatIsNone(double seconds) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new BenchSettings(BenchShape.DEFAULTS, BenchCells.DEFAULTS, seconds, 1));
  }

  @Test
  void shouldTakeTheMiddleOfMeasurements() {
    Samples samples = new Samples();
    for (double value : List.of(5.0, 1.0, 9.0)) {
      samples.add(value);
    }
    assertEquals(5, samples.median());
    samples.add(6.0);
    assertEquals(5.5, samples.median());
    assertEquals(1, samples.least());
    samples.clear();
    assertEquals(Double.POSITIVE_INFINITY, samples.least());
  }
}
