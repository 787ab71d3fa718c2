package io.hindsight.driver.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  /** Work that becomes faster for some time, by its own account. */
  private static final class Warming implements Measured {
    private final int falls;
    private final Samples sinceForget = new Samples();
    private int runs;
    private int forgotten;

    Warming(int falls) {
      this.falls = falls;
    }

    @Override
    public void run(double seconds) {
      runs++;
      sinceForget.add(Math.max(1.0, 1 + falls - runs));
    }

    @Override
    public double fastest() {
      return sinceForget.least();
    }

    @Override
    public void forget() {
      forgotten++;
      sinceForget.clear();
    }

    double median() {
      return sinceForget.median();
    }
  }

  @Test
  void shouldMeasureOnlyWhenNoTimeFallsAnyMore() {
    Warming fast = new Warming(0);
    Warming slow = new Warming(23);
    new Rounds(List.of(fast, slow), 1).run();

    assertEquals(fast.runs, slow.runs);
    assertTrue(slow.runs > 23 + 10, "runs: " + slow.runs);
    assertEquals(1, slow.forgotten);
    assertEquals(1, slow.median());
  }

  @Test
  void shouldStopWarmingUpWhatNeverGetsWarm() {
    Warming never = new Warming(60);
    new Rounds(List.of(never), 1).run();

    assertEquals(50 + 10, never.runs);
  }
}
