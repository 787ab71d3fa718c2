package io.hindsight.driver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {
  @Test
  void shouldTakeTheMiddle() {
    assertEquals(2.0, Medians.of(List.of(9.0, 1.0, 2.0)));
    assertEquals(2.5, Medians.of(List.of(9.0, 3.0, 1.0, 2.0)));
  }

  @Test
  void shouldSeeThatMeasurementsStillFall() {
    assertFalse(Medians.areLevel(List.of(22.0, 18.0, 13.0, 11.0)));
    assertTrue(Medians.areLevel(List.of(11.0, 12.0, 11.0, 10.5)));
    assertTrue(Medians.areLevel(List.of(10.0, 10.0, 40.0, 9.5, 9.5, 9.5)));
  }

  @Test
  void shouldNotTakeTooFewForLevel() {
    assertFalse(Medians.areLevel(List.of()));
    assertFalse(Medians.areLevel(List.of(1.0)));
    assertTrue(Medians.areLevel(List.of(1.0, 1.0)));
  }
}
