package io.hindsight.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void shouldSayOneStepAndSeveralSteps() {
    assertEquals("0 steps", Count.of(0, "step"));
    assertEquals("1 step", Count.of(1, "step"));
    assertEquals("2 steps", Count.of(2, "step"));
    assertEquals("1,100 steps", Count.of(1100, "step"));
  }
}
